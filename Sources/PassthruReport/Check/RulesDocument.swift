// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// The document `passthru.rules/1`.
public struct RulesDocument: Sendable {
  private let rules: [Rule]

  /// Prepares the document.
  public init(_ rules: [Rule]) { self.rules = rules }

  /// Writes the rules: what each means, how it is decided, who says so.
  public func write(into json: inout JSONWriter) {
    json.document("passthru.rules/1") { json in
      json.array("rules", of: rules) { json, rule in
        json.member("id", rule.id)
        json.member("for", rule.consumers.map { $0.rawValue })
        json.member("meaning", rule.meaning)
        json.member("decision", rule.decision)
        json.member("source", rule.source)
      }
    }
  }
}
