// SPDX-License-Identifier: Apache-2.0

/// The Advanced Features capability, id 0x13: function level reset for conventional PCI.
///
/// Advanced Capabilities for Conventional PCI ECN (2006); PCI Express Base 6.0,
/// section 7.9.21.
public struct AdvancedFeatures: DecodedCapability {
  /// The start of its dotted field names, `af`.
  public static var shortName: String { "af" }
  /// The specification's name.
  public static var title: String { "Advanced Features" }

  /// The length of the capability at +2.
  public let length: UInt8
  /// AF Capabilities at +3.
  public let capabilities: UInt8
  /// AF Control at +4.
  public let control: UInt8
  /// AF Status at +5.
  public let status: UInt8

  /// Decodes the registers, 6 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let length = space.byte(at: offset + 2),
      let capabilities = space.byte(at: offset + 3),
      let control = space.byte(at: offset + 4), let status = space.byte(at: offset + 5)
    else { return nil }
    self.length = length
    self.capabilities = capabilities
    self.control = control
    self.status = status
  }

  /// The Transactions Pending bit is implemented.
  public var hasTransactionsPending: Bool { capabilities[bit: 0] }
  /// Function level reset is implemented.
  ///
  /// Linux uses it only where the Transactions Pending bit is implemented too.
  public var supportsFunctionLevelReset: Bool { capabilities[bit: 1] }
  /// Transactions are pending.
  public var areTransactionsPending: Bool { status[bit: 0] }

  private static var tables: [RegisterTable] {
    [
      RegisterTable("length", [.number(0...7, "")]),
      RegisterTable(
        "capabilities", [.flag(0, "transactionsPending"), .flag(1, "functionLevelReset")]),
      RegisterTable("control", [.flag(0, "initiateFunctionLevelReset")]),
      RegisterTable("status", [.flag(0, "transactionsPending")]),
    ]
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(length), UInt64(capabilities), UInt64(control), UInt64(status)])
  }

  /// The names of all fields there can be.
  public static var fieldNames: [String] { tables.names }
}
