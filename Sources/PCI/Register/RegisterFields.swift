// SPDX-License-Identifier: Apache-2.0

/// The fields of one register, each a constant: a name space called like the register.
///
/// The Swift name is the dotted name's: `pcie.linkStatus.slotClock` is
/// `PCIExpress.LinkStatus.slotClock`. A field without a comment has the name of the
/// specification, spelled out; one with a comment says a unit, a condition or a meaning.
protocol RegisterFields {
  /// The register that has the fields.
  static var itself: Register { get }
  /// The fields, in the order in which they are shown.
  static var fields: [RegisterField] { get }
}

extension RegisterFields {
  private static func field(
    _ bits: ClosedRange<Int>, _ name: String, _ format: RegisterField.Format
  ) -> RegisterField {
    RegisterField(register: itself, bits: bits, part: name, format: format)
  }

  /// All bits of the register, shown before the fields of some of them.
  static var whole: RegisterField {
    field(0...8 * itself.width - 1, "register", .hexadecimal(digits: 2 * itself.width))
  }

  /// A single bit.
  static func flag(_ bit: Int, _ name: String) -> RegisterField { field(bit...bit, name, .flag) }

  /// A number; the meaning is `(bits << shift) + adding`.
  static func number(
    _ bits: ClosedRange<Int>, _ name: String, shift: Int = 0, adding: UInt64 = 0,
    unit: String? = nil
  ) -> RegisterField {
    field(bits, name, .number(shift: shift, adding: adding, unit: unit))
  }

  /// A power of two; the meaning is `base << bits`.
  static func power(
    _ bits: ClosedRange<Int>, _ name: String, base: UInt64, unit: String? = nil
  ) -> RegisterField {
    field(bits, name, .power(base: base, unit: unit))
  }

  /// A mask or an id, right-aligned.
  static func hexadecimal(
    _ bits: ClosedRange<Int>, _ name: String, digits: Int
  ) -> RegisterField {
    field(bits, name, .hexadecimal(digits: digits))
  }

  /// An address, whose bits keep their place.
  static func address(_ bits: ClosedRange<Int>, _ name: String, digits: Int) -> RegisterField {
    field(bits, name, .address(digits: digits))
  }

  /// A code with a name for each value from 0 on.
  static func names(
    _ bits: ClosedRange<Int>, _ name: String, _ names: [String]
  ) -> RegisterField {
    field(bits, name, .names(names))
  }

  /// A code whose meaning takes a computation.
  static func computed(
    _ bits: ClosedRange<Int>, _ name: String,
    _ meaning: @escaping @Sendable (UInt64) -> Field.Meaning
  ) -> RegisterField {
    field(bits, name, .computed(meaning))
  }
}

extension [RegisterField] {
  /// The same fields, of another register with the same layout.
  func moved(to register: Register) -> [RegisterField] {
    map {
      RegisterField(register: register, bits: $0.bits, part: $0.part, format: $0.format)
    }
  }
}
