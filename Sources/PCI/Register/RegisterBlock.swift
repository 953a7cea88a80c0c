// SPDX-License-Identifier: Apache-2.0

/// Registers with a layout: a capability's, or those of an element that it repeats.
///
/// Every field that the type declares gives typed access:
/// `express[PCIExpress.deviceStatusTransactionsPending]`.
public protocol RegisterBlock: Hashable, Sendable {
  /// The bytes of the registers.
  var registers: RegisterBytes { get }
  /// The fields, in register order.
  static var layout: RegisterLayout { get }
  /// Every field with its meaning and its raw bits, in register order.
  var fields: [Field] { get }
  /// The names of all fields there can be, without the short name; `N` stands for an index.
  static var fieldNames: [String] { get }
}

extension RegisterBlock {
  /// The bits of a field, right-aligned; `nil` where its register is not there.
  @inlinable public subscript(_ field: RegisterField) -> UInt64? { registers[field] }

  /// The bits that a field has in another register of the same layout.
  public subscript(_ field: RegisterField, in register: Register) -> UInt64? {
    registers[register].map { field.bits(of: $0) }
  }

  /// The value of a register; `nil` where it is not there.
  @inlinable public subscript(_ register: Register) -> UInt64? { registers[register] }

  /// The values of an array's elements; empty where it is not there.
  public subscript(_ array: RegisterArray) -> [UInt64] {
    array.blocks(registers).compactMap { $0[Register(0, array.stride, "")] }
  }

  /// The number that a field's bits stand for: a scaled one, or an address in its place.
  public func number(_ field: RegisterField) -> UInt64? {
    registers[field.register].map { field.number(in: $0) }
  }

  /// Whether a field has a bit set; `nil` where its register is not there.
  @inlinable public func isSet(_ field: RegisterField) -> Bool? { registers[field].map { $0 != 0 } }

  /// The bits of a field of a register that every block of the kind has.
  ///
  /// No block is made without them: 0 cannot stand for what was not read.
  func bits<Number: FixedWidthInteger>(_ field: RegisterField) -> Number {
    Number(truncatingIfNeeded: registers[field] ?? 0)
  }

  /// The value of a register that every block of the kind has.
  func value<Number: FixedWidthInteger>(_ register: Register) -> Number {
    Number(truncatingIfNeeded: registers[register] ?? 0)
  }

  /// Whether a bit is set, in a register that every block of the kind has.
  func flag(_ field: RegisterField) -> Bool { registers[field] ?? 0 != 0 }

  /// Every field, in register order.
  public var fields: [Field] { Self.layout.fields(registers) }

  /// The names of all fields there can be.
  public static var fieldNames: [String] { layout.names }

  /// Whether two blocks say the same.
  public static func == (left: Self, right: Self) -> Bool { left.fields == right.fields }

  /// Feeds what the fields say to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(fields) }
}

extension Array where Element: RegisterBlock {
  /// The fields of each element, under a name and the element's index.
  func fields(_ name: String) -> [Field] {
    var fields: [Field] = []
    for (index, element) in enumerated() {
      let prefix = "\(name).\(index)."
      for field in element.fields {
        fields.append(Field(prefix + field.name, raw: field.raw, field.meaning))
      }
    }
    return fields
  }

  /// The names of all fields there can be, under a name and `N`.
  static func fieldNames(_ name: String) -> [String] {
    Element.fieldNames.map { name + ".N." + $0 }
  }
}
