// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport revision id block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportRevisionID: CapabilityPart {
  public static let part = PartKind(0b10001, "revision id", size: 3)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let revisionID = Register(2, 1, "revisionID")

  public static let layout = RegisterLayout(registers: [
    HyperTransportRows.revisionID(revisionID)
  ])
}
