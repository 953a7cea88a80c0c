// SPDX-License-Identifier: Apache-2.0

internal import PassthruAnalysis

extension Assessment {
  /// The missing fact that makes the verdict `unknown`.
  var missing: Finding? {
    findings.first { $0.severity == .unknown && $0.isDecisive && $0.resolution != .fact }
      ?? findings.first { $0.severity == .unknown }
  }

  /// Whether all that is missing is said of the whole source.
  var restsOnSource: Bool {
    findings.allSatisfy {
      $0.resolution != .fact || $0.id == "host.unrecorded" || $0.id == "iommu.off"
    }
  }

  /// The missing fact that is a condition, in words; what is said of the whole source last.
  var condition: String? {
    let missing = findings.filter { $0.resolution == .fact }
    let isOfSource = ["host.unrecorded", "iommu.off"]
    if let other = missing.first(where: { !isOfSource.contains($0.id) }) { return other.evidence }
    guard !missing.isEmpty else { return nil }
    return [
      missing.contains { $0.id == "iommu.off" } ? "the IOMMU is on" : nil,
      missing.contains { $0.id == "host.unrecorded" } ? "the host does not need it" : nil,
    ].compactMap { $0 }.reduce("") { $0.isEmpty ? "if " + $1 : $0 + " and " + $1 }
  }
}
