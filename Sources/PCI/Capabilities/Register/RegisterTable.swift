// SPDX-License-Identifier: Apache-2.0

/// The fields of one register, low bits first, under the register's name.
///
/// One table gives both the decoded fields and the catalogue of their names, so
/// that the two cannot differ.
struct RegisterTable: Sendable {
  /// The first part of the dotted names; empty where the register is one field.
  let name: String
  /// The fields.
  let rows: [Row]

  /// Describes a register.
  init(_ name: String, _ rows: [Row]) {
    self.name = name
    self.rows = rows
  }

  /// A register that is one field: a mask, an id or an address, of this many digits.
  static func hexadecimal(_ name: String, digits: Int) -> Self {
    Self(name, [.hexadecimal(0...(4 * digits - 1), "", digits: digits)])
  }

  /// One field: where its bits are, and what they mean.
  struct Row: Sendable {
    let bits: ClosedRange<Int>
    let name: String
    let format: Format
  }

  /// How bits become a meaning.
  enum Format: Sendable {
    case flag
    case number(shift: Int, adding: UInt64, unit: String?)
    case power(base: UInt64, unit: String?)
    case hexadecimal(digits: Int)
    case address(digits: Int)
    case names([String])
    case computed(@Sendable (UInt64) -> Field.Meaning)
  }

  /// The full dotted name of a row.
  private func name(of row: Row) -> String {
    if row.name.isEmpty { return name }
    return name.isEmpty ? row.name : name + "." + row.name
  }

  /// The dotted names of all rows.
  var names: [String] { rows.map { name(of: $0) } }

  /// The fields of a register with this value, under a prefix.
  func fields(_ value: UInt64, prefix: String = "") -> [Field] {
    rows.map { row in
      Self.field(prefix + name(of: row), row, value)
    }
  }

  private static func field(_ name: String, _ row: Row, _ value: UInt64) -> Field {
    let raw = value[bits: row.bits]
    switch row.format {
    case .flag: return Field(name, raw == 1)
    case .number(let shift, let adding, let unit):
      return Field(name, raw: raw, .number((raw << UInt64(shift)) + adding, unit: unit))
    case .power(let base, let unit):
      return Field(name, raw: raw, .number(base << raw, unit: unit))
    case .hexadecimal(let digits): return Field(name, raw: raw, .hexadecimal(digits: digits))
    case .address(let digits):
      return Field(
        name, raw: raw << UInt64(row.bits.lowerBound), .hexadecimal(digits: digits))
    case .names(let names):
      let index = Int(truncatingIfNeeded: raw)
      return Field(
        name, raw: raw,
        .text(index < names.count ? names[index] : "reserved (\(raw))"))
    case .computed(let meaning): return Field(name, raw: raw, meaning(raw))
    }
  }
}

extension RegisterTable.Row {
  /// A single bit.
  static func flag(_ bit: Int, _ name: String) -> Self {
    Self(bits: bit...bit, name: name, format: .flag)
  }

  /// A number; the meaning is `(bits << shift) + adding`.
  static func number(
    _ bits: ClosedRange<Int>, _ name: String, shift: Int = 0, adding: UInt64 = 0,
    unit: String? = nil
  ) -> Self {
    Self(bits: bits, name: name, format: .number(shift: shift, adding: adding, unit: unit))
  }

  /// A power of two; the meaning is `base << bits`.
  static func power(
    _ bits: ClosedRange<Int>, _ name: String, base: UInt64, unit: String? = nil
  ) -> Self {
    Self(bits: bits, name: name, format: .power(base: base, unit: unit))
  }

  /// A mask or an id, right-aligned.
  static func hexadecimal(_ bits: ClosedRange<Int>, _ name: String, digits: Int) -> Self {
    Self(bits: bits, name: name, format: .hexadecimal(digits: digits))
  }

  /// An address, whose bits keep their place.
  static func address(_ bits: ClosedRange<Int>, _ name: String, digits: Int) -> Self {
    Self(bits: bits, name: name, format: .address(digits: digits))
  }

  /// A code with a name for each value from 0 on.
  static func names(_ bits: ClosedRange<Int>, _ name: String, _ names: [String]) -> Self {
    Self(bits: bits, name: name, format: .names(names))
  }

  /// A code whose meaning takes a computation.
  static func computed(
    _ bits: ClosedRange<Int>, _ name: String,
    _ meaning: @escaping @Sendable (UInt64) -> Field.Meaning
  ) -> Self {
    Self(bits: bits, name: name, format: .computed(meaning))
  }
}

extension [RegisterTable] {
  /// The dotted names of all fields.
  var names: [String] { flatMap { $0.names } }

  /// The names under an index: `entries.N.size`.
  func names(under prefix: String) -> [String] { names.map { prefix + "." + $0 } }

  /// The fields of registers with these values; a register without a value has none.
  func fields(_ values: [UInt64?], prefix: String = "") -> [Field] {
    var fields: [Field] = []
    for (index, table) in enumerated() where index < values.count {
      guard let value = values[index] else { continue }
      fields += table.fields(value, prefix: prefix)
    }
    return fields
  }
}
