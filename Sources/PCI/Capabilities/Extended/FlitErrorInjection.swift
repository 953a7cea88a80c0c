// SPDX-License-Identifier: Apache-2.0

/// The Flit Error Injection capability, extended id 0x0034.
///
/// PCI Express Base 6.0, section 7.8.13.
public struct FlitErrorInjection: DecodedCapability {
  /// The start of its dotted field names, `fliterror`.
  public static var shortName: String { "fliterror" }
  /// The specification's name.
  public static var title: String { "Flit Error Injection" }

  /// Flit Error Injection Capability at +4.
  public let capability: UInt32
  /// Flit Error Injection Control 1 at +8.
  public let control1: UInt32
  /// Flit Error Injection Control 2 at +0xc.
  public let control2: UInt32
  /// Flit Error Injection Status at +0x10.
  public let status: UInt32
  /// Ordered Set Error Injection Control 1 at +0x14.
  public let orderedSetControl1: UInt32
  /// Ordered Set Error Injection Control 2 at +0x18.
  public let orderedSetControl2: UInt32
  /// Ordered Set Error Tx Injection Status at +0x1c.
  public let orderedSetTransmitStatus: UInt32
  /// Ordered Set Error Rx Injection Status at +0x20.
  public let orderedSetReceiveStatus: UInt32

  /// Decodes the registers, 36 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let control1 = space.doubleWord(at: offset + 8),
      let control2 = space.doubleWord(at: offset + 0xc),
      let status = space.doubleWord(at: offset + 0x10),
      let orderedSetControl1 = space.doubleWord(at: offset + 0x14),
      let orderedSetControl2 = space.doubleWord(at: offset + 0x18),
      let orderedSetTransmitStatus = space.doubleWord(at: offset + 0x1c),
      let orderedSetReceiveStatus = space.doubleWord(at: offset + 0x20)
    else { return nil }
    self.capability = capability
    self.control1 = control1
    self.control2 = control2
    self.status = status
    self.orderedSetControl1 = orderedSetControl1
    self.orderedSetControl2 = orderedSetControl2
    self.orderedSetTransmitStatus = orderedSetTransmitStatus
    self.orderedSetReceiveStatus = orderedSetReceiveStatus
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capability), UInt64(control1), UInt64(control2), UInt64(status),
      UInt64(orderedSetControl1), UInt64(orderedSetControl2), UInt64(orderedSetTransmitStatus),
      UInt64(orderedSetReceiveStatus),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
      RegisterTable(
        "control1",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
      RegisterTable(
        "control2",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
      RegisterTable(
        "status",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
      RegisterTable(
        "orderedSetControl1",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
      RegisterTable(
        "orderedSetControl2",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
      RegisterTable(
        "orderedSetTransmitStatus",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
      RegisterTable(
        "orderedSetReceiveStatus",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
    ]
  }
}
