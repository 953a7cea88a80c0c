// SPDX-License-Identifier: Apache-2.0

internal import PassthruAnalysis

/// The one reason that a table has room for.
struct VerdictReason {
  let text: String

  init(_ assessment: Assessment, spelling: AddressSpelling) {
    text = spelling.sentence(Self.reason(assessment, spelling: spelling))
  }

  private static func reason(_ assessment: Assessment, spelling: AddressSpelling) -> String {
    switch assessment.verdict {
    case .blocked:
      return assessment.findings.first { $0.severity == .blocker && $0.resolution == nil }?
        .evidence ?? ""
    case .conditional:
      if !assessment.together.isEmpty { return "with " + spelling.list(assessment.together) }
      return assessment.findings.first { $0.severity == .blocker }?.evidence
        ?? assessment.condition ?? ""
    case .unknown:
      return assessment.missing?.evidence ?? ""
    case .ready, .eligible:
      return assessment.findings.first { $0.severity == .risk }?.evidence ?? ""
    }
  }
}
