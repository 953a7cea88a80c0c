// SPDX-License-Identifier: Apache-2.0

/// What `bench` measures.
public struct BenchRequest: Hashable, Sendable {
  /// How many scans.
  public var runs = 100
  /// Whether lspci is timed too.
  public var timesPeers = false
  /// Whether nothing but the scans is measured: one run of many that strace counts.
  public var isBare = false
  /// The recording to scan; `nil` is this machine.
  public var from: String?
}
