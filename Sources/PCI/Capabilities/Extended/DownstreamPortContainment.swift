// SPDX-License-Identifier: Apache-2.0

/// The Downstream Port Containment capability, extended id 0x001d.
///
/// PCI Express Base 6.0, section 7.9.14.
///
/// The RP PIO registers exist where the port has Root Port extensions.
public struct DownstreamPortContainment: DecodedCapability {
  /// The start of its dotted field names, `dpc`.
  public static var shortName: String { "dpc" }
  /// The specification's name.
  public static var title: String { "Downstream Port Containment" }

  /// DPC Capability at +4.
  public let capability: UInt16
  /// DPC Control at +6.
  public let control: UInt16
  /// DPC Status at +8.
  public let status: UInt16
  /// DPC Error Source ID at +0xa.
  public let errorSourceID: UInt16
  /// RP PIO Status at +0xc.
  public let rootPortPIOStatus: UInt32?
  /// RP PIO Mask at +0x10.
  public let rootPortPIOMask: UInt32?
  /// RP PIO Severity at +0x14.
  public let rootPortPIOSeverity: UInt32?
  /// RP PIO SysError at +0x18.
  public let rootPortPIOSystemError: UInt32?
  /// RP PIO Exception at +0x1c.
  public let rootPortPIOException: UInt32?
  /// RP PIO Header Log, first doubleword at +0x20.
  public let headerLog0: UInt32?
  /// RP PIO Header Log, second doubleword at +0x24.
  public let headerLog1: UInt32?
  /// RP PIO Header Log, third doubleword at +0x28.
  public let headerLog2: UInt32?
  /// RP PIO Header Log, fourth doubleword at +0x2c.
  public let headerLog3: UInt32?
  /// RP PIO ImpSpec Log at +0x30.
  public let implementationSpecificLog: UInt32?

