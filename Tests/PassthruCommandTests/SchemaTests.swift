// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// Every document against its schema, by Python's jsonschema.
@Suite("Schemas")
struct SchemaTests {
  static let schemas = TestCorpora.root.appendingPathComponent("Sources/PassthruReport/Schemas")

  static let hasValidator: Bool = {
    let answer = try? TestCorpora.run("python3", ["-c", "import jsonschema"])
    if answer == nil {
      print("SKIPPED: python3 has no jsonschema: no document is held against its schema")
    }
    return answer != nil
  }()

  static let validator = """
    import json, sys, jsonschema
    document = json.load(open(sys.argv[1]))
    kind, version = document["schema"].split("/")
    schema = json.load(open(f"{sys.argv[2]}/{kind}.{version}.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)
    print(document["schema"])
    """

  /// The recordings that the documents are made from.
  static var recordings: [String] {
    var paths = [
      TestCorpora.fixtures.appendingPathComponent("hosts/intel-rich.json").path
    ]
    paths += TestCorpora.files("lspci-hex").prefix(4).map(\.path)
    paths += TestCorpora.files("pciconf", suffix: ".pciconf").prefix(4).map(\.path)
    return paths
  }

  func validate(_ arguments: [String], expecting schema: String) throws {
    let run = try Passthru.run(arguments + ["--format", "json"])
    #expect(run.status == 0 || run.status == 1, "\(arguments): \(run.errors)")
    try Passthru.withFile(Data(run.output.utf8)) { file in
      let answer = try TestCorpora.run(
        "python3", ["-c", Self.validator, file, Self.schemas.path])
      #expect(
        answer?.trimmingCharacters(in: .whitespacesAndNewlines) == schema, "\(arguments)")
    }
  }

  @Test(.enabled(if: hasValidator), arguments: recordings)
  func documents(_ path: String) throws {
    let from = ["--from", path]
    try validate(["list"] + from, expecting: "passthru.host/1")
    try validate(["tree"] + from, expecting: "passthru.host/1")
    try validate(["snapshot"] + from, expecting: "passthru.host/1")
    try validate(["check", "-a"] + from, expecting: "passthru.check/1")
    try validate(["groups"] + from, expecting: "passthru.groups/1")
    try validate(["diff", path, path], expecting: "passthru.diff/1")
    let first = try firstAddress(path)
    try validate(["show", first] + from, expecting: "passthru.host/1")
    try validate(["plan", first, "--guest", "g"] + from, expecting: "passthru.plan/1")
  }

  @Test(.enabled(if: hasValidator)) func targets() throws {
    try validate(["targets"], expecting: "passthru.targets/1")
    try validate(["rules"], expecting: "passthru.rules/1")
    try Passthru.withFile(Data("pptdevs=\"1/0/0,1/0/1\"\n".utf8)) { file in
      try validate(["lint", "--kind", "loader.conf", file], expecting: "passthru.lint/1")
    }
  }

  @Test(.enabled(if: hasValidator)) func emit() throws {
    try Passthru.withFile(Data(BadInputTests.pciconf.utf8)) { file in
      try validate(
        ["emit", "bhyve", "em0", "--guest", "g", "--from", file, "--force"],
        expecting: "passthru.emit/1")
    }
  }

  private func firstAddress(_ path: String) throws -> String {
    let run = try Passthru.run(["list", "-a", "--format", "json", "--from", path])
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let functions = object?["functions"] as? [[String: Any]]
    return try #require(functions?.last?["address"] as? String)
  }
}
