// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// QEMU's arguments in the classic form.
enum QEMU: ConfigurationTarget {
  static let name = "qemu"
  static let summary = "arguments for qemu-system-x86_64: a root port a card"
  static let platform = TargetPlatform.hypervisor
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let topology = try QEMUTopology(request)
    let arguments = topology.options.map { "-\($0.kind) \($0.classic.shellQuoted)" }
    return ConfigurationDocument(
      text: arguments.joined(separator: " \\\n") + "\n", losses: topology.losses,
      warnings: topology.warnings)
  }
}

/// QEMU's arguments in the JSON form, which needs no escaping of commas.
enum QEMUJSON: ConfigurationTarget {
  static let name = "qemu-json"
  static let summary = "the same as JSON values of -device (QEMU 6.2 and later)"
  static let platform = TargetPlatform.hypervisor
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    try request.needVersion([6, 2], of: "QEMU", for: "-device with JSON")
    let topology = try QEMUTopology(request)
    let arguments = topology.options.map { "-\($0.kind) \($0.json.shellQuoted)" }
    return ConfigurationDocument(
      text: arguments.joined(separator: " \\\n") + "\n", losses: topology.losses,
      warnings: topology.warnings)
  }
}
