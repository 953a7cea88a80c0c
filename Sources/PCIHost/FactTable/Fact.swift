// SPDX-License-Identifier: Apache-2.0

/// One fact of a record, declared once: its name, its place, its form, where it comes from.
///
/// A snapshot's writer and reader, the schema, the difference of two hosts and
/// the deletion of a fact all follow from the row. A new fact is a new row.
public struct Fact<Subject>: Sendable {
  /// The name in JSON: `driverOverride`; dotted where it is part of another fact.
  public let name: String
  /// Where the fact comes from on each system, and what reading it costs.
  public let origin: FactOrigin
  /// What a record without it says.
  public let absence: FactAbsence
  /// What a difference between two records means.
  public let role: FactRole
  /// The shortest document that has it; a list shows what the inventory has.
  public let detail: MachineWriter.Detail
  /// The facts that this one is made of; empty for most.
  public private(set) var parts: [Fact<Subject>] = []

  /// The form in a schema.
  let schema: JSONSchema
  /// Whether JSON's null stands for its absence; a member that is neither is left out.
  let isNullable: Bool
  /// Whether a record without the fact has the member too, by a value that stands for it.
  let hasDefault: Bool
  /// Writes the member.
  let write: @Sendable (Subject, inout JSONWriter) -> Void
  /// Reads the member, which may be missing.
  let read: @Sendable (JSONValue?, inout Subject) throws(JSONMismatch) -> Void
  private let spell: @Sendable (Subject) -> FactText?
  private let isMissing: (@Sendable (Subject) -> Bool)?
  private let remove: @Sendable (inout Subject) -> Void
  private let compare: @Sendable (Subject, Subject) -> [FactChange]

  /// What the record says, in words; `nil` where it does not have the fact.
  public func text(of subject: Subject) -> FactText? { spell(subject) }

  /// Whether the record has the fact, were it that there is none.
  public func isRecorded(in subject: Subject) -> Bool {
    isMissing.map { !$0(subject) } ?? (spell(subject) != nil)
  }

  /// Makes the record one without the fact; changes nothing where no record is without it.
  public func delete(from subject: inout Subject) { remove(&subject) }

  /// What differs between two records, where a difference is one of state.
  public func changes(from first: Subject, to second: Subject) -> [FactChange] {
    role == .state ? compare(first, second) : []
  }
}

extension Fact {
  /// Declares a fact that a record may be without.
  ///
  /// - Parameter compare: What differs, where the whole value before and after says too little.
  init<Value: Equatable & Sendable>(
    _ key: StaticString, _ form: JSONForm<Value>, _ origin: FactOrigin,
    absence: FactAbsence = .notRecorded, role: FactRole = .state,
    detail: MachineWriter.Detail = .inventory, isNullable: Bool = true,
    compare: (@Sendable (Subject, Subject) -> [FactChange])? = nil,
    get: @escaping @Sendable (Subject) -> Value?,
    set: @escaping @Sendable (inout Subject, Value?) -> Void
  ) {
    let name = key.text
    self.name = name
    self.origin = origin
    self.absence = absence
    self.role = role
    self.detail = detail
    self.isNullable = isNullable
    hasDefault = false
    schema = form.schema
    write = { subject, json in
      if let value = get(subject) {
        json.key(key)
        form.write(value, &json)
      } else if isNullable {
        json.null(key)
      }
    }
    read = { json, subject throws(JSONMismatch) in
      set(
        &subject,
        absence == .impossible
          ? try form.read(json, member: name) : try form.optional(json, member: name))
    }
    spell = { get($0).map(form.spell) }
    isMissing = nil
    remove = { set(&$0, nil) }
    self.compare =
      compare ?? { first, second in
        let before = get(first)
        let after = get(second)
        if before == after { return [] }
        return [FactChange(name, before.map(form.spell), after.map(form.spell), absence)]
      }
  }

  /// Declares a fact that no record is without; a document without it is refused.
  static func required<Value: Equatable & Sendable>(
    _ key: StaticString, _ form: JSONForm<Value>, _ origin: FactOrigin = .part,
    role: FactRole = .state, get: @escaping @Sendable (Subject) -> Value,
    set: @escaping @Sendable (inout Subject, Value) -> Void
  ) -> Fact {
    Fact(
      key, form, origin, absence: .impossible, role: role, get: get,
      set: { if let value = $1 { set(&$0, value) } })
  }

  /// Declares a fact with a value that stands for its absence and is written, such as an empty list.
  static func defaulting<Value: Equatable & Sendable>(
    to absent: Value, _ key: StaticString, _ form: JSONForm<Value>, _ origin: FactOrigin,
    absence: FactAbsence = .noneOrNotRecorded, role: FactRole = .state,
    detail: MachineWriter.Detail = .inventory,
    get: @escaping @Sendable (Subject) -> Value,
    set: @escaping @Sendable (inout Subject, Value) -> Void
  ) -> Fact {
    let fact = Fact(
      key, form, origin, absence: absence, role: role, detail: detail, isNullable: false,
      get: { subject -> Value? in
        let value = get(subject)
        return value == absent ? nil : value
      },
      set: { set(&$0, $1 ?? absent) })
    return Fact(
      always: fact,
      write: { subject, json in
        json.key(key)
        form.write(get(subject), &json)
      })
  }

