// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A unit that gets another number at the next boot.
public struct Renumbering: Hashable, Sendable {
  /// The driver's name: `em`.
  public var driver: String
  /// The function whose unit moves.
  public var address: FunctionAddress
  /// The unit now.
  public var from: Int
  /// The unit after the next boot.
  public var to: Int
  /// The names that move with it: `em2`.
  public var names: [String]

  /// Records a move.
  public init(driver: String, address: FunctionAddress, from: Int, to: Int, names: [String]) {
    self.driver = driver
    self.address = address
    self.from = from
    self.to = to
    self.names = names
  }
}
