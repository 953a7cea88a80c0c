// SPDX-License-Identifier: Apache-2.0

/// A JSON value as the strict reader returns it.
public indirect enum JSONValue: Hashable, Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A number without a fraction or an exponent that fits 64 bits.
  case integer(Int64)
  /// Any other number, as it was written.
  case decimal(String)
  /// A string, with its escapes resolved.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object, in the order of its members.
  case object([JSONMember])

  /// The value of a member; `nil` for another kind of value or a missing member.
  public subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text, where it is a string.
  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number, where it is a whole one.
  public var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The truth value, where it is one.
  public var flag: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  /// The elements, where it is an array.
  public var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}

/// A member of a JSON object.
public struct JSONMember: Hashable, Sendable {
  /// The member's name.
  public let name: String
  /// The member's value.
  public let value: JSONValue

  /// Pairs a name and a value.
  public init(name: String, value: JSONValue) {
    self.name = name
    self.value = value
  }
}
