// SPDX-License-Identifier: Apache-2.0

/// The layout of the header of configuration space, bits 6:0 of offset 0x0e.
///
/// PCI Local Bus 3.0, section 6.2.1.
public struct HeaderType: Hashable, Sendable, RawRepresentable {
  /// The layout's number.
  public let rawValue: UInt8

  /// Keeps bits 6:0; the multi-function bit is not part of the layout.
  public init(rawValue: UInt8) { self.rawValue = rawValue & 0x7f }

  /// Type 0: an endpoint.
  public static let endpoint = HeaderType(rawValue: 0)
  /// Type 1: a PCI-to-PCI bridge, PCI Express ports among them.
  public static let bridge = HeaderType(rawValue: 1)
  /// Type 2: a CardBus bridge.
  public static let cardBus = HeaderType(rawValue: 2)

  /// How many base address registers the layout has, or `nil` for an unknown one.
  public var baseAddressRegisterCount: Int? {
    switch self {
    case .endpoint: 6
    case .bridge: 2
    case .cardBus: 1
    default: nil
    }
  }
}
