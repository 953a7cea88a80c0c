// SPDX-License-Identifier: Apache-2.0

package import PCI
package import PassthruAnalysis

/// The verdict in a sentence.
package struct VerdictSentence {
  package let text: String

  package init(_ assessment: Assessment, function: Function, spelling: AddressSpelling) {
    switch assessment.verdict {
    case .ready:
      text =
        "it is bound to \(function.driver?.description ?? "the passthrough driver"), and nothing "
        + "is in the way."
    case .eligible: text = "it can go as it is."
    case .conditional:
      let changes = assessment.findings.filter {
        $0.resolution == .change || $0.resolution == .fact
      }
      switch (assessment.together.isEmpty, changes.isEmpty) {
      case (false, true): text = "it can go, with " + spelling.list(assessment.together) + "."
      case (false, false):
        text =
          "it can go, with " + spelling.list(assessment.together)
          + ", after what is named below."
      case (true, _):
        text =
          assessment.findings.first { $0.severity == .blocker }.map { _ in
            "it can go after what is named below."
          } ?? assessment.condition.map { "it can go " + $0 + "." } ?? "it can go."
      }
    case .blocked:
      text =
        assessment.findings.first { $0.severity == .blocker && $0.resolution == nil }?.evidence
        ?? "it cannot go."
    case .unknown:
      text =
        assessment.missing?.evidence ?? "a fact is missing."
    }
  }
}
