// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Lines of a .vmx file for ESXi.
///
/// Addresses are decimal: five digits of the domain, three of the bus, two of
/// the device.
enum ESXi: ConfigurationTarget {
  static let name = "esxi"
  static let summary = "pciPassthru lines for an ESXi guest's .vmx file"
  static let platform = TargetPlatform.other
  static let namesIdentifiers = true
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    try request.refuse([.slot, .rom, .bootIndex], consumer: "ESXi")
    try request.checkDomains(functions, upTo: 99_999, consumer: "ESXi's .vmx")
    guard functions.count <= 16 else {
      throw ConfigurationError(
        "ESXi passes 16 devices to one guest at most", remedy: "pass fewer devices")
    }
    var lines: [String] = []
    for (number, function) in functions.enumerated() {
      let key = "pciPassthru\(number)"
      lines += [
        "\(key).present = \"TRUE\"", "\(key).id = \"\(id(function.address))\"",
        "\(key).vendorId = \"0x\(function.identity.vendorID.hexadecimal(width: 4))\"",
        "\(key).deviceId = \"0x\(function.identity.deviceID.hexadecimal(width: 4))\"",
      ]
    }
    lines.append("sched.mem.pin = \"TRUE\"")
    let hasUnknownSize = functions.contains { function in
      function.baseAddressRegisters.contains { $0.isMemory && $0.size == nil }
    }
    if let size = largeBARs(functions) {
      lines += [
        "pciPassthru.use64bitMMIO = \"TRUE\"", "pciPassthru.64bitMMIOSizeGB = \"\(size)\"",
      ]
    }
    return ConfigurationDocument(
      text: text(lines),
      losses: request.separateSlotsLoss(functions, consumer: "ESXi"),
      warnings: [
        "each pciPassthruN.systemId must be what esxcli system uuid get prints on that host",
        "sched.mem.min must be all of memSize",
        "the devices are first marked for passthrough in the host client, and the host rebooted",
      ]
        + (hasUnknownSize
          ? [
            "the sizes of some BARs are not known: where all come to 4 GiB or more, "
              + "pciPassthru.64bitMMIOSizeGB must be twice that"
          ] : []))
  }

  /// ESXi's spelling: `00000:010:00.1`.
  static func id(_ address: FunctionAddress) -> String {
    padded(Int(address.domain), 5) + ":" + padded(Int(address.bus), 3) + ":"
      + padded(Int(address.deviceFunction >> 3), 2) + ".\(address.deviceFunction & 7)"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Twice the sum of the BARs in GB, a power of two, where they pass 4 GiB.
  private static func largeBARs(_ functions: [Function]) -> UInt64? {
    var sum: UInt64 = 0
    for function in functions {
      for bar in function.baseAddressRegisters where bar.isMemory {
        guard let size = bar.size, size <= 1 << 48 else { continue }
        sum += size
      }
    }
    guard sum >= 4 << 30 else { return nil }
    var size: UInt64 = 8
    while size << 30 < 2 * sum { size *= 2 }
    return size
  }
}
