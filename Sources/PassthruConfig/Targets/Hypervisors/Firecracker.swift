// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The `vfio` part of Firecracker's configuration (docs/vfio.md).
///
/// Firecracker's basic passthrough has MSI-X and memory BARs only: no INTx,
/// no I/O BAR, no expansion ROM.
enum Firecracker: ConfigurationTarget {
  static let name = "firecracker"
  static let summary = "the vfio part of a Firecracker configuration file"
  static let platform = TargetPlatform.hypervisor
  static let comments = CommentStyle.none

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    try request.refuse([.slot, .rom, .bootIndex], consumer: "Firecracker")
    try request.needVersion([1, 13], of: "Firecracker", for: "PCI (--enable-pci)")
    var document = ConfigurationDocument(text: "")
    for function in functions { try check(function, warnings: &document.warnings) }
    var entries: [String] = []
    for (number, function) in functions.enumerated() {
      entries.append(
        "    {\"id\": \"passthru\(number)\","
          + " \"path_on_host\": \"\(SysfsBinding.folder(function.address))\"}")
    }
    document.text =
      "{\n  \"vfio\": [\n" + entries.joined(separator: ",\n") + "\n  ]\n}\n"
    document.losses = request.separateSlotsLoss(functions, consumer: "Firecracker")
    document.warnings += [
      "start it with --enable-pci; 1.13 has PCI, and VFIO came later: see docs/vfio.md of yours",
      "all members of an IOMMU group go to the same machine",
    ]
    return document
  }

  private static func check(
    _ function: Function, warnings: inout [String]
  ) throws(ConfigurationError) {
    let bars = function.baseAddressRegisters.filter { $0.kind != .expansionROM }
    if !bars.isEmpty, !bars.contains(where: { $0.isMemory }) {
      throw ConfigurationError(
        "\(function.address) has I/O BARs only, which Firecracker does not map",
        remedy: "use another hypervisor")
    }
    switch function.capabilityFacts.msixVectors.map({ $0 > 0 }) {
    case false?:
      throw ConfigurationError(
        "\(function.address) has no MSI-X, and Firecracker knows no other interrupts",
        remedy: "use another hypervisor")
    case nil:
      warnings.append("\(function.address) must have MSI-X, which is not known here")
    case true?: break
    }
  }
}
