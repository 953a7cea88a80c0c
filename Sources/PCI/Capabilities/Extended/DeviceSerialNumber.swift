// SPDX-License-Identifier: Apache-2.0

/// The Device Serial Number capability, extended id 0x0003.
///
/// PCI Express Base 6.0, section 7.9.3.
public struct DeviceSerialNumber: DecodedCapability {
  /// The start of its dotted field names, `dsn`.
  public static var shortName: String { "dsn" }
  /// The specification's name.
  public static var title: String { "Device Serial Number" }

  /// Serial Number, an EUI-64, which can contain a network address of the device at +4.
  public let serialNumber: UInt64

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let serialNumber = space.quadWord(at: offset + 4)
    else { return nil }
    self.serialNumber = serialNumber
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(serialNumber)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      .hexadecimal("serialNumber", digits: 16)
    ]
  }
}
