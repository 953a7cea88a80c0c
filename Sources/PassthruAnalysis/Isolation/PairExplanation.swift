// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Why two functions are in one group, or why they are not.
public struct PairExplanation: Hashable, Sendable {
  /// One function on the way from the root to the two.
  public struct Hop: Hashable, Sendable {
    /// The function.
    public var address: FunctionAddress
    /// How many hops are above it.
    public var depth: Int
    /// What it does for isolation: `root port, has no ACS capability`.
    public var text: String
    /// How it joins the two; `nil` where it does not.
    public var joins: GroupReason.Kind?
  }

  /// Whether both are predicted to be in one group.
  public var isTogether: Bool
  /// The answer in a sentence without a full stop.
  public var summary: String
  /// The hops above both, from the root down, then the two themselves.
  public var hops: [Hop]
  /// The reasons that join them, each hop that has to be mended among them; empty where
  /// they are apart.
  public var reasons: [GroupReason]
  /// What would part them, in a sentence without a full stop; `nil` where they are apart.
  public var remedy: String?
  /// The facts that were missing.
  public var missingFacts: [String]
}
