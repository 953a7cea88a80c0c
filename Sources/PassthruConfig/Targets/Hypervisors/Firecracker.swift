// SPDX-License-Identifier: Apache-2.0

/// Firecracker, refused: no release takes a host's device.
///
/// 1.13 has PCI for its own virtio devices (--enable-pci), and no VFIO.
enum Firecracker: ConfigurationTarget {
  static let name = "firecracker"
  static let summary = "refused: no release of Firecracker has VFIO"
  static let platform = TargetPlatform.hypervisor

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    throw ConfigurationError(
      "no release of Firecracker passes a host's device to a guest",
      remedy: "use cloud-hypervisor, crosvm or QEMU")
  }
}
