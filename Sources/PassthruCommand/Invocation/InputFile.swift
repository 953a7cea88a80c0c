// SPDX-License-Identifier: Apache-2.0

/// A file that a front has read for a subcommand.
public struct InputFile: Hashable, Sendable {
  /// Its path, as the user named it.
  public var path: String
  /// Its bytes.
  public var bytes: [UInt8]

  /// Pairs a path with what is there.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}
