// SPDX-License-Identifier: Apache-2.0

/// The Data Link Feature capability, extended id 0x0025.
///
/// PCI Express Base 6.0, section 7.7.4.
public struct DataLinkFeature: DecodedCapability {
  /// The start of its dotted field names, `dlf`.
  public static var shortName: String { "dlf" }
  /// The specification's name.
  public static var title: String { "Data Link Feature" }

  /// Data Link Feature Capabilities at +4.
  public let capabilities: UInt32
  /// Data Link Feature Status at +8.
  public let status: UInt32

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.doubleWord(at: offset + 4),
      let status = space.doubleWord(at: offset + 8)
    else { return nil }
    self.capabilities = capabilities
    self.status = status
  }

  /// Local Scaled Flow Control Supported.
  public var supportsLocalScaledFlowControl: Bool { capabilities[bit: 0] }
  /// Local Data Link Feature Supported.
  public var localFeatures: UInt32 { capabilities[bits: 0...22] }
  /// Data Link Feature Exchange Enable.
  public var isExchangeEnabled: Bool { capabilities[bit: 31] }

  /// Remote Scaled Flow Control Supported.
  public var supportsRemoteScaledFlowControl: Bool { status[bit: 0] }
  /// Remote Data Link Feature Supported.
  public var remoteFeatures: UInt32 { status[bits: 0...22] }
  /// Remote Data Link Feature Supported Valid.
  public var isRemoteValid: Bool { status[bit: 31] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(capabilities), UInt64(status)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .flag(0, "localScaledFlowControlSupported"),
          .hexadecimal(0...22, "localFeatures", digits: 6),
          .flag(31, "exchangeEnable"),
        ]),
      RegisterTable(
        "status",
        [
          .flag(0, "remoteScaledFlowControlSupported"),
          .hexadecimal(0...22, "remoteFeatures", digits: 6),
          .flag(31, "remoteValid"),
        ]),
    ]
  }
}
