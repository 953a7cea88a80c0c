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

  /// Data Link Protocol Error.
  public static let dataLinkProtocol = Self(rawValue: 1 << 4)
  /// Surprise Down Error.
  public static let surpriseDown = Self(rawValue: 1 << 5)
  /// Poisoned TLP Received.
  public static let poisonedTLP = Self(rawValue: 1 << 12)
  /// Flow Control Protocol Error.
  public static let flowControlProtocol = Self(rawValue: 1 << 13)
  /// Completion Timeout.
  public static let completionTimeout = Self(rawValue: 1 << 14)
  /// Completer Abort.
  public static let completerAbort = Self(rawValue: 1 << 15)
  /// Unexpected Completion.
  public static let unexpectedCompletion = Self(rawValue: 1 << 16)
  /// Receiver Overflow.
  public static let receiverOverflow = Self(rawValue: 1 << 17)
  /// Malformed TLP.
  public static let malformedTLP = Self(rawValue: 1 << 18)
  /// ECRC Error.
  public static let ecrc = Self(rawValue: 1 << 19)
  /// Unsupported Request Error.
  public static let unsupportedRequest = Self(rawValue: 1 << 20)
  /// ACS Violation.
  public static let acsViolation = Self(rawValue: 1 << 21)
  /// Uncorrectable Internal Error.
  public static let uncorrectableInternal = Self(rawValue: 1 << 22)

  /// The rows of the three registers.
  static var rows: [RegisterTable.Row] {
    [
      .flag(4, "dataLinkProtocol"),
      .flag(5, "surpriseDown"),
      .flag(12, "poisonedTLP"),
      .flag(13, "flowControlProtocol"),
      .flag(14, "completionTimeout"),
      .flag(15, "completerAbort"),
      .flag(16, "unexpectedCompletion"),
      .flag(17, "receiverOverflow"),
      .flag(18, "malformedTLP"),
      .flag(19, "ecrc"),
      .flag(20, "unsupportedRequest"),
      .flag(21, "acsViolation"),
      .flag(22, "uncorrectableInternal"),
      .flag(23, "multicastBlockedTLP"),
      .flag(24, "atomicOpEgressBlocked"),
      .flag(25, "tlpPrefixBlocked"),
      .flag(26, "poisonedTLPEgressBlocked"),
      .flag(27, "deferrableMemoryWriteEgressBlocked"),
      .flag(28, "ideCheckFailed"),
      .flag(29, "misroutedIDETLP"),
      .flag(30, "pcrcCheckFailed"),
      .flag(31, "tlpTranslationEgressBlocked"),
    ]
  }
}
