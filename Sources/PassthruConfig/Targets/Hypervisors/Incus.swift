// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Commands for Incus (and LXD): a `pci` device of a virtual machine.
enum Incus: ReversibleTarget {
  static let name = "incus"
  static let summary = "incus commands that add pci devices to a virtual machine"
  static let platform = TargetPlatform.hypervisor

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.hostPropertyFunctions("Incus")
    try request.refuse([.slot, .rom, .bootIndex], consumer: "Incus")
    var lines: [String] = []
    for (number, function) in functions.enumerated() {
      lines.append(
        "incus config device add \(request.guest) passthru\(number) pci"
          + " address=\(function.address.linuxName)")
    }
    return ConfigurationDocument(
      text: text(lines), losses: request.separateSlotsLoss(functions, consumer: "Incus"),
      warnings: ["for virtual machines only, and while they are stopped"])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    functions.indices.map { "incus config device remove \(request.guest) passthru\($0)" }
  }
}