  /// Declares a list that may be not recorded, for which null stands.
  static func recordable<Element: Hashable & Sendable>(
    _ key: StaticString, _ form: JSONForm<[Element]>, _ origin: FactOrigin,
    detail: MachineWriter.Detail = .inventory,
    get: @escaping @Sendable (Subject) -> Recordable<Element>,
    set: @escaping @Sendable (inout Subject, Recordable<Element>) -> Void
  ) -> Fact {
    Fact(
      key, form, origin, detail: detail, get: { get($0).recorded },
      set: { set(&$0, Recordable($1)) })
  }

  /// Declares a fact that is made of others, which become facts of the record too.
  ///
  /// - Parameters:
  ///   - empty: The value with nothing known.
  ///   - isNullable: Whether JSON's null stands for a record without it; otherwise the
  ///     record always has it, perhaps with nothing known.
  static func group<Value: Equatable & Sendable>(
    _ key: StaticString, _ facts: [Fact<Value>], _ origin: FactOrigin, empty: Value,
    isNullable: Bool = true, detail: MachineWriter.Detail = .inventory,
    get: @escaping @Sendable (Subject) -> Value?,
    set: @escaping @Sendable (inout Subject, Value?) -> Void
  ) -> Fact {
    let form = JSONForm.record(facts, empty: empty, spell: { _ in .value("recorded") })
    let name = key.text
    let parts = facts.map { $0.lifted(into: name, empty: empty, get: get, set: set) }
    var fact = Fact(
      key, form, origin, detail: detail, isNullable: isNullable,
      compare: { first, second in
        let changes = parts.flatMap { $0.changes(from: first, to: second) }
        if !changes.isEmpty { return changes }
        let (before, after) = (get(first), get(second))
        if before == after { return [] }
        return [
          FactChange(name, before.map(form.spell), after.map(form.spell), .notRecorded)
        ]
      }, get: get, set: set)
    fact.parts = parts
    return fact
  }

  /// The fact as one of a larger record that holds this one's.
  private func lifted<Whole>(
    into name: String, empty: Subject, get: @escaping @Sendable (Whole) -> Subject?,
    set: @escaping @Sendable (inout Whole, Subject?) -> Void
  ) -> Fact<Whole> where Subject: Sendable {
    let part = self
    let dotted = name + "." + part.name
    var isMissing: (@Sendable (Whole) -> Bool)?
    if let ofPart = part.isMissing { isMissing = { get($0).map(ofPart) ?? true } }
    return Fact<Whole>(
      name: dotted, origin: origin, absence: absence, role: role, detail: detail,
      schema: schema, isNullable: isNullable, hasDefault: hasDefault,
      write: { part.write(get($0) ?? empty, &$1) },
      read: { json, whole throws(JSONMismatch) in
        var value = get(whole) ?? empty
        try part.read(json, &value)
        set(&whole, value)
      },
      spell: { get($0).flatMap(part.spell) },
      isMissing: isMissing,
      remove: { whole in
        guard var value = get(whole) else { return }
        part.remove(&value)
        set(&whole, value)
      },
      compare: { first, second in
        if let before = get(first), let after = get(second) {
          return part.compare(before, after).map { change in
            FactChange(name + "." + change.fact, change.before, change.after, change.absence)
          }
        }
        // Without the whole nothing is known of its parts.
        let (before, after) = (get(first).flatMap(part.spell), get(second).flatMap(part.spell))
        return before == after ? [] : [FactChange(dotted, before, after, .notRecorded)]
      })
  }

  private init(always fact: Fact, write: @escaping @Sendable (Subject, inout JSONWriter) -> Void) {
    self.init(
      name: fact.name, origin: fact.origin, absence: fact.absence, role: fact.role,
      detail: fact.detail, schema: fact.schema, isNullable: fact.isNullable,
      hasDefault: true, write: write, read: fact.read, spell: fact.spell,
      isMissing: fact.isMissing, remove: fact.remove, compare: fact.compare)
  }

  /// The fact in a record that tells "there is none" and "nobody wrote it down" apart.
  ///
  /// A document without the member does not have the fact; null says that there is
  /// none, unless the member `notRecorded` names it.
  ///
  /// - Parameters:
  ///   - isMissing: Whether the record says nothing of the fact.
  ///   - lose: Makes the record say nothing of it.
  func told(
    isMissing: @escaping @Sendable (Subject) -> Bool,
    lose: @escaping @Sendable (inout Subject) -> Void, absence: FactAbsence = .notRecorded
  ) -> Fact {
    let fact = self
    return Fact<Subject>(
      name: name, origin: origin, absence: absence, role: role, detail: detail,
      schema: schema, isNullable: true, hasDefault: hasDefault,
      write: { subject, json in
        if isMissing(subject) {
          json.member(dynamic: fact.name, Optional<String>.none)
        } else {
          fact.write(subject, &json)
        }
      },
      read: { json, subject throws(JSONMismatch) in
        // A fact that must be there is null where the document says that it is not recorded.
        if absence == .impossible, json == .null { return lose(&subject) }
        try fact.read(json, &subject)
        if json == nil { lose(&subject) }
      },
      spell: { isMissing($0) ? nil : fact.spell($0) },
      isMissing: isMissing,
      remove: {
        if absence == .impossible { return }
        fact.remove(&$0)
        lose(&$0)
      },
      compare: { first, second in
        let isUntold = isMissing(first) || isMissing(second)
        return fact.compare(first, second).map { change -> FactChange in
          FactChange(change.fact, change.before, change.after, isUntold ? .notRecorded : .none)
        }
      })
  }
}

extension [Fact<Machine>] {
  /// The facts, with the parts in place of what is made of parts.
  public var leaves: [Fact<Machine>] { flatMap { $0.parts.isEmpty ? [$0] : $0.parts } }
}
