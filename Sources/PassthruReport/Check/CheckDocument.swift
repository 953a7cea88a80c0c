// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// The document `passthru.check/1`.
public struct CheckDocument: Sendable {
  private let host: Machine
  private let consumer: Consumer
  private let assessments: [Assessment]

  /// Prepares the document.
  public init(_ host: Machine, _ consumer: Consumer, assessments: [Assessment]) {
    self.host = host
    self.consumer = consumer
    self.assessments = assessments
  }

  /// Writes the assessments.
  public func write(into json: inout JSONWriter) {
    json.document("passthru.check/1") { json in
      json.member("for", consumer.rawValue)
      json.member("assessments", assessments)
      host.writeGaps(into: &json)
    }
  }
}

extension Assessment: JSONWritable {
  /// Writes the verdict and what it rests on.
  public func write(into json: inout JSONWriter) {
    json.object { json in
      json.member("address", address.description)
      json.member("verdict", verdict.rawValue)
      json.member("together", together.map { $0.description })
      json.member("findings", findings)
    }
  }
}

extension Finding: JSONWritable {
  /// Writes what a rule found.
  public func write(into json: inout JSONWriter) {
    json.object { json in
      json.member("id", id)
      json.member("severity", severity.rawValue)
      json.member("resolution", resolution?.rawValue)
      json.member("evidence", evidence)
      json.member("remedy", remedy)
      json.member("source", source)
      json.member("related", related.map { $0.description })
    }
  }
}
