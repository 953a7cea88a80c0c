// SPDX-License-Identifier: Apache-2.0

/// The command register, offset 0x04 of configuration space.
///
/// PCI Local Bus 3.0, section 6.2.2; PCI Express Base 6.0, section 7.5.1.1.3.
public struct CommandRegister: Hashable, Sendable, RawRepresentable {
  /// The register's bits.
  public let rawValue: UInt16

  /// Wraps the register's bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// I/O Space Enable: the function answers I/O accesses.
  public var isIOSpaceEnabled: Bool { rawValue[bit: 0] }
  /// Memory Space Enable: the function answers memory accesses.
  public var isMemorySpaceEnabled: Bool { rawValue[bit: 1] }
  /// Bus Master Enable: the function may start accesses of its own.
  public var isBusMasterEnabled: Bool { rawValue[bit: 2] }
  /// Special Cycle Enable.
  public var isSpecialCycleEnabled: Bool { rawValue[bit: 3] }
  /// Memory Write and Invalidate.
  public var isMemoryWriteAndInvalidateEnabled: Bool { rawValue[bit: 4] }
  /// VGA Palette Snoop.
  public var isVGAPaletteSnoopEnabled: Bool { rawValue[bit: 5] }
  /// Parity Error Response.
  public var isParityErrorResponseEnabled: Bool { rawValue[bit: 6] }
  /// IDSEL Stepping, wait cycle control.
  public var isSteppingEnabled: Bool { rawValue[bit: 7] }
  /// SERR# Enable.
  public var isSERREnabled: Bool { rawValue[bit: 8] }
  /// Fast Back-to-Back Transactions Enable.
  public var isFastBackToBackEnabled: Bool { rawValue[bit: 9] }
  /// Interrupt Disable: INTx is not raised.
  public var isInterruptDisabled: Bool { rawValue[bit: 10] }
}
