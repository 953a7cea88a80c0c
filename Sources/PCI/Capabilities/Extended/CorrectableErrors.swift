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

  public static let receiver = Self(rawValue: 1 << 0)
  public static let badTLP = Self(rawValue: 1 << 6)
  public static let badDLLP = Self(rawValue: 1 << 7)
  /// REPLAY_NUM Rollover.
  public static let replayNumberRollover = Self(rawValue: 1 << 8)
  public static let replayTimerTimeout = Self(rawValue: 1 << 12)
  public static let advisoryNonFatal = Self(rawValue: 1 << 13)
  public static let correctedInternal = Self(rawValue: 1 << 14)
  public static let headerLogOverflow = Self(rawValue: 1 << 15)

  /// The fields that a register of these bits has.
  static func fields(of register: Register) -> [RegisterField] {
    register.flags([
      (receiver.rawValue, "receiver"),
      (badTLP.rawValue, "badTLP"),
      (badDLLP.rawValue, "badDLLP"),
      (replayNumberRollover.rawValue, "replayNumberRollover"),
      (replayTimerTimeout.rawValue, "replayTimerTimeout"),
      (advisoryNonFatal.rawValue, "advisoryNonFatal"),
      (correctedInternal.rawValue, "correctedInternal"),
      (headerLogOverflow.rawValue, "headerLogOverflow"),
    ])
  }
}
