// SPDX-License-Identifier: Apache-2.0

/// The Advanced Error Reporting capability, extended id 0x0001.
///
/// PCI Express Base 6.0, section 7.8.4.
///
/// The root registers exist in root ports and event collectors only.
public struct AdvancedErrorReporting: DecodedCapability {
  /// The start of its dotted field names, `aer`.
  public static var shortName: String { "aer" }
  /// The specification's name.
  public static var title: String { "Advanced Error Reporting" }

  /// Uncorrectable Error Status at +4.
  public let uncorrectableStatus: UInt32
  /// Uncorrectable Error Mask at +8.
  public let uncorrectableMask: UInt32
  /// Uncorrectable Error Severity at +0xc; a set bit is fatal.
  public let uncorrectableSeverity: UInt32
  /// Correctable Error Status at +0x10.
  public let correctableStatus: UInt32
  /// Correctable Error Mask at +0x14.
  public let correctableMask: UInt32
  /// Advanced Error Capabilities and Control at +0x18.
  public let control: UInt32
  /// Header Log, first doubleword at +0x1c.
  public let headerLog0: UInt32
  /// Header Log, second doubleword at +0x20.
  public let headerLog1: UInt32
  /// Header Log, third doubleword at +0x24.
  public let headerLog2: UInt32
  /// Header Log, fourth doubleword at +0x28.
  public let headerLog3: UInt32
  /// Root Error Command at +0x2c.
  public let rootCommand: UInt32?
  /// Root Error Status at +0x30.
  public let rootStatus: UInt32?
  /// Error Source Identification at +0x34.
  public let errorSource: UInt32?
  /// TLP Prefix Log, first doubleword at +0x38.
  public let prefixLog0: UInt32?
  /// TLP Prefix Log, second doubleword at +0x3c.
  public let prefixLog1: UInt32?
  /// TLP Prefix Log, third doubleword at +0x40.
  public let prefixLog2: UInt32?
  /// TLP Prefix Log, fourth doubleword at +0x44.
  public let prefixLog3: UInt32?

