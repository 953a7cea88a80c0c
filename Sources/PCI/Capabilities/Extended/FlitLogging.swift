// SPDX-License-Identifier: Apache-2.0

/// The Flit Logging capability, extended id 0x0032.
///
/// PCI Express Base 6.2, section 7.7.8.
public struct FlitLogging: DecodedCapability {
  /// The start of its dotted field names, `flitlog`.
  public static var shortName: String { "flitlog" }
  /// The specification's name.
  public static var title: String { "Flit Logging" }

  /// Flit Error Log 1 at +4.
  public let errorLog1: UInt32
  /// Flit Error Log 2 at +8.
  public let errorLog2: UInt32
  /// Flit Error Counter Control at +0xc.
  public let errorCounterControl: UInt16
  /// Flit Error Counter Status at +0xe.
  public let errorCounterStatus: UInt16
  /// FBER Measurement Control at +0x10.
  public let measurementControl: UInt32
  /// FBER Measurement Status 1 to 10: flits and errors of each lane, from +0x14.
  public let measurementStatus: [UInt32]

  /// Decodes the registers, 20 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let errorLog1 = space.doubleWord(at: offset + 4),
      let errorLog2 = space.doubleWord(at: offset + 8),
      let errorCounterControl = space.word(at: offset + 0xc),
      let errorCounterStatus = space.word(at: offset + 0xe),
      let measurementControl = space.doubleWord(at: offset + 0x10),
      let measurementStatus = space.doubleWords(at: offset + 0x14, count: 10)
    else { return nil }
    self.errorLog1 = errorLog1
    self.errorLog2 = errorLog2
    self.errorCounterControl = errorCounterControl
    self.errorCounterStatus = errorCounterStatus
    self.measurementControl = measurementControl
    self.measurementStatus = measurementStatus
  }

  /// Flit Error Log Valid.
  public var isLogValid: Bool { errorLog1[bit: 0] }
  /// Flit Offset from the last logged flit in error.
  public var flitOffset: UInt32 { errorLog1[bits: 4...7] }
  /// Consecutive flit errors after the last one.
  public var consecutiveErrors: UInt32 { errorLog1[bits: 8...12] }
  /// More entries of the log are valid.
  public var hasMoreEntries: Bool { errorLog1[bit: 13] }
  /// Unrecognized flit.
  public var isFlitUnrecognized: Bool { errorLog1[bit: 14] }
  /// FEC uncorrectable error in the flit.
  public var isUncorrectable: Bool { errorLog1[bit: 15] }
  /// Syndrome Parity for ECC Group 0.
  public var syndromeParity0: UInt32 { errorLog1[bits: 16...23] }
  /// Syndrome Check for ECC Group 0.
  public var syndromeCheck0: UInt32 { errorLog1[bits: 24...31] }

  /// Syndrome Parity for ECC Group 1.
  public var syndromeParity1: UInt32 { errorLog2[bits: 0...7] }
  /// Syndrome Check for ECC Group 1.
  public var syndromeCheck1: UInt32 { errorLog2[bits: 8...15] }
  /// Syndrome Parity for ECC Group 2.
  public var syndromeParity2: UInt32 { errorLog2[bits: 16...23] }
  /// Syndrome Check for ECC Group 2.
  public var syndromeCheck2: UInt32 { errorLog2[bits: 24...31] }

  /// Flit Error Counter Enable.
  public var isCounterEnabled: Bool { errorCounterControl[bit: 0] }
  /// Interrupt Generated based on Trigger Event Count.
  public var hasInterrupted: Bool { errorCounterStatus[bit: 3] }
  /// Flit Error Counter.
  public var errorCount: UInt16 { errorCounterStatus[bits: 8...15] }

  /// FBER Measurement Enable.
  public var isMeasurementEnabled: Bool { measurementControl[bit: 0] }
  /// Flit Counter, from FBER Measurement Status 1.
  public var flitCount: UInt32 { measurementStatus[0] }
  /// Invalid Flit Counter, from FBER Measurement Status 2.
  public var invalidFlitCount: UInt32 { measurementStatus[1][bits: 0...15] }
  /// Correctable errors of lanes 0 to 15, from FBER Measurement Status 3 to 10.
  public var laneErrorCounts: [UInt32] {
    measurementStatus[2...].flatMap { [$0[bits: 0...15], $0[bits: 16...31]] }
  }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([
      UInt64(errorLog1), UInt64(errorLog2), UInt64(errorCounterControl), UInt64(errorCounterStatus),
      UInt64(measurementControl), UInt64(measurementStatus[0]), UInt64(measurementStatus[1]),
    ])
    for (lane, count) in laneErrorCounts.enumerated() {
      fields.append(Field("laneErrors.\(lane)", count))
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names + ["laneErrors.N"] }

  private static let linkWidths = ["x1", "x2", "x4", "x8", "x16"]

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "errorLog1",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .flag(0, "valid"),
          .names(1...3, "linkWidth", linkWidths),
          .number(4...7, "flitOffset"),
          .number(8...12, "consecutiveErrors"),
          .flag(13, "moreEntries"),
          .flag(14, "unrecognizedFlit"),
          .flag(15, "uncorrectable"),
          .hexadecimal(16...23, "syndromeParity0", digits: 2),
          .hexadecimal(24...31, "syndromeCheck0", digits: 2),
        ]),
      RegisterTable(
        "errorLog2",
        [
          .hexadecimal(0...7, "syndromeParity1", digits: 2),
          .hexadecimal(8...15, "syndromeCheck1", digits: 2),
          .hexadecimal(16...23, "syndromeParity2", digits: 2),
          .hexadecimal(24...31, "syndromeCheck2", digits: 2),
        ]),
      RegisterTable(
        "errorCounterControl",
        [
          .hexadecimal(0...15, "register", digits: 4),
          .flag(0, "enable"),
          .flag(1, "interruptEnable"),
          .number(2...3, "eventsToCount"),
          .number(4...11, "triggerCount"),
        ]),
      RegisterTable(
        "errorCounterStatus",
        [
          // pciutils 3.15 has the interrupt inside the link width.
          .hexadecimal(0...15, "register", digits: 4),
          .names(0...2, "linkWidth", linkWidths),
          .flag(3, "interruptGenerated"),
          .number(8...15, "errorCount"),
        ]),
      RegisterTable(
        "measurementControl",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .flag(0, "enable"),
          .flag(1, "clearCounters"),
          .names(
            2...3, "granularity",
            ["all errors", "even half", "odd half", "mismatch"]),
          // Deprecated, and not to be set.
          .flag(4, "longestBurst"),
        ]),
      RegisterTable("flitCount", [.number(0...31, "")]),
      RegisterTable("invalidFlitCount", [.number(0...15, "")]),
    ]
  }
}
