// SPDX-License-Identifier: Apache-2.0

/// The RCRB Header capability, extended id 0x000a.
///
/// PCI Express Base 6.0, section 7.9.7.
public struct RootComplexRegisterBlock: DecodedCapability {
  /// The start of its dotted field names, `rcrb`.
  public static var shortName: String { "rcrb" }
  /// The specification's name.
  public static var title: String { "Root Complex Register Block Header" }

  /// RCRB Vendor ID at +4.
  public let vendorID: UInt16
  /// RCRB Device ID at +6.
  public let deviceID: UInt16
  /// RCRB Capabilities at +8.
  public let capabilities: UInt32
  /// RCRB Control at +0xc.
  public let control: UInt32

  /// Decodes the registers, 16 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let vendorID = space.word(at: offset + 4),
      let deviceID = space.word(at: offset + 6),
      let capabilities = space.doubleWord(at: offset + 8),
      let control = space.doubleWord(at: offset + 0xc)
    else { return nil }
    self.vendorID = vendorID
    self.deviceID = deviceID
    self.capabilities = capabilities
    self.control = control
  }

  /// Configuration RRS Software Visibility.
  public var supportsCRSSoftwareVisibility: Bool { capabilities[bit: 0] }

  /// Configuration RRS Software Visibility Enable.
  public var isCRSSoftwareVisibilityEnabled: Bool { control[bit: 0] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(vendorID), UInt64(deviceID), UInt64(capabilities), UInt64(control)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      .hexadecimal("vendorID", digits: 4),
      .hexadecimal("deviceID", digits: 4),
      RegisterTable(
        "capabilities",
        [
          .flag(0, "crsSoftwareVisibility")
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "crsSoftwareVisibilityEnable")
        ]),
    ]
  }
}
