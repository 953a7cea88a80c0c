// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport revision id block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportRevisionID: CapabilityPart {
  /// The type of block, and the bytes that it takes at least.
  public static let part = PartKind(0b10001, "revision id", size: 3)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Revision ID.
  public static let revisionID = Register(2, 1, "revisionID")

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    HyperTransportRows.RevisionID.fields.moved(to: revisionID)
  ])
}
