// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  /// Completion Timeout Ranges Supported, as a code.
  public var completionTimeoutRanges: UInt32? { deviceCapabilities2.map { $0[bits: 0...3] } }
  /// Completion Timeout Disable Supported.
  public var supportsCompletionTimeoutDisable: Bool? { deviceCapabilities2.map { $0[bit: 4] } }
  /// ARI Forwarding Supported.
  public var supportsARIForwarding: Bool? { deviceCapabilities2.map { $0[bit: 5] } }
  /// AtomicOp Routing Supported.
  public var supportsAtomicOpRouting: Bool? { deviceCapabilities2.map { $0[bit: 6] } }
  /// 32-bit AtomicOp Completer Supported.
  public var supportsAtomicOp32Completer: Bool? { deviceCapabilities2.map { $0[bit: 7] } }
  /// 64-bit AtomicOp Completer Supported.
  public var supportsAtomicOp64Completer: Bool? { deviceCapabilities2.map { $0[bit: 8] } }
  /// 128-bit CAS Completer Supported.
  public var supportsCAS128Completer: Bool? { deviceCapabilities2.map { $0[bit: 9] } }
  /// No RO-enabled PR-PR Passing.
  public var hasNoROEnabledPassing: Bool? { deviceCapabilities2.map { $0[bit: 10] } }
  /// LTR Mechanism Supported.
  public var supportsLTRMechanism: Bool? { deviceCapabilities2.map { $0[bit: 11] } }
  /// TPH Completer Supported, as a code.
  public var tphCompleter: UInt32? { deviceCapabilities2.map { $0[bits: 12...13] } }
  /// LN System CLS, before version 6.0.
  public var lnSystemCLS: UInt32? { deviceCapabilities2.map { $0[bits: 14...15] } }
  /// 10-Bit Tag Completer Supported.
  public var supportsTag10BitCompleter: Bool? { deviceCapabilities2.map { $0[bit: 16] } }
  /// 10-Bit Tag Requester Supported.
  public var supportsTag10BitRequester: Bool? { deviceCapabilities2.map { $0[bit: 17] } }
  /// OBFF Supported, as a code.
  public var obffSupport: UInt32? { deviceCapabilities2.map { $0[bits: 18...19] } }
  /// Extended Fmt Field Supported.
  public var supportsExtendedFmt: Bool? { deviceCapabilities2.map { $0[bit: 20] } }
  /// End-End TLP Prefix Supported.
  public var supportsEndEndTLPPrefix: Bool? { deviceCapabilities2.map { $0[bit: 21] } }
  /// Max End-End TLP Prefixes, as a code.
  public var maxEndEndTLPPrefixes: UInt32? { deviceCapabilities2.map { $0[bits: 22...23] } }
  /// Emergency Power Reduction Supported, as a code.
  public var emergencyPowerReduction: UInt32? { deviceCapabilities2.map { $0[bits: 24...25] } }
  /// Emergency Power Reduction Initialization Required.
  public var needsEmergencyPowerReductionInitialization: Bool? {
    deviceCapabilities2.map { $0[bit: 26] }
  }
  /// DMWr Completer Supported.
  public var supportsDeferrableMemoryWriteCompleter: Bool? {
    deviceCapabilities2.map { $0[bit: 27] }
  }
  /// DMWr Lengths Supported.
  public var deferrableMemoryWriteLengths: UInt32? { deviceCapabilities2.map { $0[bits: 28...30] } }
  /// FRS Supported.
  public var supportsFRS: Bool? { deviceCapabilities2.map { $0[bit: 31] } }

  /// Completion Timeout Value, as a code.
  public var completionTimeout: UInt16? { deviceControl2.map { $0[bits: 0...3] } }
  /// Completion Timeout Disable.
  public var isCompletionTimeoutDisabled: Bool? { deviceControl2.map { $0[bit: 4] } }
  /// ARI Forwarding Enable.
  public var isARIForwardingEnabled: Bool? { deviceControl2.map { $0[bit: 5] } }
  /// AtomicOp Requester Enable.
  public var isAtomicOpRequesterEnabled: Bool? { deviceControl2.map { $0[bit: 6] } }
  /// AtomicOp Egress Blocking.
  public var blocksAtomicOpEgress: Bool? { deviceControl2.map { $0[bit: 7] } }
  /// IDO Request Enable.
  public var isIDORequestEnabled: Bool? { deviceControl2.map { $0[bit: 8] } }
  /// IDO Completion Enable.
  public var isIDOCompletionEnabled: Bool? { deviceControl2.map { $0[bit: 9] } }
  /// LTR Mechanism Enable.
  public var isLTRMechanismEnabled: Bool? { deviceControl2.map { $0[bit: 10] } }
  /// Emergency Power Reduction Request.
  public var hasEmergencyPowerReductionRequest: Bool? { deviceControl2.map { $0[bit: 11] } }
  /// 10-Bit Tag Requester Enable.
  public var isTag10BitRequesterEnabled: Bool? { deviceControl2.map { $0[bit: 12] } }
  /// OBFF Enable, as a code.
  public var obffEnable: UInt16? { deviceControl2.map { $0[bits: 13...14] } }
  /// End-End TLP Prefix Blocking.
  public var blocksEndEndTLPPrefixes: Bool? { deviceControl2.map { $0[bit: 15] } }

  static var device2Tables: [RegisterTable] {
    [
      RegisterTable(
        "deviceCapabilities2",
        [
          .computed(0...3, "completionTimeoutRanges") { FieldMeaning.completionTimeoutRanges($0) },
          .flag(4, "completionTimeoutDisableSupported"),
          .flag(5, "ariForwardingSupported"),
          .flag(6, "atomicOpRoutingSupported"),
          .flag(7, "atomicOp32CompleterSupported"),
          .flag(8, "atomicOp64CompleterSupported"),
          .flag(9, "cas128CompleterSupported"),
          .flag(10, "noROEnabledPassing"),
          .flag(11, "ltrMechanismSupported"),
          .names(12...13, "tphCompleter", ["none", "TPH", "reserved", "TPH and extended TPH"]),
          .number(14...15, "lnSystemCLS"),
          .flag(16, "tag10BitCompleterSupported"),
          .flag(17, "tag10BitRequesterSupported"),
          .names(18...19, "obffSupport", ["none", "message", "WAKE#", "WAKE# and message"]),
          .flag(20, "extendedFmtSupported"),
          .flag(21, "endEndTLPPrefixSupported"),
          .computed(22...23, "maxEndEndTLPPrefixes") { FieldMeaning.endEndPrefixes($0) },
          .number(24...25, "emergencyPowerReduction"),
          .flag(26, "emergencyPowerReductionInitialization"),
          .flag(27, "deferrableMemoryWriteCompleterSupported"),
          .hexadecimal(28...30, "deferrableMemoryWriteLengths", digits: 1),
          .flag(31, "frsSupported"),
        ]),
      RegisterTable(
        "deviceControl2",
        [
          .computed(0...3, "completionTimeout") { FieldMeaning.completionTimeout($0) },
          .flag(4, "completionTimeoutDisable"),
          .flag(5, "ariForwardingEnable"),
          .flag(6, "atomicOpRequesterEnable"),
          .flag(7, "atomicOpEgressBlocking"),
          .flag(8, "idoRequestEnable"),
          .flag(9, "idoCompletionEnable"),
          .flag(10, "ltrMechanismEnable"),
          .flag(11, "emergencyPowerReductionRequest"),
          .flag(12, "tag10BitRequesterEnable"),
          .names(
            13...14, "obffEnable",
            ["disabled", "message, variation A", "message, variation B", "WAKE#"]),
          .flag(15, "endEndTLPPrefixBlocking"),
        ]),
    ]
  }
}
