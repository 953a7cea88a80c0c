// SPDX-License-Identifier: Apache-2.0

internal import PassthruAnalysis

extension Assessment {
  /// The missing fact that makes the verdict `unknown`.
  var missing: Finding? {
    findings.first { $0.severity == .unknown && $0.isDecisive && $0.resolution != .fact }
      ?? findings.first { $0.severity == .unknown }
  }

  /// The missing fact that is a condition, in words.
  var condition: String? { findings.first { $0.resolution == .fact }?.evidence }
}