  /// Decodes the registers, 12 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 4),
      let control = space.word(at: offset + 6),
      let status = space.word(at: offset + 8),
      let errorSourceID = space.word(at: offset + 0xa)
    else { return nil }
    self.capability = capability
    self.control = control
    self.status = status
    self.errorSourceID = errorSourceID
    let hasExtensions = capability[bit: 5]
    let logSize = Int(capability[bits: 8...11])
    rootPortPIOStatus = hasExtensions ? space.doubleWord(at: offset + 0xc) : nil
    rootPortPIOMask = hasExtensions ? space.doubleWord(at: offset + 0x10) : nil
    rootPortPIOSeverity = hasExtensions ? space.doubleWord(at: offset + 0x14) : nil
    rootPortPIOSystemError = hasExtensions ? space.doubleWord(at: offset + 0x18) : nil
    rootPortPIOException = hasExtensions ? space.doubleWord(at: offset + 0x1c) : nil
    headerLog0 = hasExtensions && logSize >= 4 ? space.doubleWord(at: offset + 0x20) : nil
    headerLog1 = hasExtensions && logSize >= 4 ? space.doubleWord(at: offset + 0x24) : nil
    headerLog2 = hasExtensions && logSize >= 4 ? space.doubleWord(at: offset + 0x28) : nil
    headerLog3 = hasExtensions && logSize >= 4 ? space.doubleWord(at: offset + 0x2c) : nil
    implementationSpecificLog =
      hasExtensions && logSize >= 5 ? space.doubleWord(at: offset + 0x30) : nil
  }

  /// DPC Interrupt Message Number.
  public var interruptMessageNumber: UInt16 { capability[bits: 0...4] }
  /// RP Extensions for DPC.
  public var hasRootPortExtensions: Bool { capability[bit: 5] }
  /// Poisoned TLP Egress Blocking Supported.
  public var supportsPoisonedTLPEgressBlocking: Bool { capability[bit: 6] }
  /// DPC Software Triggering Supported.
  public var supportsSoftwareTrigger: Bool { capability[bit: 7] }
  /// RP PIO Log Size, in doublewords.
  public var rootPortPIOLogSize: UInt16 { capability[bits: 8...11] }
  /// DL_Active ERR_COR Signaling Supported.
  public var supportsDLActiveErrCor: Bool { capability[bit: 12] }

  /// DPC Trigger Enable, as a code.
  public var trigger: UInt16 { control[bits: 0...1] }
  /// DPC Completion Control: Unsupported Request instead of Completer Abort.
  public var usesUnsupportedRequestCompletion: Bool { control[bit: 2] }
  /// DPC Interrupt Enable.
  public var isInterruptEnabled: Bool { control[bit: 3] }
  /// DPC ERR_COR Enable.
  public var isErrCorEnabled: Bool { control[bit: 4] }
  /// Poisoned TLP Egress Blocking Enable.
  public var isPoisonedTLPEgressBlockingEnabled: Bool { control[bit: 5] }
  /// DPC Software Trigger.
  public var isSoftwareTriggered: Bool { control[bit: 6] }
  /// DL_Active ERR_COR Enable.
  public var isDLActiveErrCorEnabled: Bool { control[bit: 7] }

  /// DPC Trigger Status.
  public var isTriggered: Bool { status[bit: 0] }
  /// DPC Trigger Reason, as a code.
  public var triggerReason: UInt16 { status[bits: 1...2] }
  /// DPC Interrupt Status.
  public var hasInterrupt: Bool { status[bit: 3] }
  /// DPC RP Busy.
  public var isRootPortBusy: Bool { status[bit: 4] }
  /// DPC Trigger Reason Extension, as a code.
  public var triggerReasonExtension: UInt16 { status[bits: 5...6] }
  /// RP PIO First Error Pointer.
  public var rootPortPIOFirstError: UInt16 { status[bits: 8...12] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capability), UInt64(control), UInt64(status), UInt64(errorSourceID),
      rootPortPIOStatus.map { UInt64($0) }, rootPortPIOMask.map { UInt64($0) },
      rootPortPIOSeverity.map { UInt64($0) }, rootPortPIOSystemError.map { UInt64($0) },
      rootPortPIOException.map { UInt64($0) }, headerLog0.map { UInt64($0) },
      headerLog1.map { UInt64($0) }, headerLog2.map { UInt64($0) }, headerLog3.map { UInt64($0) },
      implementationSpecificLog.map { UInt64($0) },
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .number(0...4, "interruptMessageNumber"),
          .flag(5, "rootPortExtensions"),
          .flag(6, "poisonedTLPEgressBlockingSupported"),
          .flag(7, "softwareTriggerSupported"),
          .number(8...11, "rootPortPIOLogSize", unit: "doublewords"),
          .flag(12, "dlActiveErrCorSupported"),
        ]),
      RegisterTable(
        "control",
        [
          .names(0...1, "trigger", ["disabled", "fatal errors", "fatal and non-fatal errors"]),
          .flag(2, "completionControl"),
          .flag(3, "interruptEnable"),
          .flag(4, "errCorEnable"),
          .flag(5, "poisonedTLPEgressBlockingEnable"),
          .flag(6, "softwareTrigger"),
          .flag(7, "dlActiveErrCorEnable"),
        ]),
      RegisterTable(
        "status",
        [
          .flag(0, "triggered"),
          .names(
            1...2, "triggerReason",
            ["unmasked uncorrectable error", "ERR_NONFATAL", "ERR_FATAL", "see the extension"]),
          .flag(3, "interrupt"),
          .flag(4, "rootPortBusy"),
          .names(5...6, "triggerReasonExtension", ["RP PIO error", "software trigger"]),
          .hexadecimal(8...12, "rootPortPIOFirstError", digits: 2),
        ]),
      .hexadecimal("errorSourceID", digits: 4),
      RegisterTable("rootPortPIOStatus", rootPortPIORows),
      RegisterTable("rootPortPIOMask", rootPortPIORows),
      RegisterTable("rootPortPIOSeverity", rootPortPIORows),
      RegisterTable("rootPortPIOSystemError", rootPortPIORows),
      RegisterTable("rootPortPIOException", rootPortPIORows),
      .hexadecimal("headerLog0", digits: 8),
      .hexadecimal("headerLog1", digits: 8),
      .hexadecimal("headerLog2", digits: 8),
      .hexadecimal("headerLog3", digits: 8),
      .hexadecimal("implementationSpecificLog", digits: 8),
    ]
  }
}
