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

  /// The line of /boot/loader.conf that keeps the unit (FreeBSD 12.0 and later).
  ///
  /// `nil` for ppt(4), whose units are to follow, and for what is counted over
  /// several drivers and is no PCI device itself (`usbus`, `pcm`).
  public var hint: String? {
    guard driver != "ppt", !SharedCounter.all.contains(where: { $0.name == driver }) else {
      return nil
    }
    return "hint.\(driver).\(from).at=\"\(address.freeBSDSelector)\""
  }

  /// Records a move.
  public init(driver: String, address: FunctionAddress, from: Int, to: Int, names: [String]) {
    self.driver = driver
    self.address = address
    self.from = from
    self.to = to
    self.names = names
  }
}
