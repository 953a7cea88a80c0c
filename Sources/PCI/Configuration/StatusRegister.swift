// SPDX-License-Identifier: Apache-2.0

/// The status register, offset 0x06 of configuration space.
///
/// PCI Local Bus 3.0, section 6.2.3; PCI Express Base 6.0, section 7.5.1.1.4.
public struct StatusRegister: Hashable, Sendable, RawRepresentable {
  /// The register's bits.
  public let rawValue: UInt16

  /// Wraps the register's bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Interrupt Status: INTx is pending.
  public var isInterruptPending: Bool { rawValue[bit: 3] }
  /// Capabilities List: offset 0x34 points to one.
  public var hasCapabilityList: Bool { rawValue[bit: 4] }
  /// 66 MHz Capable.
  public var is66MHzCapable: Bool { rawValue[bit: 5] }
  /// User Definable Features, of PCI 2.1.
  public var hasUserDefinableFeatures: Bool { rawValue[bit: 6] }
  /// Fast Back-to-Back Capable.
  public var isFastBackToBackCapable: Bool { rawValue[bit: 7] }
  /// Master Data Parity Error.
  public var hasMasterDataParityError: Bool { rawValue[bit: 8] }
  /// DEVSEL Timing: 0 fast, 1 medium, 2 slow.
  public var deviceSelectTiming: UInt16 { rawValue[bits: 9...10] }
  /// Signaled Target Abort.
  public var hasSignaledTargetAbort: Bool { rawValue[bit: 11] }
  /// Received Target Abort.
  public var hasReceivedTargetAbort: Bool { rawValue[bit: 12] }
  /// Received Master Abort.
  public var hasReceivedMasterAbort: Bool { rawValue[bit: 13] }
  /// Signaled System Error.
  public var hasSignaledSystemError: Bool { rawValue[bit: 14] }
  /// Detected Parity Error.
  public var hasDetectedParityError: Bool { rawValue[bit: 15] }
}