  /// Decodes the registers, 44 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let uncorrectableStatus = space.doubleWord(at: offset + 4),
      let uncorrectableMask = space.doubleWord(at: offset + 8),
      let uncorrectableSeverity = space.doubleWord(at: offset + 0xc),
      let correctableStatus = space.doubleWord(at: offset + 0x10),
      let correctableMask = space.doubleWord(at: offset + 0x14),
      let control = space.doubleWord(at: offset + 0x18),
      let headerLog0 = space.doubleWord(at: offset + 0x1c),
      let headerLog1 = space.doubleWord(at: offset + 0x20),
      let headerLog2 = space.doubleWord(at: offset + 0x24),
      let headerLog3 = space.doubleWord(at: offset + 0x28)
    else { return nil }
    self.uncorrectableStatus = uncorrectableStatus
    self.uncorrectableMask = uncorrectableMask
    self.uncorrectableSeverity = uncorrectableSeverity
    self.correctableStatus = correctableStatus
    self.correctableMask = correctableMask
    self.control = control
    self.headerLog0 = headerLog0
    self.headerLog1 = headerLog1
    self.headerLog2 = headerLog2
    self.headerLog3 = headerLog3
    let type = space.portType
    let isRoot = type == .rootPort || type == .rootComplexEventCollector
    let hasPrefixLog = control[bit: 11]
    rootCommand = isRoot ? space.doubleWord(at: offset + 0x2c) : nil
    rootStatus = isRoot ? space.doubleWord(at: offset + 0x30) : nil
    errorSource = isRoot ? space.doubleWord(at: offset + 0x34) : nil
    prefixLog0 = hasPrefixLog ? space.doubleWord(at: offset + 0x38) : nil
    prefixLog1 = hasPrefixLog ? space.doubleWord(at: offset + 0x3c) : nil
    prefixLog2 = hasPrefixLog ? space.doubleWord(at: offset + 0x40) : nil
    prefixLog3 = hasPrefixLog ? space.doubleWord(at: offset + 0x44) : nil
  }

  /// First Error Pointer: the bit of the first error.
  public var firstErrorPointer: UInt32 { control[bits: 0...4] }
  /// ECRC Generation Capable.
  public var isECRCGenerationCapable: Bool { control[bit: 5] }
  /// ECRC Generation Enable.
  public var isECRCGenerationEnabled: Bool { control[bit: 6] }
  /// ECRC Check Capable.
  public var isECRCCheckCapable: Bool { control[bit: 7] }
  /// ECRC Check Enable.
  public var isECRCCheckEnabled: Bool { control[bit: 8] }
  /// Multiple Header Recording Capable.
  public var isMultipleHeaderRecordingCapable: Bool { control[bit: 9] }
  /// Multiple Header Recording Enable.
  public var isMultipleHeaderRecordingEnabled: Bool { control[bit: 10] }
  /// TLP Prefix Log Present.
  public var isTLPPrefixLogPresent: Bool { control[bit: 11] }
  /// Completion Timeout Prefix/Header Log Capable.
  public var isCompletionTimeoutLogCapable: Bool { control[bit: 12] }

  /// Correctable Error Reporting Enable.
  public var isCorrectableReportingEnabled: Bool? { rootCommand.map { $0[bit: 0] } }
  /// Non-Fatal Error Reporting Enable.
  public var isNonFatalReportingEnabled: Bool? { rootCommand.map { $0[bit: 1] } }
  /// Fatal Error Reporting Enable.
  public var isFatalReportingEnabled: Bool? { rootCommand.map { $0[bit: 2] } }

  /// ERR_COR Received.
  public var wasErrCorReceived: Bool? { rootStatus.map { $0[bit: 0] } }
  /// Multiple ERR_COR Received.
  public var wereMultipleErrCorReceived: Bool? { rootStatus.map { $0[bit: 1] } }
  /// ERR_FATAL/NONFATAL Received.
  public var wasErrFatalOrNonFatalReceived: Bool? { rootStatus.map { $0[bit: 2] } }
  /// Multiple ERR_FATAL/NONFATAL Received.
  public var wereMultipleErrFatalOrNonFatalReceived: Bool? { rootStatus.map { $0[bit: 3] } }
  /// First Uncorrectable Fatal.
  public var isFirstUncorrectableFatal: Bool? { rootStatus.map { $0[bit: 4] } }
  /// Non-Fatal Error Messages Received.
  public var wereNonFatalMessagesReceived: Bool? { rootStatus.map { $0[bit: 5] } }
  /// Fatal Error Messages Received.
  public var wereFatalMessagesReceived: Bool? { rootStatus.map { $0[bit: 6] } }
  /// Advanced Error Interrupt Message Number.
  public var interruptMessageNumber: UInt32? { rootStatus.map { $0[bits: 27...31] } }

  /// ERR_COR Source Identification.
  public var errCorSource: UInt32? { errorSource.map { $0[bits: 0...15] } }
  /// ERR_FATAL/NONFATAL Source Identification.
  public var errFatalOrNonFatalSource: UInt32? { errorSource.map { $0[bits: 16...31] } }

  /// The errors that were seen, as a set.
  public var uncorrectableErrors: UncorrectableErrors {
    UncorrectableErrors(rawValue: uncorrectableStatus)
  }
  /// The correctable errors that were seen, as a set.
  public var correctableErrors: CorrectableErrors {
    CorrectableErrors(rawValue: correctableStatus)
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(uncorrectableStatus), UInt64(uncorrectableMask), UInt64(uncorrectableSeverity),
      UInt64(correctableStatus), UInt64(correctableMask), UInt64(control), UInt64(headerLog0),
      UInt64(headerLog1), UInt64(headerLog2), UInt64(headerLog3), rootCommand.map { UInt64($0) },
      rootStatus.map { UInt64($0) }, errorSource.map { UInt64($0) }, prefixLog0.map { UInt64($0) },
      prefixLog1.map { UInt64($0) }, prefixLog2.map { UInt64($0) }, prefixLog3.map { UInt64($0) },
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable("uncorrectableStatus", UncorrectableErrors.rows),
      RegisterTable("uncorrectableMask", UncorrectableErrors.rows),
      RegisterTable("uncorrectableSeverity", UncorrectableErrors.rows),
      RegisterTable("correctableStatus", CorrectableErrors.rows),
      RegisterTable("correctableMask", CorrectableErrors.rows),
      RegisterTable(
        "control",
        [
          .hexadecimal(0...4, "firstErrorPointer", digits: 2),
          .flag(5, "ecrcGenerationCapable"),
          .flag(6, "ecrcGenerationEnable"),
          .flag(7, "ecrcCheckCapable"),
          .flag(8, "ecrcCheckEnable"),
          .flag(9, "multipleHeaderRecordingCapable"),
          .flag(10, "multipleHeaderRecordingEnable"),
          .flag(11, "tlpPrefixLogPresent"),
          .flag(12, "completionTimeoutLogCapable"),
        ]),
      .hexadecimal("headerLog0", digits: 8),
      .hexadecimal("headerLog1", digits: 8),
      .hexadecimal("headerLog2", digits: 8),
      .hexadecimal("headerLog3", digits: 8),
      RegisterTable(
        "rootCommand",
        [
          .flag(0, "correctableReportingEnable"),
          .flag(1, "nonFatalReportingEnable"),
          .flag(2, "fatalReportingEnable"),
        ]),
      RegisterTable(
        "rootStatus",
        [
          .flag(0, "errCorReceived"),
          .flag(1, "multipleErrCorReceived"),
          .flag(2, "errFatalOrNonFatalReceived"),
          .flag(3, "multipleErrFatalOrNonFatalReceived"),
          .flag(4, "firstUncorrectableFatal"),
          .flag(5, "nonFatalMessagesReceived"),
          .flag(6, "fatalMessagesReceived"),
          .number(27...31, "interruptMessageNumber"),
        ]),
      RegisterTable(
        "errorSource",
        [
          .hexadecimal(0...15, "errCorSource", digits: 4),
          .hexadecimal(16...31, "errFatalOrNonFatalSource", digits: 4),
        ]),
      .hexadecimal("prefixLog0", digits: 8),
      .hexadecimal("prefixLog1", digits: 8),
      .hexadecimal("prefixLog2", digits: 8),
      .hexadecimal("prefixLog3", digits: 8),
    ]
  }
}
