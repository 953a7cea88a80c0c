// SPDX-License-Identifier: Apache-2.0

/// The Configuration Access Correlation capability, extended id 0x000c.
///
/// PCI Express Trusted Configuration Space for Devices ECN (2005); later bases
/// call the id deprecated.
public struct ConfigurationAccessCorrelation: DecodedCapability {
  /// The start of its dotted field names, `cac`.
  public static var shortName: String { "cac" }
  /// The specification's name.
  public static var title: String { "Configuration Access Correlation" }

  /// Device Correlation at +4: a value written from within the trusted software environment.
  public let deviceCorrelation: UInt32

  /// Decodes the register, 8 bytes with the header.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let deviceCorrelation = space.doubleWord(at: offset + 4) else { return nil }
    self.deviceCorrelation = deviceCorrelation
  }

  /// Every field, in register order.
  public var fields: [Field] { Self.tables.fields([UInt64(deviceCorrelation)]) }

  /// The names of all fields there can be.
  public static var fieldNames: [String] { tables.names }

  private static var tables: [RegisterTable] {
    [.hexadecimal("deviceCorrelation", digits: 8)]
  }
}
