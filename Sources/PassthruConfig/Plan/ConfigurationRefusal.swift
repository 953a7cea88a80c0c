// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PassthruAnalysis

/// Why a plan gives no configuration.
///
/// Each case names what is in the way as data; a command adds its own options.
public enum ConfigurationRefusal: Error, Hashable, Sendable {
  /// These must go along, and were not asked for: take the whole group, or allow them to stay.
  case incomplete([FunctionAddress])
  /// These cannot go: choose others, or allow them by name.
  case blocked([Assessment])
  /// The consumer cannot express what was asked.
  case target(ConfigurationError)
}

extension ConfigurationRefusal: CustomStringConvertible {
  /// What happened, in one sentence without a full stop.
  public var description: String {
    switch self {
    case .incomplete(let missing):
      "it goes only together with " + Self.listed(missing)
    case .blocked(let assessments):
      assessments.map { assessment in
        assessment.address.description + " is blocked: "
          + (assessment.findings.first { $0.severity == .blocker }?.evidence ?? "")
      }.joined(separator: "; ")
    case .target(let error): error.description
    }
  }

  /// The first of some addresses, as the consumer's system spells them, and how many more
  /// there are.
  static func listed(
    _ addresses: [FunctionAddress], for consumer: Consumer = .vfio
  ) -> String {
    let shown = addresses.prefix(8).map {
      consumer == .bhyve ? $0.freeBSDSelector : $0.description
    }.joined(separator: " ")
    return addresses.count > 8 ? shown + " and \(addresses.count - 8) more" : shown
  }
}
