// SPDX-License-Identifier: Apache-2.0

/// The Downstream Port Containment capability, extended id 0x001d.
///
/// PCI Express Base 6.0, section 7.9.14.
///
/// The RP PIO registers exist where the port has Root Port extensions.
public struct DownstreamPortContainment: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x001d, "dpc", "Downstream Port Containment", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    public static let interruptMessageNumber = number(0...4, "interruptMessageNumber")
    public static let rootPortExtensions = flag(5, "rootPortExtensions")
    public static let poisonedTLPEgressBlockingSupported = flag(
      6, "poisonedTLPEgressBlockingSupported")
    public static let softwareTriggerSupported = flag(7, "softwareTriggerSupported")
    /// RP PIO Log Size, in doublewords.
    public static let rootPortPIOLogSize = number(8...11, "rootPortPIOLogSize", unit: "doublewords")
    /// DL_Active ERR_COR Signaling Supported.
    public static let dlActiveErrCorSupported = flag(12, "dlActiveErrCorSupported")
    static let fields = [
      interruptMessageNumber, rootPortExtensions, poisonedTLPEgressBlockingSupported,
      softwareTriggerSupported, rootPortPIOLogSize, dlActiveErrCorSupported,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    /// DPC Trigger Enable.
    public static let trigger = names(
      0...1, "trigger", ["disabled", "fatal errors", "fatal and non-fatal errors"])
    /// DPC Completion Control: Unsupported Request instead of Completer Abort.
    public static let completionControl = flag(2, "completionControl")
    public static let interruptEnable = flag(3, "interruptEnable")
    public static let errCorEnable = flag(4, "errCorEnable")
    public static let poisonedTLPEgressBlockingEnable = flag(5, "poisonedTLPEgressBlockingEnable")
    public static let softwareTrigger = flag(6, "softwareTrigger")
    public static let dlActiveErrCorEnable = flag(7, "dlActiveErrCorEnable")
    static let fields = [
      trigger, completionControl, interruptEnable, errCorEnable, poisonedTLPEgressBlockingEnable,
      softwareTrigger, dlActiveErrCorEnable,
    ]
  }

  public enum Status: RegisterFields {
    static let itself = Register(8, 2, "status")
    public static let triggered = flag(0, "triggered")
    public static let triggerReason = names(
      1...2, "triggerReason",
      ["unmasked uncorrectable error", "ERR_NONFATAL", "ERR_FATAL", "see the extension"])
    public static let interrupt = flag(3, "interrupt")
    public static let rootPortBusy = flag(4, "rootPortBusy")
    public static let triggerReasonExtension = names(
      5...6, "triggerReasonExtension", ["RP PIO error", "software trigger"])
    /// RP PIO First Error Pointer.
    public static let rootPortPIOFirstError = hexadecimal(
      8...12, "rootPortPIOFirstError", digits: 2)
    static let fields = [
      triggered, triggerReason, interrupt, rootPortBusy, triggerReasonExtension,
      rootPortPIOFirstError,
    ]
  }

  public static let errorSourceID = Register(0xa, 2, "errorSourceID").hexadecimal()

  public enum RootPortPIOStatus: RegisterFields {
    static let itself = Register(0xc, 4, "rootPortPIOStatus", if: hasExtensions)
    public static let configurationUnsupportedRequest = flag(0, "configurationUnsupportedRequest")
    public static let configurationCompleterAbort = flag(1, "configurationCompleterAbort")
    public static let configurationTimeout = flag(2, "configurationTimeout")
    /// I/O unsupported request.
    public static let ioUnsupportedRequest = flag(8, "ioUnsupportedRequest")
    /// I/O completer abort.
    public static let ioCompleterAbort = flag(9, "ioCompleterAbort")
    /// I/O timeout.
    public static let ioTimeout = flag(10, "ioTimeout")
    public static let memoryUnsupportedRequest = flag(16, "memoryUnsupportedRequest")
    public static let memoryCompleterAbort = flag(17, "memoryCompleterAbort")
    public static let memoryTimeout = flag(18, "memoryTimeout")
    static let fields = [
      configurationUnsupportedRequest, configurationCompleterAbort, configurationTimeout,
      ioUnsupportedRequest, ioCompleterAbort, ioTimeout, memoryUnsupportedRequest,
      memoryCompleterAbort, memoryTimeout,
    ]
  }

  public static let rootPortPIOMask = Register(0x10, 4, "rootPortPIOMask", if: hasExtensions)
  public static let rootPortPIOSeverity = Register(
    0x14, 4, "rootPortPIOSeverity", if: hasExtensions)
  /// RP PIO SysError.
  public static let rootPortPIOSystemError = Register(
    0x18, 4, "rootPortPIOSystemError", if: hasExtensions)
  public static let rootPortPIOException = Register(
    0x1c, 4, "rootPortPIOException", if: hasExtensions)
  /// RP PIO Header Log, four doublewords.
  public static let headerLog = Register.series(0x20, 4, "headerLog", 0..<4, if: hasHeaderLog)
  /// RP PIO ImpSpec Log.
  public static let implementationSpecificLog = Register(
    0x30, 4, "implementationSpecificLog", if: hasImplementationLog
  ).hexadecimal()

  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, Status.fields, [errorSourceID], RootPortPIOStatus.fields,
    RootPortPIOStatus.fields.moved(to: rootPortPIOMask),
    RootPortPIOStatus.fields.moved(to: rootPortPIOSeverity),
    RootPortPIOStatus.fields.moved(to: rootPortPIOSystemError),
    RootPortPIOStatus.fields.moved(to: rootPortPIOException),
    headerLog, [implementationSpecificLog],
  ])

  /// DPC Trigger Status.
  public var isTriggered: Bool { flag(Status.triggered) }

  private static func hasExtensions(_ registers: RegisterBytes) -> Bool {
    registers[Capability.rootPortExtensions] == 1
  }

  private static func hasHeaderLog(_ registers: RegisterBytes) -> Bool {
    hasExtensions(registers) && registers[Capability.rootPortPIOLogSize] ?? 0 >= 4
  }

  private static func hasImplementationLog(_ registers: RegisterBytes) -> Bool {
    hasExtensions(registers) && registers[Capability.rootPortPIOLogSize] ?? 0 >= 5
  }
}
