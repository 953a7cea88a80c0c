// SPDX-License-Identifier: Apache-2.0

/// Correctable errors of a PCI Express function, one bit each.
///
/// The status and mask registers share these bits (PCI Express Base 6.0,
/// section 7.8.4.5).
public struct CorrectableErrors: OptionSet, Hashable, Sendable {
  /// The register's bits.
  public let rawValue: UInt32

  /// Wraps the register's bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Receiver Error.
  public static let receiver = Self(rawValue: 1 << 0)
  /// Bad TLP.
  public static let badTLP = Self(rawValue: 1 << 6)
  /// Bad DLLP.
  public static let badDLLP = Self(rawValue: 1 << 7)
  /// REPLAY_NUM Rollover.
  public static let replayNumberRollover = Self(rawValue: 1 << 8)
  /// Replay Timer Timeout.
  public static let replayTimerTimeout = Self(rawValue: 1 << 12)
  /// Advisory Non-Fatal Error.
  public static let advisoryNonFatal = Self(rawValue: 1 << 13)
  /// Corrected Internal Error.
  public static let correctedInternal = Self(rawValue: 1 << 14)
  /// Header Log Overflow.
  public static let headerLogOverflow = Self(rawValue: 1 << 15)

  /// The rows of the two registers.
  static var rows: [RegisterTable.Row] {
    [
      .flag(0, "receiver"),
      .flag(6, "badTLP"),
      .flag(7, "badDLLP"),
      .flag(8, "replayNumberRollover"),
      .flag(12, "replayTimerTimeout"),
      .flag(13, "advisoryNonFatal"),
      .flag(14, "correctedInternal"),
      .flag(15, "headerLogOverflow"),
    ]
  }
}
