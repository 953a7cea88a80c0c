// SPDX-License-Identifier: Apache-2.0

/// How much a scan reads of a host.
public enum ScanDepth: Hashable, Sendable {
  /// The functions and nothing else.
  case inventory
  /// What a list shows of verdicts.
  case verdicts
  /// Everything: what findings, plans and snapshots need.
  case full
}
