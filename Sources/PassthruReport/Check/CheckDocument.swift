// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// The document `passthru.check/1`.
public struct CheckDocument: Sendable {
  private let consumer: Consumer
  private let assessments: [Assessment]

  /// Prepares the document.
  public init(_ consumer: Consumer, assessments: [Assessment]) {
    self.consumer = consumer
    self.assessments = assessments
  }

  /// Writes the assessments.
  public func write(into json: inout JSONWriter) {
    json.object { json in
      json.key("schema")
      json.value("passthru.check/1")
      json.key("for")
      json.value(consumer.rawValue)
      json.key("assessments")
      json.array { json in
        for assessment in assessments { json.value(assessment) }
      }
    }
  }
}

extension JSONWriter {
  /// Writes an assessment.
  mutating func value(_ assessment: Assessment) {
    object { json in
      json.key("address")
      json.value(assessment.address.description)
      json.key("verdict")
      json.value(assessment.verdict.rawValue)
      json.key("together")
      json.strings(assessment.together.map { $0.description })
      json.key("findings")
      json.array { json in
        for finding in assessment.findings { json.value(finding) }
      }
    }
  }

  /// Writes a finding.
  private mutating func value(_ finding: Finding) {
    object { json in
      json.key("id")
      json.value(finding.id)
      json.key("severity")
      json.value(finding.severity.rawValue)
      json.key("resolution")
      json.value(finding.resolution?.rawValue)
      json.key("evidence")
      json.value(finding.evidence)
      json.key("remedy")
      json.value(finding.remedy)
      json.key("source")
      json.value(finding.source)
      json.key("related")
      json.strings(finding.related.map { $0.description })
    }
  }
}
