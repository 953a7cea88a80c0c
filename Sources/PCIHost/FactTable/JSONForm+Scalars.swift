// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension JSONForm where Value: FixedWidthInteger & JSONWritable & Sendable {
  /// A whole number within bounds; all that the type holds where none are given.
  static func integer(_ range: ClosedRange<Value> = Value.min...Value.max) -> JSONForm {
    JSONForm(
      .integer(
        minimum: Int64(truncatingIfNeeded: range.lowerBound),
        maximum: UInt64(truncatingIfNeeded: range.upperBound)),
      "a whole number from \(range.lowerBound) to \(range.upperBound)",
      write: { number, json in json.value(number) },
      parse: { json in
        guard case .integer(let number) = json, let value = Value(exactly: number),
          range.contains(value)
        else { return nil }
        return value
      }, spell: { String($0) })
  }
}

extension JSONForm where Value: FixedWidthInteger & UnsignedInteger & Sendable {
  /// Hexadecimal digits in a string; a reader of JSON may keep 53 bits of a number only.
  static func hexadecimal(
    digits: Int, prefix: Bool = false, maximum: Value = .max
  ) -> JSONForm {
    let longest = (Value.bitWidth - maximum.leadingZeroBitCount + 3) / 4
    let count = digits == longest ? "\(digits)" : "\(digits),\(longest)"
    return JSONForm(
      .text(pattern: (prefix ? "^0x" : "^") + "[0-9a-f]{" + count + "}$"),
      Self.words(digits: digits, longest: longest, prefix: prefix),
      write: { number, json in json.hexadecimal(number, digits: digits, prefix: prefix) },
      parse: { json in
        guard let text = json.text else { return nil }
        var reader = NumberReader(text.utf8)
        guard let number = reader.longHexadecimal(), reader.isAtEnd,
          let value = Value(exactly: number), value <= maximum
        else { return nil }
        return value
      },
      spell: { (prefix ? "0x" : "") + UInt64($0).hexadecimal(width: digits) })
  }

  private static func words(digits: Int, longest: Int, prefix: Bool) -> String {
    let number = ["no", "one", "two", "three", "four", "five", "six"]
    let count =
      digits == longest && number.indices.contains(digits)
      ? number[digits] + " hexadecimal digits" : "up to \(longest) hexadecimal digits"
    return prefix ? "0x and " + count : count
  }
}

extension JSONForm where Value == Bool {
  /// True or false.
  static var flag: JSONForm {
    JSONForm(
      .boolean, "true or false", write: { flag, json in json.value(flag) },
      parse: { $0.flag }, spell: { $0 ? "yes" : "no" })
  }
}

extension JSONForm where Value == String {
  /// Any text; what could drive a terminal becomes blanks.
  static var text: JSONForm {
    JSONForm(
      .text(pattern: nil), "a string", write: { text, json in json.value(text) },
      parse: { $0.text.map { displayText($0.utf8) } }, spell: { $0 })
  }

  /// A text that is not empty.
  static var name: JSONForm {
    JSONForm(
      .text(pattern: "."), "a string that is not empty",
      write: { text, json in json.value(text) },
      parse: { json in
        guard let text = json.text, !text.isEmpty else { return nil }
        return displayText(text.utf8)
      }, spell: { $0 })
  }
}

extension JSONForm where Value: Sendable {
  /// One of some values, by name.
  static func choice(
    _ values: [Value], name: @escaping @Sendable (Value) -> String
  ) -> JSONForm {
    let names = values.map(name)
    return JSONForm(
      .choice(names), "one of " + names.joined(separator: ", "),
      write: { value, json in json.value(name(value)) },
      parse: { json in
        guard let text = json.text else { return nil }
        return values.first { name($0) == text }
      }, spell: name)
  }
}

extension JSONForm where Value: RawRepresentable<String> & CaseIterable & Sendable {
  /// One of the cases, by its raw value.
  static var choice: JSONForm { choice(Array(Value.allCases)) { $0.rawValue } }
}

extension JSONForm where Value == FunctionAddress {
  /// An address as Linux spells it.
  static var address: JSONForm {
    JSONForm(
      .text(pattern: "^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-9a-f]{1,2}$"),
      "an address such as 0000:0a:00.0", write: { address, json in json.value(address) },
      parse: { $0.text.flatMap { FunctionAddress(utf8: Array($0.utf8)[...]) } },
      spell: { $0.description })
  }
}

extension JSONForm where Value == ConfigurationSpace {
  /// The bytes as hexadecimal digits.
  static var configuration: JSONForm {
    JSONForm(
      .text(pattern: "^([0-9a-f]{2})*$"), "an even number of hexadecimal digits, 8192 at most",
      write: { space, json in json.hexadecimal(space.bytes) },
      parse: { json in
        guard let digits = json.text?.utf8, digits.count.isMultiple(of: 2),
          digits.count <= 2 * ConfigurationSpace.extendedSize
        else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
          guard let value = hexadecimalDigit(digit) else { return nil }
          if let first = high { bytes.append(first << 4 | value) }
          high = high == nil ? value : nil
        }
        return ConfigurationSpace(bytes)
      }, spell: { "\($0.count) bytes" })
  }
}
