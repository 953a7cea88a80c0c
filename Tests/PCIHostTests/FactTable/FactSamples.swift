// SPDX-License-Identifier: Apache-2.0

@testable import PCI
@testable import PCIHost

/// Values made from the forms of the fact table, so that a new row is tested as it is.
enum FactSamples {
  /// Two values of a form that differ in every part.
  static func pair(_ schema: JSONSchema) -> (JSONValue, JSONValue) {
    switch schema {
    case .boolean: (.bool(true), .bool(false))
    case .integer(let minimum, let maximum):
      (.integer(Int64(clamping: maximum)), .integer(minimum == 0 ? 1 : minimum))
    case .text(let pattern):
      switch pattern {
      case nil, ".": (.string("one"), .string("other"))
      case "^([0-9a-f]{2})*$": (.string("868021"), .string("8680"))
      case let address? where address.contains("\\."): (.string("0001:0a:1f.7"), .string("00:01.0"))
      case let bus? where bus.contains(":"): (.string("0001:0a"), .string("0000:0b"))
      case let digits? where digits.contains("[0-9a-f]"):
        (
          .string(digits.contains("0x") ? "0x1f" : "1f"),
          .string(digits.contains("0x") ? "0x2" : "2")
        )
      case let other?: fatalError("no sample of \(other)")
      }
    case .choice(let names): (.string(names[0]), .string(names[1]))
    case .array(let element):
      (.array([pair(element).0]), .array([pair(element).1]))
    case .object(let members):
      (
        .object(members.map { JSONMember(name: $0.name, value: pair($0.schema).0) }),
        .object(members.map { JSONMember(name: $0.name, value: pair($0.schema).1) })
      )
    case .either(let forms): (pair(forms[0]).0, pair(forms[1]).1)
    case .map: (.object([]), .object([]))
    }
  }

  /// Values that are not of a form, each with the way to what is wrong.
  static func wrong(_ schema: JSONSchema) -> [(value: JSONValue, member: String)] {
    switch schema {
    case .boolean: [(.string("true"), "")]
    case .integer(let minimum, let maximum):
      [(.string("1"), ""), (.decimal("1.5"), ""), (.integer(minimum - 1), "")]
        + (maximum < UInt64(Int64.max) ? [(.integer(Int64(maximum) + 1), "")] : [])
    case .text(let pattern):
      [(.integer(7), "")] + (pattern == nil ? [] : [(.string(pattern == "." ? "" : "zz"), "")])
    case .choice: [(.string("no such thing"), ""), (.integer(1), "")]
    case .array(let element):
      [(.object([]), "")]
        + wrong(element).map { wrong in
          (
            .array([pair(element).0, wrong.value]),
            "[1]" + (wrong.member.isEmpty ? "" : ".") + wrong.member
          )
        }
    case .object(let members):
      [(.array([]), "")]
        + members.flatMap { member in
          wrong(member.schema).map { wrong in
            (
              .object(
                members.map {
                  JSONMember(
                    name: $0.name,
                    value: $0.name == member.name ? wrong.value : pair($0.schema).0)
                }),
              member.name
                + (wrong.member.isEmpty || wrong.member.hasPrefix("[") ? "" : ".") + wrong.member
            )
          }
        }
    case .either: [(.object([]), ""), (.integer(1), "")]
    case .map: []
    }
  }

  /// A record into which every fact is read; `second` takes the other of the two values.
  static func fill<Subject>(
    _ subject: Subject, _ facts: [Fact<Subject>], second: Bool = false
  ) throws -> Subject {
    var subject = subject
    for fact in facts {
      let pair = pair(fact.schema)
      try fact.read(second ? pair.1 : pair.0, &subject)
    }
    return subject
  }

  static let blankFunction = Function(
    address: .zero, identity: Identity(vendorID: 0xffff, deviceID: 0xffff))

  static let blankHost = Machine(
    source: Source(kind: .snapshot, location: "file"),
    system: OperatingSystem(family: .unknown))

  /// A host of one function in which every fact is known.
  static func host(second: Bool = false) throws -> Machine {
    var host = try fill(blankHost, Machine.facts, second: second)
    // Bytes and a list of names exclude each other in a document.
    var functions = [try fill(blankFunction, Function.facts, second: second)]
    functions.append(functions[0])
    functions[0].listedCapabilities = nil
    functions[1].configuration = nil
    functions[1].address = .init(domain: 7, bus: 0, deviceFunction: 0)
    host.functions = functions
    return host
  }
}
