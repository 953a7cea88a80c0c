// SPDX-License-Identifier: Apache-2.0

/// The registers that headers have, with where each is.
///
/// PCI Local Bus 3.0, section 6.2; PCI Express Base 6.0, section 7.5.1.
enum HeaderTables {
  /// A register: its offset, its width in bytes, and its fields.
  typealias Register = (offset: Int, width: Int, table: RegisterTable)

  static var status: [RegisterTable.Row] {
    [
      .flag(4, "capabilitiesList"),
      .flag(5, "capable66MHz"),
      .flag(6, "userDefinableFeatures"),
      .flag(7, "fastBackToBackCapable"),
      .flag(8, "masterDataParityError"),
      .names(9...10, "devselTiming", ["fast", "medium", "slow"]),
      .flag(11, "signaledTargetAbort"),
      .flag(12, "receivedTargetAbort"),
      .flag(13, "receivedMasterAbort"),
      .flag(14, "signaledSystemError"),
      .flag(15, "detectedParityError"),
    ]
  }

  /// A secondary status register has no capability list, and bit 14 says what came in.
  static var secondaryStatus: [RegisterTable.Row] {
    status.compactMap { row in
      switch row.bits.lowerBound {
      case 4: nil
      case 14: .flag(14, "receivedSystemError")
      default: row
      }
    }
  }

  static var common: [Register] {
    [
      (0x00, 2, hexadecimal("vendorID", 4)),
      (0x02, 2, hexadecimal("deviceID", 4)),
      (
        0x04, 2,
        RegisterTable(
          "command",
          [
            .flag(0, "ioSpace"),
            .flag(1, "memorySpace"),
            .flag(2, "busMaster"),
            .flag(3, "specialCycle"),
            .flag(4, "memoryWriteAndInvalidate"),
            .flag(5, "vgaPaletteSnoop"),
            .flag(6, "parityErrorResponse"),
            .flag(7, "idselStepping"),
            .flag(8, "serrEnable"),
            .flag(9, "fastBackToBack"),
            .flag(10, "interruptDisable"),
          ])
      ),
      (0x06, 2, RegisterTable("status", [.flag(3, "interrupt")] + status)),
      (0x08, 1, hexadecimal("revisionID", 2)),
      (0x0c, 1, RegisterTable("cacheLineSize", [.number(0...7, "", shift: 2, unit: "bytes")])),
      (0x0d, 1, RegisterTable("latencyTimer", [.number(0...7, "", unit: "clocks")])),
      (
        0x0e, 1,
        RegisterTable("", [.number(0...6, "headerType"), .flag(7, "multiFunction")])
      ),
      (
        0x0f, 1,
        RegisterTable(
          "bist",
          [.number(0...3, "completionCode"), .flag(6, "start"), .flag(7, "capable")])
      ),
    ]
  }

  static var classCode: RegisterTable {
    RegisterTable(
      "classCode",
      [
        .hexadecimal(16...23, "base", digits: 2),
        .hexadecimal(8...15, "sub", digits: 2),
        .hexadecimal(0...7, "interface", digits: 2),
      ])
  }

  static var endpoint: [Register] {
    baseAddressRegisters(6) + [
      (0x28, 4, hexadecimal("cardBusCISPointer", 8)),
      (0x2c, 2, hexadecimal("subsystemVendorID", 4)),
      (0x2e, 2, hexadecimal("subsystemID", 4)),
      (0x30, 4, expansionROM),
      (0x34, 1, hexadecimal("capabilitiesPointer", 2)),
    ] + interrupt + [
      (0x3e, 1, RegisterTable("minGrant", [.number(0...7, "")])),
      (0x3f, 1, RegisterTable("maxLatency", [.number(0...7, "")])),
    ]
  }

