// SPDX-License-Identifier: Apache-2.0

/// Which of several layouts a capability has.
public struct PartKind: Hashable, Sendable {
  /// The number in the capability that says so.
  public let number: UInt16
  /// The specification's name.
  public let title: String
  /// How many bytes it takes at least, the capability's header included.
  public let size: Int

  init(_ number: UInt16, _ title: String, size: Int = 4) {
    self.number = number
    self.title = title
    self.size = size
  }
}
