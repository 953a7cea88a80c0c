// SPDX-License-Identifier: Apache-2.0

/// The speed of a PCI Express link, as the registers encode it.
///
/// PCI Express Base 6.0, section 7.5.3.6 with 7.5.3.18.
public struct LinkSpeed: Hashable, Sendable, RawRepresentable {
  /// The code, from 1 for 2.5 GT/s to 6 for 64 GT/s.
  public let rawValue: UInt8

  /// Keeps the code.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Megatransfers a second on each lane; `nil` for a code without a meaning.
  public var megatransfers: Int? {
    switch rawValue {
    case 1: 2_500
    case 2: 5_000
    case 3: 8_000
    case 4: 16_000
    case 5: 32_000
    case 6: 64_000
    default: nil
    }
  }
}

extension LinkSpeed: Comparable {
  /// Whether the first is slower: the codes rise with the speed.
  public static func < (left: LinkSpeed, right: LinkSpeed) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension LinkSpeed: CustomStringConvertible {
  /// The specification's way of writing it: `8.0 GT/s`.
  public var description: String {
    guard let megatransfers else { return "speed code \(rawValue)" }
    return "\(megatransfers / 1000).\(megatransfers % 1000 / 100) GT/s"
  }
}
