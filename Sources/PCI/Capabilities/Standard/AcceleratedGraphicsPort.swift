// SPDX-License-Identifier: Apache-2.0

/// The AGP capability, id 0x02, and the AGP 8x capability, id 0x0e.
///
/// AGP3.0 Interface Specification 1.0, sections 2.7 and 5.6 to 5.9. Id 0x0e tells
/// that a target's registers are in a PCI-to-PCI bridge; they are the same.
public struct AcceleratedGraphicsPort: DecodedCapability {
  /// The start of its dotted field names, `agp`.
  public static var shortName: String { "agp" }
  /// The specification's name.
  public static var title: String { "AGP" }

  /// Major and minor version of the interface at +2.
  public let version: UInt8
  /// AGP Status at +4.
  public let status: UInt32
  /// AGP Command at +8.
  public let command: UInt32

  /// AGP Isochronous Status at +0xc; where isochronous transactions are supported.
  public let isochronousStatus: UInt32?
  /// AGP Control at +0x10; a target's of revision 3.5.
  public let control: UInt32?
  /// AGP Aperture Size at +0x14; a target's of revision 3.5.
  public let apertureSize: UInt16?
  /// AGP Enabled Aperture Page Size at +0x16; a target's of revision 3.5.
  public let aperturePageSize: UInt16?
  /// AGP GART Pointer at +0x18; a target's of revision 3.5.
  public let gartPointer: UInt32?
  /// AGP GART Pointer High at +0x1c; a target's of revision 3.5.
  public let gartPointerHigh: UInt32?
  /// AGP Isochronous Command at +0x20; where isochronous transactions are supported.
  public let isochronousCommand: UInt16?

