// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PCI
@testable import PCIHost

@Suite("Fact table")
struct FactTableTests {
  private func document(_ host: Machine) throws -> [UInt8] {
    var json = JSONWriter(isIndented: true)
    MachineWriter(host, detail: .snapshot).write(into: &json)
    return json.bytes
  }

  @Test("what the table fills, a snapshot keeps", arguments: [false, true])
  func snapshotKeepsEveryFact(second: Bool) throws {
    let host = try FactSamples.host(second: second)
    #expect(try MachineReader.read(document(host), location: "file") == host)
  }

  @Test(arguments: Function.facts.indices)
  func everyFactOfAFunction(_ index: Int) throws {
    try check(Function.facts[index], of: FactSamples.blankFunction)
  }

  @Test(arguments: Machine.facts.leaves.indices)
  func everyFactOfAHost(_ index: Int) throws {
    try check(Machine.facts.leaves[index], of: FactSamples.blankHost)
  }

  /// Read, written, compared and deleted.
  private func check<Subject: Equatable>(_ fact: Fact<Subject>, of blank: Subject) throws {
    let pair = FactSamples.pair(fact.schema)
    var first = blank
    var second = blank
    try fact.read(pair.0, &first)
    try fact.read(pair.1, &second)
    #expect(first != blank && first != second, "\(fact.name) is not read")
    #expect(fact.isRecorded(in: first))
    let changes = fact.changes(from: first, to: second)
    #expect(changes.isEmpty == (fact.role != .state), "\(fact.name) is not compared")
    #expect(changes.allSatisfy { $0.before != $0.after })
    #expect(fact.changes(from: first, to: first).isEmpty)

    var json = JSONWriter()
    json.object { json in fact.write(first, &json) }
    let name = fact.name.split(separator: ".").last.map { String($0) }
    var read = blank
    try fact.read(JSONReader.read(json.bytes)[name ?? ""], &read)
    #expect(read == first, "\(fact.name) is not written")

    var deleted = first
    fact.delete(from: &deleted)
    if fact.absence == .impossible {
      #expect(deleted == first)
    } else {
      #expect(!fact.isRecorded(in: deleted))
      #expect(!fact.isRecorded(in: blank))
      // A part leaves the whole it is part of behind, with nothing known.
      if !fact.name.contains(".") { #expect(deleted == blank) }
      let lost = fact.changes(from: first, to: deleted)
      #expect(lost.map(\.after) == (fact.role == .state ? [nil] : []))
    }
    // A document without the member is one without the fact.
    var missing = blank
    if fact.absence == .impossible, !fact.name.contains(".") {
      #expect(throws: JSONMismatch.self) { try fact.read(nil, &missing) }
    } else if fact.absence != .impossible {
      try fact.read(nil, &missing)
      #expect(!fact.isRecorded(in: missing))
    }
  }

  @Test func everyPropertyHasARow() throws {
    var found: [String] = []
    let host = FactSamples.blankHost
    Self.same(
      try FactSamples.fill(host, Machine.facts),
      try FactSamples.fill(host, Machine.facts, second: true), "host", &found)
    let function = FactSamples.blankFunction
    Self.same(
      try FactSamples.fill(function, Function.facts),
      try FactSamples.fill(function, Function.facts, second: true), "function", &found)
    #expect(found == ["host.functions"], "no row of the fact table reads these")
  }

  /// The stored properties of two values that are the same in both.
  private static func same(_ first: Any, _ second: Any, _ place: String, _ found: inout [String]) {
    let children = (
      Array(Mirror(reflecting: first).children), Array(Mirror(reflecting: second).children)
    )
    if children.0.isEmpty || children.0.count != children.1.count {
      if "\(first)" == "\(second)" { found.append(place) }
      return
    }
    for (left, right) in zip(children.0, children.1) {
      let name = left.label ?? ""
      // Whether a register's address is known is no fact beside the address; which file a
      // document is in is not in the document.
      // Which facts are recorded is told by the facts.
      if ["hasAddress", "hasSize", "source", "unrecorded", "isRecorded"].contains(name) {
        continue
      }
      same(left.value, right.value, place + "." + name, &found)
    }
  }

  @Test func whatIsOutOfBoundsIsRefused() throws {
    var tried = 0
    func refuse<Subject>(_ facts: [Fact<Subject>], _ blank: Subject) {
      for fact in facts {
        for (value, member) in FactSamples.wrong(fact.schema) {
          var subject = blank
          tried += 1
          do throws(JSONMismatch) {
            try fact.read(value, &subject)
            Issue.record("\(fact.name).\(member) takes \(value)")
          } catch {
            let place = fact.name + (member.isEmpty || member.hasPrefix("[") ? "" : ".") + member
            #expect(error.member == place)
            #expect(!error.expected.isEmpty)
          }
        }
      }
    }
    refuse(Function.facts, FactSamples.blankFunction)
    refuse(Machine.facts, FactSamples.blankHost)
    #expect(tried > 250)
  }

  @Test func aFunctionWithoutDetailsIsSmall() {
    // A host may have 65,536 functions.
    #expect(MemoryLayout<Function>.stride <= 128)
  }
}
