// SPDX-License-Identifier: Apache-2.0

/// Uncorrectable errors of a PCI Express function, one bit each.
///
/// The status, mask and severity registers share these bits (PCI Express Base
/// 6.0, section 7.8.4.2).
public struct UncorrectableErrors: OptionSet, Hashable, Sendable {
  /// The register's bits.
  public let rawValue: UInt32

  /// Wraps the register's bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let dataLinkProtocol = Self(rawValue: 1 << 4)
  public static let surpriseDown = Self(rawValue: 1 << 5)
  /// Poisoned TLP Received.
  public static let poisonedTLP = Self(rawValue: 1 << 12)
  public static let flowControlProtocol = Self(rawValue: 1 << 13)
  public static let completionTimeout = Self(rawValue: 1 << 14)
  public static let completerAbort = Self(rawValue: 1 << 15)
  public static let unexpectedCompletion = Self(rawValue: 1 << 16)
  public static let receiverOverflow = Self(rawValue: 1 << 17)
  public static let malformedTLP = Self(rawValue: 1 << 18)
  public static let ecrc = Self(rawValue: 1 << 19)
  public static let unsupportedRequest = Self(rawValue: 1 << 20)
  public static let acsViolation = Self(rawValue: 1 << 21)
  public static let uncorrectableInternal = Self(rawValue: 1 << 22)
  /// MC Blocked TLP.
  public static let multicastBlockedTLP = Self(rawValue: 1 << 23)
  public static let atomicOpEgressBlocked = Self(rawValue: 1 << 24)
  public static let tlpPrefixBlocked = Self(rawValue: 1 << 25)
  public static let poisonedTLPEgressBlocked = Self(rawValue: 1 << 26)
  /// DMWr Request Egress Blocked.
  public static let deferrableMemoryWriteEgressBlocked = Self(rawValue: 1 << 27)
  public static let ideCheckFailed = Self(rawValue: 1 << 28)
  /// Misrouted IDE TLP.
  public static let misroutedIDETLP = Self(rawValue: 1 << 29)
  public static let pcrcCheckFailed = Self(rawValue: 1 << 30)
  public static let tlpTranslationEgressBlocked = Self(rawValue: 1 << 31)

  /// The fields that a register of these bits has.
  static func fields(of register: Register) -> [RegisterField] {
    register.flags([
      (dataLinkProtocol.rawValue, "dataLinkProtocol"),
      (surpriseDown.rawValue, "surpriseDown"),
      (poisonedTLP.rawValue, "poisonedTLP"),
      (flowControlProtocol.rawValue, "flowControlProtocol"),
      (completionTimeout.rawValue, "completionTimeout"),
      (completerAbort.rawValue, "completerAbort"),
      (unexpectedCompletion.rawValue, "unexpectedCompletion"),
      (receiverOverflow.rawValue, "receiverOverflow"),
      (malformedTLP.rawValue, "malformedTLP"),
      (ecrc.rawValue, "ecrc"),
      (unsupportedRequest.rawValue, "unsupportedRequest"),
      (acsViolation.rawValue, "acsViolation"),
      (uncorrectableInternal.rawValue, "uncorrectableInternal"),
      (multicastBlockedTLP.rawValue, "multicastBlockedTLP"),
      (atomicOpEgressBlocked.rawValue, "atomicOpEgressBlocked"),
      (tlpPrefixBlocked.rawValue, "tlpPrefixBlocked"),
      (poisonedTLPEgressBlocked.rawValue, "poisonedTLPEgressBlocked"),
      (deferrableMemoryWriteEgressBlocked.rawValue, "deferrableMemoryWriteEgressBlocked"),
      (ideCheckFailed.rawValue, "ideCheckFailed"),
      (misroutedIDETLP.rawValue, "misroutedIDETLP"),
      (pcrcCheckFailed.rawValue, "pcrcCheckFailed"),
      (tlpTranslationEgressBlocked.rawValue, "tlpTranslationEgressBlocked"),
    ])
  }
}