  static var bridge: [Register] {
    baseAddressRegisters(2) + buses + [
      (0x1c, 1, ioWindow("ioBase")),
      (0x1d, 1, ioWindow("ioLimit")),
      (0x1e, 2, RegisterTable("secondaryStatus", secondaryStatus)),
      (0x20, 2, hexadecimal("memoryBase", 4)),
      (0x22, 2, hexadecimal("memoryLimit", 4)),
      (0x24, 2, prefetchable("prefetchableMemoryBase")),
      (0x26, 2, prefetchable("prefetchableMemoryLimit")),
      (0x28, 4, hexadecimal("prefetchableBaseUpper", 8)),
      (0x2c, 4, hexadecimal("prefetchableLimitUpper", 8)),
      (0x30, 2, hexadecimal("ioBaseUpper", 4)),
      (0x32, 2, hexadecimal("ioLimitUpper", 4)),
      (0x34, 1, hexadecimal("capabilitiesPointer", 2)),
      (0x38, 4, expansionROM),
    ] + interrupt + [
      (
        0x3e, 2,
        RegisterTable(
          "bridgeControl",
          bridgeControl + [
            .flag(4, "vga16BitDecode"),
            .flag(5, "masterAbortMode"),
            .flag(6, "secondaryBusReset"),
            .flag(7, "fastBackToBack"),
            .flag(8, "primaryDiscardTimer"),
            .flag(9, "secondaryDiscardTimer"),
            .flag(10, "discardTimerStatus"),
            .flag(11, "discardTimerSERREnable"),
          ])
      )
    ]
  }

  static var cardBus: [Register] {
    baseAddressRegisters(1) + [
      (0x14, 1, hexadecimal("capabilitiesPointer", 2)),
      (0x16, 2, RegisterTable("secondaryStatus", secondaryStatus)),
    ] + buses + [
      (0x1c, 4, hexadecimal("memoryBase0", 8)),
      (0x20, 4, hexadecimal("memoryLimit0", 8)),
      (0x24, 4, hexadecimal("memoryBase1", 8)),
      (0x28, 4, hexadecimal("memoryLimit1", 8)),
      (0x2c, 4, hexadecimal("ioBase0", 8)),
      (0x30, 4, hexadecimal("ioLimit0", 8)),
      (0x34, 4, hexadecimal("ioBase1", 8)),
      (0x38, 4, hexadecimal("ioLimit1", 8)),
    ] + interrupt + [
      (
        0x3e, 2,
        RegisterTable(
          "bridgeControl",
          bridgeControl + [
            .flag(5, "masterAbortMode"),
            .flag(6, "cardBusReset"),
            .flag(7, "interrupt16Bit"),
            .flag(8, "prefetchMemory0"),
            .flag(9, "prefetchMemory1"),
            .flag(10, "postWrites"),
          ])
      ),
      (0x40, 2, hexadecimal("subsystemVendorID", 4)),
      (0x42, 2, hexadecimal("subsystemID", 4)),
      (0x44, 4, hexadecimal("legacyModeBase", 8)),
    ]
  }

  /// The rows that both kinds of bridge have in their Bridge Control register.
  private static var bridgeControl: [RegisterTable.Row] {
    [
      .flag(0, "parityErrorResponse"),
      .flag(1, "serrEnable"),
      .flag(2, "isaEnable"),
      .flag(3, "vgaEnable"),
    ]
  }

  private static var buses: [Register] {
    [
      (0x18, 1, RegisterTable("primaryBus", [.number(0...7, "")])),
      (0x19, 1, RegisterTable("secondaryBus", [.number(0...7, "")])),
      (0x1a, 1, RegisterTable("subordinateBus", [.number(0...7, "")])),
      (0x1b, 1, RegisterTable("secondaryLatencyTimer", [.number(0...7, "", unit: "clocks")])),
    ]
  }

  private static var interrupt: [Register] {
    [
      (0x3c, 1, RegisterTable("interruptLine", [.number(0...7, "")])),
      (
        0x3d, 1,
        RegisterTable("interruptPin", [.names(0...7, "", ["none", "A", "B", "C", "D"])])
      ),
    ]
  }

  private static var expansionROM: RegisterTable {
    RegisterTable(
      "expansionROM", [.flag(0, "enable"), .address(11...31, "address", digits: 8)])
  }

  private static func ioWindow(_ name: String) -> RegisterTable {
    RegisterTable(
      name,
      [.names(0...3, "width", ["16 bits", "32 bits"]), .hexadecimal(4...7, "address", digits: 1)])
  }

  private static func prefetchable(_ name: String) -> RegisterTable {
    RegisterTable(
      name,
      [.names(0...3, "width", ["32 bits", "64 bits"]), .hexadecimal(4...15, "address", digits: 3)])
  }

  private static func baseAddressRegisters(_ count: Int) -> [Register] {
    (0..<count).map { index in (0x10 + 4 * index, 4, hexadecimal("bar\(index)", 8)) }
  }

  private static func hexadecimal(_ name: String, _ digits: Int) -> RegisterTable {
    .hexadecimal(name, digits: digits)
  }
}
