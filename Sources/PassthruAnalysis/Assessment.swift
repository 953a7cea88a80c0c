// SPDX-License-Identifier: Apache-2.0

public import PCI

/// The verdict on one function, with every reason.
public struct Assessment: Hashable, Sendable {
  /// The function.
  public var address: FunctionAddress
  /// Whether it can be passed.
  public var verdict: Verdict
  /// The functions that must go with it, without itself, in address order.
  public var together: [FunctionAddress]
  /// What the rules found, the heaviest first.
  public var findings: [Finding]

  /// Whether it can go, and nothing that decides is missing, be it a condition only.
  public var isSettled: Bool {
    verdict > .unknown && !findings.contains { $0.resolution == .fact }
  }

  /// Records an assessment.
  public init(
    address: FunctionAddress, verdict: Verdict, together: [FunctionAddress], findings: [Finding]
  ) {
    self.address = address
    self.verdict = verdict
    self.together = together
    self.findings = findings
  }
}
