// SPDX-License-Identifier: Apache-2.0

/// A capability whose registers this library can decode.
///
/// One conforming type a file; each is made from the bytes and checks that
/// all registers it needs were read.
public protocol DecodedCapability: Hashable, Sendable {
  /// The short name that starts dotted field names: `pcie`, `msi`.
  static var shortName: String { get }
  /// The specification's name.
  static var title: String { get }
  /// Decodes the registers at `offset`, or `nil` where too few bytes were read.
  init?(_ space: ConfigurationSpace, at offset: Int)
  /// Every field with its meaning and its raw bits, in register order.
  var fields: [Field] { get }
  /// The names of all fields there can be, without the short name; `N` stands for an index.
  static var fieldNames: [String] { get }
}
