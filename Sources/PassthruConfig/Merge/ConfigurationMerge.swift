// SPDX-License-Identifier: Apache-2.0

/// An existing file with a configuration worked into it.
public struct ConfigurationMerge: Hashable, Sendable {
  /// The bytes of the whole file.
  public var bytes: [UInt8]
  /// What was seen in the file, and what to know before using it.
  public var warnings: [String]
  /// What the consumer cannot express of what was asked.
  public var losses: [String]

  /// Wraps a file.
  public init(bytes: [UInt8], warnings: [String] = [], losses: [String] = []) {
    self.bytes = bytes
    self.warnings = warnings
    self.losses = losses
  }

  /// The largest file that is merged into, in bytes.
  ///
  /// Hand-written files of these kinds have a few kilobytes.
  public static let largestFile = 1 << 20
}
