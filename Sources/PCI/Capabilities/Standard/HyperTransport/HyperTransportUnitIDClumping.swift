// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport UnitID clumping block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportUnitIDClumping: CapabilityPart {
  /// The type of block, and the bytes that it takes at least.
  public static let part = PartKind(0b10010, "UnitID clumping", size: 12)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Clumping Support.
  public static let clumpingSupport = Register(4, 4, "clumpingSupport").hexadecimal()
  /// Clumping Enable.
  public static let clumpingEnable = Register(8, 4, "clumpingEnable").hexadecimal()

  /// The fields, in register order.
  public static let layout = RegisterLayout([clumpingSupport, clumpingEnable])
}
