// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// VirtualBox, which has no passthrough any more.
enum VirtualBox: ConfigurationTarget {
  static let name = "virtualbox"
  static let summary = "refused: VirtualBox dropped PCI passthrough in 6.1"
  static let platform = TargetPlatform.other

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    throw ConfigurationError(
      "VirtualBox has no PCI passthrough since 6.1, which dropped it as incomplete",
      remedy: "use QEMU, libvirt or another hypervisor")
  }
}
