// SPDX-License-Identifier: Apache-2.0

/// One field of a register, with its meaning and its raw bits.
public struct Field: Hashable, Sendable {
  /// What the bits mean.
  public enum Meaning: Hashable, Sendable {
    /// A single bit.
    case flag(Bool)
    /// A count or a quantity, in the unit named if there is one.
    case number(UInt64, unit: String? = nil)
    /// An address, a mask or an id, shown with this many hexadecimal digits.
    case hexadecimal(digits: Int)
    /// What the specification calls this value.
    case text(String)
    /// Bytes without a layout here; the field's raw bits are then 0.
    case bytes([UInt8])
  }

  /// The dotted name inside the capability: `linkCapabilities.maxSpeed`.
  public let name: String
  /// The field's bits.
  public let raw: UInt64
  /// What the bits mean.
  public let meaning: Meaning

  /// Describes a field.
  public init(_ name: String, raw: UInt64, _ meaning: Meaning) {
    self.name = name
    self.raw = raw
    self.meaning = meaning
  }

  /// Describes a single bit.
  public init(_ name: String, _ flag: Bool) {
    self.init(name, raw: flag ? 1 : 0, .flag(flag))
  }

  /// Describes a count or a quantity.
  public init(
    _ name: String, _ number: some FixedWidthInteger & UnsignedInteger, unit: String? = nil
  ) {
    self.init(name, raw: UInt64(number), .number(UInt64(number), unit: unit))
  }

  /// Describes an address, a mask or an id.
  public init(
    _ name: String, hexadecimal number: some FixedWidthInteger & UnsignedInteger, digits: Int
  ) {
    self.init(name, raw: UInt64(number), .hexadecimal(digits: digits))
  }

  /// Describes bytes without a layout.
  public init(_ name: String, bytes: [UInt8]) {
    self.init(name, raw: 0, .bytes(bytes))
  }
}
