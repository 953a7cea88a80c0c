// SPDX-License-Identifier: Apache-2.0

/// The Device/Port Type of a PCI Express function.
///
/// PCI Express Base 6.0, section 7.5.3.2, bits 7:4 of the capabilities register.
public struct PortType: Hashable, Sendable, RawRepresentable {
  /// The four bits.
  public let rawValue: UInt8

  /// Keeps the four bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue & 0xf }

  /// PCI Express Endpoint.
  public static let endpoint = Self(rawValue: 0x0)
  /// Legacy PCI Express Endpoint.
  public static let legacyEndpoint = Self(rawValue: 0x1)
  /// Root Port of a root complex.
  public static let rootPort = Self(rawValue: 0x4)
  /// Upstream Port of a switch.
  public static let upstreamPort = Self(rawValue: 0x5)
  /// Downstream Port of a switch.
  public static let downstreamPort = Self(rawValue: 0x6)
  /// PCI Express to PCI/PCI-X bridge.
  public static let expressToPCIBridge = Self(rawValue: 0x7)
  /// PCI/PCI-X to PCI Express bridge.
  public static let pciToExpressBridge = Self(rawValue: 0x8)
  /// Root Complex Integrated Endpoint.
  public static let rootComplexEndpoint = Self(rawValue: 0x9)
  /// Root Complex Event Collector.
  public static let rootComplexEventCollector = Self(rawValue: 0xa)

  /// Whether the far side of the port can be a slot: section 7.5.3.2, Slot Implemented.
  var canHaveSlot: Bool {
    self == .rootPort || self == .downstreamPort || self == .pciToExpressBridge
  }
}

extension PortType: CustomStringConvertible {
  /// The specification's name in lower case: `root port`.
  public var description: String {
    switch self {
    case .endpoint: "endpoint"
    case .legacyEndpoint: "legacy endpoint"
    case .rootPort: "root port"
    case .upstreamPort: "switch upstream port"
    case .downstreamPort: "switch downstream port"
    case .expressToPCIBridge: "PCIe-to-PCI bridge"
    case .pciToExpressBridge: "PCI-to-PCIe bridge"
    case .rootComplexEndpoint: "root complex integrated endpoint"
    case .rootComplexEventCollector: "root complex event collector"
    default: "port type \(rawValue)"
    }
  }
}
