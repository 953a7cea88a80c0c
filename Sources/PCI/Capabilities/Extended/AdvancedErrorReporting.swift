// SPDX-License-Identifier: Apache-2.0

/// The Advanced Error Reporting capability, extended id 0x0001.
///
/// PCI Express Base 6.0, section 7.8.4.
///
/// The root registers exist in root ports and event collectors only.
public struct AdvancedErrorReporting: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0001, "aer", "Advanced Error Reporting", size: 44)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let uncorrectableStatus = Register(4, 4, "uncorrectableStatus")
  public static let uncorrectableMask = Register(8, 4, "uncorrectableMask")
  /// Uncorrectable Error Severity; a set bit is fatal.
  public static let uncorrectableSeverity = Register(0xc, 4, "uncorrectableSeverity")
  public static let correctableStatus = Register(0x10, 4, "correctableStatus")
  public static let correctableMask = Register(0x14, 4, "correctableMask")

  /// Advanced Error Capabilities and Control.
  public enum Control: RegisterFields {
    static let itself = Register(0x18, 4, "control")
    /// First Error Pointer: the bit of the first error.
    public static let firstErrorPointer = hexadecimal(0...4, "firstErrorPointer", digits: 2)
    public static let ecrcGenerationCapable = flag(5, "ecrcGenerationCapable")
    public static let ecrcGenerationEnable = flag(6, "ecrcGenerationEnable")
    public static let ecrcCheckCapable = flag(7, "ecrcCheckCapable")
    public static let ecrcCheckEnable = flag(8, "ecrcCheckEnable")
    public static let multipleHeaderRecordingCapable = flag(9, "multipleHeaderRecordingCapable")
    public static let multipleHeaderRecordingEnable = flag(10, "multipleHeaderRecordingEnable")
    public static let tlpPrefixLogPresent = flag(11, "tlpPrefixLogPresent")
    /// Completion Timeout Prefix/Header Log Capable.
    public static let completionTimeoutLogCapable = flag(12, "completionTimeoutLogCapable")
    static let fields = [
      firstErrorPointer, ecrcGenerationCapable, ecrcGenerationEnable, ecrcCheckCapable,
      ecrcCheckEnable, multipleHeaderRecordingCapable, multipleHeaderRecordingEnable,
      tlpPrefixLogPresent, completionTimeoutLogCapable,
    ]
  }

  /// Header Log, four doublewords.
  public static let headerLog = Register.series(0x1c, 4, "headerLog", 0..<4)

  public enum RootCommand: RegisterFields {
    static let itself = Register(0x2c, 4, "rootCommand", if: isRoot)
    public static let correctableReportingEnable = flag(0, "correctableReportingEnable")
    public static let nonFatalReportingEnable = flag(1, "nonFatalReportingEnable")
    public static let fatalReportingEnable = flag(2, "fatalReportingEnable")
    static let fields = [correctableReportingEnable, nonFatalReportingEnable, fatalReportingEnable]
  }

  public enum RootStatus: RegisterFields {
    static let itself = Register(0x30, 4, "rootStatus", if: isRoot)
    public static let errCorReceived = flag(0, "errCorReceived")
    public static let multipleErrCorReceived = flag(1, "multipleErrCorReceived")
    public static let errFatalOrNonFatalReceived = flag(2, "errFatalOrNonFatalReceived")
    public static let multipleErrFatalOrNonFatalReceived = flag(
      3, "multipleErrFatalOrNonFatalReceived")
    public static let firstUncorrectableFatal = flag(4, "firstUncorrectableFatal")
    public static let nonFatalMessagesReceived = flag(5, "nonFatalMessagesReceived")
    public static let fatalMessagesReceived = flag(6, "fatalMessagesReceived")
    public static let interruptMessageNumber = number(27...31, "interruptMessageNumber")
    static let fields = [
      errCorReceived, multipleErrCorReceived, errFatalOrNonFatalReceived,
      multipleErrFatalOrNonFatalReceived, firstUncorrectableFatal, nonFatalMessagesReceived,
      fatalMessagesReceived, interruptMessageNumber,
    ]
  }

  /// Error Source Identification.
  public enum ErrorSource: RegisterFields {
    static let itself = Register(0x34, 4, "errorSource", if: isRoot)
    /// ERR_COR Source Identification.
    public static let errCorSource = hexadecimal(0...15, "errCorSource", digits: 4)
    /// ERR_FATAL/NONFATAL Source Identification.
    public static let errFatalOrNonFatalSource = hexadecimal(
      16...31, "errFatalOrNonFatalSource", digits: 4)
    static let fields = [errCorSource, errFatalOrNonFatalSource]
  }

  /// TLP Prefix Log, four doublewords.
  public static let prefixLog = Register.series(0x38, 4, "prefixLog", 0..<4, if: hasPrefixLog)

  public static let layout = RegisterLayout(registers: [
    UncorrectableErrors.fields(of: uncorrectableStatus),
    UncorrectableErrors.fields(of: uncorrectableMask),
    UncorrectableErrors.fields(of: uncorrectableSeverity),
    CorrectableErrors.fields(of: correctableStatus),
    CorrectableErrors.fields(of: correctableMask), Control.fields,
    headerLog, RootCommand.fields, RootStatus.fields,
    ErrorSource.fields, prefixLog,
  ])

  /// The errors that were seen, as a set.
  public var uncorrectableErrors: UncorrectableErrors {
    UncorrectableErrors(rawValue: value(Self.uncorrectableStatus))
  }
  /// The correctable errors that were seen, as a set.
  public var correctableErrors: CorrectableErrors {
    CorrectableErrors(rawValue: value(Self.correctableStatus))
  }

  private static func isRoot(_ registers: RegisterBytes) -> Bool {
    let type = registers.space.portType
    return type == .rootPort || type == .rootComplexEventCollector
  }

  private static func hasPrefixLog(_ registers: RegisterBytes) -> Bool {
    registers[Control.tlpPrefixLogPresent] == 1
  }
}
