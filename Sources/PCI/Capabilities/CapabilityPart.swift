// SPDX-License-Identifier: Apache-2.0

/// One of several layouts that a capability has, told apart by a number in it.
///
/// A block of HyperTransport, or a vendor's layout of Designated Vendor-Specific.
public protocol CapabilityPart: RegisterBlock {
  /// Which layout it is, what it is called, and how many bytes it takes at least.
  static var part: PartKind { get }
  /// Takes registers of which ``isComplete(_:)`` holds.
  init(_ registers: RegisterBytes)
  /// Whether all registers that it must have were read.
  static func isComplete(_ registers: RegisterBytes) -> Bool
}

extension CapabilityPart {
  /// By the size.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    registers.holds(part.size)
  }
}
