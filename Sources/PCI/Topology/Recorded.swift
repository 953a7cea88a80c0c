// SPDX-License-Identifier: Apache-2.0

/// What a record says of one fact: a value, that there is none, or nothing.
///
/// "No driver holds it" and "nobody wrote down which driver holds it" are two
/// answers. A verdict may rest on the first and never on the second, so that
/// whoever reads a fact has to say what holds where it is not recorded.
public enum Recorded<Value> {
  /// The record has the fact.
  case known(Value)
  /// The record says that there is none: no driver, no slot, no group.
  case absent
  /// The record does not say.
  case notRecorded

  /// A fact of an optional value: `nil` is none, or nothing, as `isRecorded` tells.
  @inlinable
  public init(_ value: Value?, isRecorded: Bool) {
    if let value {
      self = .known(value)
    } else {
      self = isRecorded ? .absent : .notRecorded
    }
  }

  /// The value, `nil` where there is none, and `fallback` where the record does not say.
  @inlinable
  public func value(ifNotRecorded fallback: Value?) -> Value? {
    switch self {
    case .known(let value): value
    case .absent: nil
    case .notRecorded: fallback
    }
  }

  /// Whether the record has a value for which the condition holds; `nil` where it does not say.
  @inlinable
  public func isKnown(where condition: (Value) -> Bool = { _ in true }) -> Bool? {
    switch self {
    case .known(let value): condition(value)
    case .absent: false
    case .notRecorded: nil
    }
  }

  /// Whether the record says something, were it that there is none.
  @inlinable
  public var isRecorded: Bool {
    if case .notRecorded = self { false } else { true }
  }
}

extension Recorded: Equatable where Value: Equatable {}
extension Recorded: Hashable where Value: Hashable {}
extension Recorded: Sendable where Value: Sendable {}
