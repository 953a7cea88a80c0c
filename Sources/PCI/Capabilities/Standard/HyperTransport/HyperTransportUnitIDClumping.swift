// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport UnitID clumping block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportUnitIDClumping: CapabilityPart {
  public static let part = PartKind(0b10010, "UnitID clumping", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let clumpingSupport = Register(4, 4, "clumpingSupport").hexadecimal()
  public static let clumpingEnable = Register(8, 4, "clumpingEnable").hexadecimal()

  public static let layout = RegisterLayout([clumpingSupport, clumpingEnable])
}
