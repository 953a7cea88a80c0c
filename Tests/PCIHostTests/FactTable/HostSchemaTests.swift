// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

@testable import PCI
@testable import PCIHost

/// The schema of `passthru.host/1` is the fact table's.
///
/// `UPDATE_SCHEMAS=1 swift test --filter HostSchemaTests` writes the file anew.
@Suite("Schema of a host")
struct HostSchemaTests {
  static let file = TestCorpora.root.appendingPathComponent(
    "Sources/PassthruReport/Schemas/passthru.host.1.schema.json")

  @Test func fileIsTheTable() throws {
    let schema = try JSONSerialization.data(
      withJSONObject: Self.document, options: [.prettyPrinted, .sortedKeys])
    if ProcessInfo.processInfo.environment["UPDATE_SCHEMAS"] != nil {
      let text = String(decoding: schema, as: UTF8.self).replacingOccurrences(
        of: "\" : ", with: "\": ")
      try Data((text + "\n").utf8).write(to: Self.file)
    }
    let written = try JSONSerialization.jsonObject(with: Data(contentsOf: Self.file))
    let isTheTable = written as? NSDictionary == Self.document as NSDictionary
    #expect(isTheTable, "write the schema anew: UPDATE_SCHEMAS=1")
  }

  /// Every document is described member by member: none can be added unseen.
  private static var document: [String: Any] {
    var host = object(
      [("schema", ["const": MachineWriter.schema], true)]
        + Machine.facts.map { ($0.name, schema(of: $0.member), $0.member.isRequired) } + [
          ("functions", ["type": "array", "items": function], true),
          (
            "source",
            object([
              ("kind", ["enum": Source.Kind.allCases.map(\.rawValue)], true),
              ("location", ["type": "string"], true),
            ]), true
          ),
        ])
    host["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    host["$id"] = MachineWriter.schema
    host["title"] = "A host: its functions and what is known of them"
    return host
  }

  /// The facts of a function, and what is worked out from them.
  private static var function: [String: Any] {
    let text = nullable(["type": "string"])
    return object(
      Function.facts.map { ($0.name, schema(of: $0.member), $0.member.isRequired) } + [
        ("path", text, true),
        (Function.unrecordedFact.name, schema(of: Function.unrecordedFact.member), false),
        ("vendorName", text, false), ("deviceName", text, false),
        ("subsystemName", text, false), ("kind", text, false),
        ("windows", nullable(["type": "array", "items": window]), false),
        ("header", nullable(["type": "object"]), false),
      ])
  }

  private static var window: [String: Any] {
    let address: [String: Any] = ["type": "string", "pattern": "^0x[0-9a-f]{1,16}$"]
    return object([
      ("kind", ["enum": ["io", "memory", "prefetchableMemory"]], true),
      ("base", address, true), ("limit", address, true),
      ("size", nullable(["type": "integer", "minimum": 1]), true),
      ("addressWidth", ["enum": [16, 32, 64]], true), ("isOpen", ["type": "boolean"], true),
    ])
  }

  private static func object(_ members: [(String, [String: Any], Bool)]) -> [String: Any] {
    [
      "type": "object",
      "properties": Dictionary(uniqueKeysWithValues: members.map { ($0.0, $0.1 as Any) }),
      "required": members.filter { $0.2 }.map { $0.0 }.sorted(),
      "additionalProperties": false,
    ]
  }

  private static func schema(of member: JSONSchema.Member) -> [String: Any] {
    let form = json(member.schema)
    return member.isNullable ? nullable(form) : form
  }

  private static func nullable(_ form: [String: Any]) -> [String: Any] {
    // What a type has no say in, such as the pattern of a string, does not hold for null.
    var form = form
    if let names = form["enum"] as? [Any] {
      form["enum"] = names + [NSNull()]
    } else if let type = form["type"] {
      form["type"] = [type, "null"]
    } else {
      form = ["anyOf": [form, ["type": "null"]]]
    }
    return form
  }

  private static func json(_ schema: JSONSchema) -> [String: Any] {
    switch schema {
    case .boolean: ["type": "boolean"]
    case .integer(let minimum, let maximum):
      ["type": "integer", "minimum": minimum, "maximum": maximum]
    case .text(nil): ["type": "string"]
    case .text(let pattern?): ["type": "string", "pattern": pattern]
    case .choice(let names): ["enum": names]
    case .array(let element): ["type": "array", "items": json(element)]
    case .object(let members):
      object(members.map { ($0.name, Self.schema(of: $0), $0.isRequired) })
    case .either(let forms): ["anyOf": forms.map(json)]
    case .map: ["type": "object"]
    }
  }
}
