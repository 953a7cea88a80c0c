// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PassthruAnalysis

extension ConfigurationRequest {
  /// The request after the analysis: refused where a device is blocked.
  ///
  /// With `isForced` it goes through, and the reasons become remarks, which the
  /// targets write as comments where their formats have comments. Assessments
  /// of functions that are not selected are ignored.
  ///
  /// - Throws: `ConfigurationError` that names the first blocked device, its
  ///   evidence and its remedy.
  public func judged(
    by assessments: [Assessment], isForced: Bool
  ) throws(ConfigurationError) -> ConfigurationRequest {
    var request = self
    let selected = Set(devices)
    for assessment in assessments
    where assessment.verdict == .blocked && selected.contains(assessment.address) {
      let reasons = assessment.findings.filter { $0.severity == .blocker && $0.resolution == nil }
      guard isForced else {
        let first = reasons.first ?? assessment.findings.first
        throw ConfigurationError(
          "\(assessment.address) is blocked: \(first?.evidence ?? "no finding says why")",
          remedy: (first.map { $0.remedy + ", or " } ?? "") + "--force writes it all the same")
      }
      for reason in reasons {
        request.remarks.append(
          "forced: \(assessment.address) is blocked: \(reason.id): \(reason.evidence)")
      }
      if reasons.isEmpty { request.remarks.append("forced: \(assessment.address) is blocked") }
    }
    return request
  }
}
