// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Functions that the IOMMU cannot keep apart, as predicted.
public struct IsolationGroup: Hashable, Sendable {
  /// The members, in address order, bridges among them.
  public var members: [FunctionAddress]
  /// The number of the reported group that has exactly these members; `nil` where none has.
  public var reported: Int?
  /// Why the members are together, one reason for each hop to blame; empty for a single one.
  public var reasons: [GroupReason]
  /// Whether a fact was missing, so that the members may be fewer.
  ///
  /// What is not known to isolate is taken not to.
  public var isInferred: Bool
  /// The facts that are missing, each in a sentence without a full stop.
  public var missingFacts: [String]

  /// Records a group.
  public init(
    members: [FunctionAddress], reported: Int? = nil, reasons: [GroupReason] = [],
    isInferred: Bool = false, missingFacts: [String] = []
  ) {
    self.members = members
    self.reported = reported
    self.reasons = reasons
    self.isInferred = isInferred
    self.missingFacts = missingFacts
  }
}
