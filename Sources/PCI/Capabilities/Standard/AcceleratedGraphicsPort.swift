// SPDX-License-Identifier: Apache-2.0

/// The AGP capability, id 0x02.
///
/// Accelerated Graphics Port Interface Specification 3.0, AGP capability registers.
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

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let version = space.byte(at: offset + 2),
      let status = space.doubleWord(at: offset + 4),
      let command = space.doubleWord(at: offset + 8)
    else { return nil }
    self.version = version
    self.status = status
    self.command = command
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
  public var supportsIsochronous: Bool { status[bit: 16] }
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
    Self.tables.fields([UInt64(version), UInt64(status), UInt64(command)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

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
          .flag(16, "isochronous"),
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
    ]
  }
}
