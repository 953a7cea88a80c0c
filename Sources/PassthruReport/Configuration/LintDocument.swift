// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruConfig

/// The document `passthru.lint/1`.
public struct LintDocument: Sendable {
  private let files: [(path: String, kind: ConfigurationKind, findings: [LintFinding])]

  private let host: Machine?

  /// Prepares the document from files, what each was read as, and what is wrong in it; with
  /// the host by which they were judged, `nil` without one.
  public init(
    _ files: [(path: String, kind: ConfigurationKind, findings: [LintFinding])],
    judgedBy host: Machine?
  ) {
    self.files = files
    self.host = host
  }

  /// Writes the files with their faults.
  public func write(into json: inout JSONWriter) {
    json.document("passthru.lint/1") { json in
      json.array("files", of: files) { json, file in
        json.member("path", file.path)
        json.member("kind", file.kind.rawValue)
        json.array("findings", of: file.findings) { json, finding in
          json.member("line", finding.line)
          json.member("id", finding.id)
          json.member("severity", finding.severity.rawValue)
          json.member("reason", finding.reason)
          json.member("remedy", finding.remedy)
        }
      }
      json.member("isJudgedByHost", host != nil)
      // Without a host nothing of one is missing.
      Machine.write(host?.gaps ?? [], into: &json)
    }
  }
}
