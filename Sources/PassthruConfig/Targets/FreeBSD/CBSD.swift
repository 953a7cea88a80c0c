// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Commands for CBSD's bhyve guests.
enum CBSD: ReversibleTarget {
  static let name = "cbsd"
  static let summary = "cbsd commands: wired memory, and bhyve-ppt for each function"
  static let platform = TargetPlatform.freebsd

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.freeBSDFunctions()
    try request.refuse([.slot, .bootIndex], consumer: "cbsd")
    // Without wired memory cbsd warns and leaves the devices out.
    var lines = ["cbsd bset jname=\(request.guest) bhyve_wire_memory=1"]
    for function in functions {
      var line =
        "cbsd bhyve-ppt mode=attach ppt=\(function.address.bhyveTriple) jname=\(request.guest)"
      if let file = request.romFile { line += " " + "rom=\(file)".shellQuoted }
      lines.append(line)
    }
    return ConfigurationDocument(
      text: text(lines), losses: request.separateSlotsLoss(functions, consumer: "cbsd"),
      warnings: ["cbsd leaves /boot/loader.conf to you: the loader.conf target"])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    functions.map {
      "cbsd bhyve-ppt mode=detach ppt=\($0.address.bhyveTriple) jname=\(request.guest)"
    }
  }
}