  /// Decodes the registers: 12 bytes, and up to 34 from revision 3.5 on.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let version = space.byte(at: offset + 2),
      let status = space.doubleWord(at: offset + 4),
      let command = space.doubleWord(at: offset + 8)
    else { return nil }
    self.version = version
    self.status = status
    self.command = command
    // Minor revisions 0 to 4 have the core registers only, 10 to 15 are reserved.
    let isEnhanced = version[bits: 4...7] >= 3 && 5...9 ~= version[bits: 0...3]
    // The rest of a graphics device's registers has no meaning.
    let isTarget = isEnhanced && space.classCode?.baseClass == 0x06
    let isIsochronous = isEnhanced && status[bit: 17]
    isochronousStatus = isIsochronous ? space.doubleWord(at: offset + 0xc) : nil
    control = isTarget ? space.doubleWord(at: offset + 0x10) : nil
    apertureSize = isTarget ? space.word(at: offset + 0x14) : nil
    aperturePageSize = isTarget ? space.word(at: offset + 0x16) : nil
    gartPointer = isTarget ? space.doubleWord(at: offset + 0x18) : nil
    gartPointerHigh = isTarget ? space.doubleWord(at: offset + 0x1c) : nil
    isochronousCommand = isIsochronous ? space.word(at: offset + 0x20) : nil
  }

  /// Minor revision.
  public var minor: UInt8 { version[bits: 0...3] }
  /// Major revision.
  public var major: UInt8 { version[bits: 4...7] }

  /// Data rates supported.
  public var rates: UInt32 { status[bits: 0...2] }
  /// AGP 3.0 mode.
  public var isAGP3Mode: Bool { status[bit: 3] }
  /// Fast Write.
  public var supportsFastWrite: Bool { status[bit: 4] }
  /// Addresses above 4 GiB.
  public var supportsAddressesOver4G: Bool { status[bit: 5] }
  /// Host translation (HTRANS#).
  public var isHostTranslationDisabled: Bool { status[bit: 6] }
  /// 64-bit GART entries.
  public var supports64BitGART: Bool { status[bit: 7] }
  /// In-aperture accesses are coherent (ITA_COH).
  public var isInApertureCoherent: Bool { status[bit: 8] }
  /// Side band addressing.
  public var supportsSideband: Bool { status[bit: 9] }
  /// Calibration cycle code.
  public var calibrationCycle: UInt32 { status[bits: 10...12] }
  /// Optimum asynchronous request size code (ARQSZ).
  public var asynchronousRequestSize: UInt32 { status[bits: 13...15] }
  /// Isochronous transactions.
  public var supportsIsochronous: Bool { status[bit: 17] }
  /// Requests the target can hold.
  public var requestDepth: UInt32 { status[bits: 24...31] + 1 }

  /// Data rate in use.
  public var rate: UInt32 { command[bits: 0...2] }
  /// Fast Write enable.
  public var isFastWriteEnabled: Bool { command[bit: 4] }
  /// Addresses above 4 GiB enable.
  public var isOver4GEnabled: Bool { command[bit: 5] }
  /// 64-bit GART entries enable.
  public var is64BitGARTEnabled: Bool { command[bit: 7] }
  /// AGP enable.
  public var isEnabled: Bool { command[bit: 8] }
  /// Side band addressing enable.
  public var isSidebandEnabled: Bool { command[bit: 9] }
  /// Calibration cycle code.
  public var commandCalibrationCycle: UInt32 { command[bits: 10...12] }
  /// Asynchronous request size code.
  public var commandAsynchronousRequestSize: UInt32 { command[bits: 13...15] }
  /// Requests the master may queue.
  public var commandRequestDepth: UInt32 { command[bits: 24...31] + 1 }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(version), UInt64(status), UInt64(command), isochronousStatus.map { UInt64($0) },
      control.map { UInt64($0) }, apertureSize.map { UInt64($0) },
      aperturePageSize.map { UInt64($0) }, gartPointer.map { UInt64($0) },
      gartPointerHigh.map { UInt64($0) }, isochronousCommand.map { UInt64($0) },
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  /// The sizes of an isochronous payload, the smallest supported first.
  private static let payloadSizes = ["32 bytes", "64 bytes", "128 bytes", "256 bytes"]

  /// The aperture's size: as many of bits 5:0 and 11:8 are clear as it has address bits.
  private static func apertureSize(_ code: UInt64) -> Field.Meaning {
    let mask = code & 0x3f | code >> 2 & 0x3c0
    let clear = mask == 0 ? 10 : mask.trailingZeroBitCount
    // The codes are those with all ones above all zeros.
    guard mask == (0x3ff >> UInt64(clear)) << UInt64(clear) else {
      return .text("reserved (\(code))")
    }
    return .number(4 << UInt64(clear), unit: "MiB")
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "version",
        [
          .number(0...3, "minor"),
          .number(4...7, "major"),
        ]),
      RegisterTable(
        "status",
        [
          .hexadecimal(0...2, "rates", digits: 1),
          .flag(3, "agp3Mode"),
          .flag(4, "fastWrite"),
          .flag(5, "over4G"),
          .flag(6, "hostTranslation"),
          .flag(7, "gart64"),
          .flag(8, "coherent"),
          .flag(9, "sideband"),
          .number(10...12, "calibrationCycle"),
          .number(13...15, "asynchronousRequestSize"),
          // pciutils 3.9 and 3.15 print the bit below it.
          .flag(17, "isochronous"),
          .number(24...31, "requestDepth", adding: 1),
        ]),
      RegisterTable(
        "command",
        [
          .hexadecimal(0...2, "rate", digits: 1),
          .flag(4, "fastWriteEnable"),
          .flag(5, "over4GEnable"),
          .flag(7, "gart64Enable"),
          .flag(8, "agpEnable"),
          .flag(9, "sidebandEnable"),
          .number(10...12, "calibrationCycle"),
          .number(13...15, "asynchronousRequestSize"),
          .number(24...31, "requestDepth", adding: 1),
        ]),
      RegisterTable(
        "isochronousStatus",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .number(0...1, "errorCode"),
          .number(3...5, "maxLatency", unit: "us"),
          .names(6...7, "payloadSize", payloadSizes),
          .number(8...15, "maxTransactions"),
          .number(16...23, "maxBandwidth", shift: 5, unit: "bytes per us"),
        ]),
      RegisterTable(
        "control",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .flag(7, "gartTLBEnable"),
          .flag(8, "apertureEnable"),
        ]),
      RegisterTable(
        "apertureSize",
        [
          .hexadecimal(0...15, "register", digits: 4),
          .computed(0...11, "size", apertureSize),
        ]),
      RegisterTable(
        "aperturePageSize",
        [
          .hexadecimal(0...10, "supported", digits: 3),
          .computed(12...15, "selected") { code in
            code <= 10 ? .number(4 << code, unit: "KiB") : .text("reserved (\(code))")
          },
        ]),
      RegisterTable("gartPointer", [.address(12...31, "", digits: 8)]),
      .hexadecimal("gartPointerHigh", digits: 8),
      RegisterTable(
        "isochronousCommand",
        [
          .hexadecimal(0...15, "register", digits: 4),
          .names(6...7, "payloadSize", payloadSizes),
          .number(8...15, "maxTransactions"),
        ]),
    ]
  }
}
