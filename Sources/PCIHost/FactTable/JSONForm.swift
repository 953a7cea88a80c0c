// SPDX-License-Identifier: Apache-2.0

/// How values of a type are written in JSON, read back within their bounds, and spelled.
struct JSONForm<Value>: Sendable {
  let schema: JSONSchema
  /// What a value must be, in words: `a whole number from 0 to 255`.
  let expectation: String
  let write: @Sendable (Value, inout JSONWriter) -> Void
  let spell: @Sendable (Value) -> FactText
  private let parse: @Sendable (JSONValue) throws(JSONMismatch) -> Value

  init(
    _ schema: JSONSchema, _ expectation: String,
    write: @escaping @Sendable (Value, inout JSONWriter) -> Void,
    read: @escaping @Sendable (JSONValue) throws(JSONMismatch) -> Value,
    spell: @escaping @Sendable (Value) -> FactText
  ) {
    self.schema = schema
    self.expectation = expectation
    self.write = write
    self.spell = spell
    parse = read
  }

  /// A form whose values are read whole or not at all.
  init(
    _ schema: JSONSchema, _ expectation: String,
    write: @escaping @Sendable (Value, inout JSONWriter) -> Void,
    parse: @escaping @Sendable (JSONValue) -> Value?,
    spell: @escaping @Sendable (Value) -> String
  ) {
    self.init(
      schema, expectation, write: write,
      read: { json throws(JSONMismatch) in
        guard let value = parse(json) else { throw JSONMismatch("", expectation) }
        return value
      }, spell: { .value(spell($0)) })
  }

  /// Reads a member's value, or an element's: `member` is its name, or `[3]`.
  func read(_ json: JSONValue?, member: String) throws(JSONMismatch) -> Value {
    do throws(JSONMismatch) { return try parse(json ?? .null) } catch {
      throw error.inside(member)
    }
  }

  /// Reads the value of a member that may be missing or null.
  func optional(_ json: JSONValue?, member: String) throws(JSONMismatch) -> Value? {
    guard let json, json != .null else { return nil }
    return try read(json, member: member)
  }

  /// The form of a value that holds this one's and nothing else.
  func mapped<Other>(
    from make: @escaping @Sendable (Value) -> Other, to part: @escaping @Sendable (Other) -> Value
  ) -> JSONForm<Other> {
    let form = self
    return JSONForm<Other>(
      schema, expectation, write: { form.write(part($0), &$1) },
      read: { json throws(JSONMismatch) in make(try form.parse(json)) },
      spell: { form.spell(part($0)) })
  }

  /// The form with other words for its values.
  func spelled(_ spell: @escaping @Sendable (Value) -> String) -> JSONForm {
    let form = self
    return JSONForm(
      schema, expectation, write: write,
      read: { json throws(JSONMismatch) in try form.parse(json) }, spell: { .value(spell($0)) })
  }
}
