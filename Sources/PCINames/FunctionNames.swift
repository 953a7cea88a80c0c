// SPDX-License-Identifier: Apache-2.0

/// The names of one function; `nil` where a file has none, or no id was read.
public struct FunctionNames: Hashable, Sendable {
  /// Who made the device.
  public var vendor: String?
  /// The device.
  public var device: String?
  /// Who made the board.
  public var subsystemVendor: String?
  /// The board.
  public var subsystem: String?

  /// Starts without names.
  public init() {}
}
