// SPDX-License-Identifier: Apache-2.0

/// One field of a register: where its bits are, what it is called, what its bits mean.
///
/// Each field is declared once, as a constant of the capability that has it:
/// typed access (``RegisterBlock/subscript(_:)-(RegisterField)``), the decoded
/// fields and the catalogue of names all read that one declaration. An object, so
/// that a list of fields holds references: copies would make the program larger.
public final class RegisterField: Sendable {
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

  /// The register it is in.
  public let register: Register
  /// The bits it takes, numbered as the specifications do.
  public var bits: ClosedRange<Int> { Int(low)...Int(high) }
  private let low: UInt8
  private let high: UInt8
  /// Its name after the register's; empty where it is the whole register.
  let part: String
  /// How its bits become a meaning.
  let format: Format

  init(register: Register, bits: ClosedRange<Int>, part: String, format: Format) {
    self.register = register
    low = UInt8(truncatingIfNeeded: bits.lowerBound)
    high = UInt8(truncatingIfNeeded: bits.upperBound)
    self.part = part
    self.format = format
  }

  /// The dotted name inside the capability: `linkCapabilities.maxSpeed`.
  public var name: String {
    if part.isEmpty { return register.name }
    return register.name.isEmpty ? part : register.name + "." + part
  }

  /// The field's bits in a value of its register, right-aligned.
  func bits(of value: UInt64) -> UInt64 { value[bits: bits] }

  /// Whether the field's bit is set in a value of its register.
  func isSet(in value: some FixedWidthInteger & UnsignedInteger) -> Bool {
    UInt64(value)[bit: bits.lowerBound]
  }

  /// The decoded field, of a value of its register.
  func decoded(_ value: UInt64, as name: String) -> Field {
    let raw = value[bits: bits]
    switch format {
    case .flag: return Field(name, raw == 1)
    case .number(let shift, let adding, let unit):
      return Field(name, raw: raw, .number((raw << UInt64(shift)) + adding, unit: unit))
    case .power(let base, let unit):
      return Field(name, raw: raw, .number(base << raw, unit: unit))
    case .hexadecimal(let digits): return Field(name, raw: raw, .hexadecimal(digits: digits))
    case .address(let digits):
      return Field(name, raw: raw << UInt64(bits.lowerBound), .hexadecimal(digits: digits))
    case .names(let names):
      let index = Int(truncatingIfNeeded: raw)
      return Field(
        name, raw: raw, .text(index < names.count ? names[index] : "reserved (\(raw))"))
    case .computed(let meaning): return Field(name, raw: raw, meaning(raw))
    }
  }

  /// The number that the field's bits stand for: a scaled one, an address in its place.
  func number(in value: UInt64) -> UInt64 {
    let raw = value[bits: bits]
    switch format {
    case .number(let shift, let adding, _): return (raw << UInt64(shift)) + adding
    case .power(let base, _): return base << raw
    case .address: return raw << UInt64(bits.lowerBound)
    default: return raw
    }
  }
}
