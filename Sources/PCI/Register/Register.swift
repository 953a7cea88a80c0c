// SPDX-License-Identifier: Apache-2.0

/// A register: where it is, how wide it is, and what it is called.
///
/// A capability's type declares its registers as constants; a register that not
/// every such capability has says when it is there.
public struct Register: Sendable {
  /// The start of the dotted names of its fields; empty where they have no start.
  public let name: String
  /// Where it starts, in bytes from the start of the capability's header.
  public var offset: Int { Int(place) }
  /// How many bytes it has: 1, 2, 4 or 8.
  public var width: Int { Int(byteCount) }
  private let place: UInt16
  private let byteCount: UInt8
  /// Whether a capability has it; every one does where this is `nil`.
  let isPresent: (@Sendable (RegisterBytes) -> Bool)?

  init(
    _ offset: Int, _ width: Int, _ name: String,
    if isPresent: (@Sendable (RegisterBytes) -> Bool)? = nil
  ) {
    place = UInt16(truncatingIfNeeded: offset)
    byteCount = UInt8(truncatingIfNeeded: width)
    self.name = name
    self.isPresent = isPresent
  }
}

/// Fields made from a register: the register itself where `part` is empty, or some of its bits.
extension Register {
  private func field(
    _ bits: ClosedRange<Int>?, _ part: String, _ format: RegisterField.Format
  ) -> RegisterField {
    RegisterField(register: self, bits: bits ?? 0...8 * width - 1, part: part, format: format)
  }

  /// A number; the meaning is `bits << shift`.
  func number(
    _ bits: ClosedRange<Int>? = nil, _ part: String = "", shift: Int = 0, unit: String? = nil
  ) -> RegisterField {
    field(bits, part, .number(shift: shift, adding: 0, unit: unit))
  }

  /// A mask or an id, right-aligned.
  func hexadecimal(
    _ bits: ClosedRange<Int>? = nil, _ part: String = "", digits: Int? = nil
  ) -> RegisterField {
    field(bits, part, .hexadecimal(digits: digits ?? 2 * width))
  }

  /// An address, whose bits keep their place.
  func address(_ bits: ClosedRange<Int>, _ part: String = "") -> RegisterField {
    field(bits, part, .address(digits: 2 * width))
  }

  /// A code with a name for each value from 0 on.
  func names(_ names: [String]) -> RegisterField { field(nil, "", .names(names)) }

  /// The same, of some bits.
  func names(_ bits: ClosedRange<Int>, _ part: String, _ names: [String]) -> RegisterField {
    field(bits, part, .names(names))
  }

  /// A code whose meaning takes a computation.
  func computed(
    _ bits: ClosedRange<Int>, _ meaning: @escaping @Sendable (UInt64) -> Field.Meaning
  ) -> RegisterField {
    field(bits, "", .computed(meaning))
  }

  /// Flags, each with the bit that it sets in the register.
  func flags(_ flags: [(mask: UInt32, name: String)]) -> [RegisterField] {
    flags.flatMap { self.flags($0.mask.trailingZeroBitCount, [$0.name]) }
  }

  /// Flags in bits that follow each other.
  func flags(_ first: Int, _ parts: [String]) -> [RegisterField] {
    parts.enumerated().map { field(first + $0...first + $0, $1, .flag) }
  }

  /// Registers of one kind that follow each other, each one field, numbered in their names.
  static func series(
    _ offset: Int, _ width: Int, _ name: String, _ numbers: Range<Int>,
    if isPresent: (@Sendable (RegisterBytes) -> Bool)? = nil
  ) -> [RegisterField] {
    numbers.map { number in
      Register(
        offset + width * (number - numbers.lowerBound), width, name + String(number), if: isPresent
      ).hexadecimal()
    }
  }
}
