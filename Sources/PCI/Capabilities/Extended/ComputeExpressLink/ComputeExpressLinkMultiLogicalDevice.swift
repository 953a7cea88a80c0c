// SPDX-License-Identifier: Apache-2.0

/// The registers of the DVSEC for multi-logical devices, DVSEC id 9.
///
/// Compute Express Link 3.0, section 8.1.10.
public struct ComputeExpressLinkMultiLogicalDevice: DecodedCapability {
  /// The start of its dotted field names, `dvsec`.
  public static var shortName: String { "dvsec" }
  /// The specification's name.
  public static var title: String { "DVSEC for Multi-Logical Devices" }

  /// Number of LDs Supported at +0xa.
  public let logicalDevices: UInt16
  /// LD-ID Hot Reset Vector at +0xc.
  public let hotResetVector: UInt16

  /// Decodes the registers, 14 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let logicalDevices = space.word(at: offset + 0xa),
      let hotResetVector = space.word(at: offset + 0xc)
    else { return nil }
    self.logicalDevices = logicalDevices
    self.hotResetVector = hotResetVector
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(logicalDevices), UInt64(hotResetVector)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "logicalDevices",
        [
          .number(0...15, "")
        ]),
      .hexadecimal("hotResetVector", digits: 4),
    ]
  }
}
