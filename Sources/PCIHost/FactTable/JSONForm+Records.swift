// SPDX-License-Identifier: Apache-2.0

extension JSONForm {
  /// A list of values, all of one form.
  static func list<Element>(_ form: JSONForm<Element>) -> JSONForm where Value == [Element] {
    JSONForm(
      .array(form.schema), "a list",
      write: { list, json in json.array { json in for value in list { form.write(value, &json) } }
      },
      read: { json throws(JSONMismatch) in
        guard let elements = json.elements else { throw JSONMismatch("", "a list") }
        var list: [Element] = []
        list.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
          list.append(try form.read(element, member: "[\(index)]"))
        }
        return list
      },
      spell: { list in .list(list.map { form.spell($0).description }) })
  }

  /// An object with a member for each fact of a record.
  ///
  /// - Parameters:
  ///   - empty: The record with nothing known, into which the members are read.
  ///   - spell: The record in words; its facts one after the other where not given.
  static func record(
    _ facts: [Fact<Value>], empty: Value, spell: (@Sendable (Value) -> FactText)? = nil
  ) -> JSONForm where Value: Sendable {
    // A row is large: what a value is written and read by is taken out of it once.
    let writers = facts.map { $0.write }
    let readers = facts.map { $0.reader }
    return JSONForm(
      .object(facts.map { $0.member }), "an object",
      write: { value, json in
        json.object { json in for write in writers { write(value, &json) } }
      },
      read: { json throws(JSONMismatch) in
        guard case .object = json else { throw JSONMismatch("", "an object") }
        var value = empty
        for reader in readers { try reader.read(json[reader.name], &value) }
        return value
      },
      spell: spell ?? { value in
        .value(
          facts.compactMap { fact in
            guard let text = fact.text(of: value)?.description else { return nil }
            return fact.schema == .boolean ? fact.name + ": " + text : text
          }.joined(separator: " "))
      })
  }
}

extension Fact {
  /// What reads a member, by its name.
  struct Reader: Sendable {
    let name: String
    let read: @Sendable (JSONValue?, inout Subject) throws(JSONMismatch) -> Void
  }

  /// What reads the member.
  var reader: Reader { Reader(name: name, read: read) }

  /// The fact as a member of an object's schema.
  var member: JSONSchema.Member {
    JSONSchema.Member(
      name: name, schema: schema, isNullable: isNullable,
      isRequired: detail == .inventory
        && (isNullable || hasDefault || absence == .impossible))
  }
}
