// SPDX-License-Identifier: Apache-2.0

/// The PCI Express over M-PHY capability, extended id 0x0020.
///
/// M-PCIe ECN to PCI Express Base 3.0 (2013), in PCI Express Base 3.1; later
/// bases reserve the id.
public struct PCIExpressOverMPHY: DecodedCapability {
  /// The start of its dotted field names, `mphy`.
  public static var shortName: String { "mphy" }
  /// The specification's name.
  public static var title: String { "PCI Express over M-PHY" }

  /// M-PCIe Capabilities at +4.
  public let capabilities: UInt32
  /// M-PCIe Control at +8.
  public let control: UInt32
  /// M-PCIe Status at +0xc.
  public let status: UInt32
  /// M-PCIe LANE Error Status at +0x10: bit n is lane n.
  public let laneErrorStatus: UInt32
  /// M-PCIe Phy Control Address at +0x14.
  public let phyControlAddress: UInt32
  /// M-PCIe Phy Control Data at +0x18.
  public let phyControlData: UInt32

  /// Decodes the registers, 28 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let words = space.doubleWords(at: offset + 4, count: 6) else { return nil }
    capabilities = words[0]
    control = words[1]
    status = words[2]
    laneErrorStatus = words[3]
    phyControlAddress = words[4]
    phyControlData = words[5]
  }

  /// HS-G1 supported.
  public var supportsHighSpeedGear1: Bool { capabilities[bit: 0] }
  /// HS-G2 supported.
  public var supportsHighSpeedGear2: Bool { capabilities[bit: 1] }
  /// Configuration.Software supported.
  public var supportsConfigurationSoftware: Bool { capabilities[bit: 15] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capabilities), UInt64(control), UInt64(status), UInt64(laneErrorStatus),
      UInt64(phyControlAddress), UInt64(phyControlData),
    ])
  }

  /// The names of all fields there can be.
  public static var fieldNames: [String] { tables.names }

  /// The lane widths of a mask, one bit each.
  private static func widths(_ bits: ClosedRange<Int>, _ name: String) -> RegisterTable.Row {
    .computed(bits, name) { mask in
      let names = ["x1", "x2", "x4", "x8", "x12", "x16", "x32"]
      var found: [String] = []
      for (bit, name) in names.enumerated() where mask >> UInt64(bit) & 1 == 1 {
        found.append(name)
      }
      return .text(found.isEmpty ? "none" : found.joined(separator: " "))
    }
  }

  /// The lane width in use: its number, x12 among powers of two.
  private static func width(_ bits: ClosedRange<Int>, _ name: String) -> RegisterTable.Row {
    .computed(bits, name) { code in
      switch code {
      case 1, 2, 4, 8, 12, 16, 32: .text("x\(code)")
      default: .text("reserved (\(code))")
      }
    }
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .flag(0, "highSpeedGear1"),
          .flag(1, "highSpeedGear2"),
          .flag(15, "configurationSoftware"),
          widths(16...23, "maxTransmitWidths"),
          widths(24...31, "maxReceiveWidths"),
        ]),
      RegisterTable(
        "control", [.flag(0, "targetHighSpeedGear1"), .flag(1, "targetHighSpeedGear2")]),
      RegisterTable(
        "status",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .flag(0, "highSpeedGear1"),
          .flag(1, "highSpeedGear2"),
          .flag(15, "configurationSoftware"),
          width(16...23, "transmitWidth"),
          width(24...31, "receiveWidth"),
        ]),
      .hexadecimal("laneErrorStatus", digits: 8),
      RegisterTable(
        "phyControlAddress",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .hexadecimal(0...7, "lowerAddress", digits: 2),
          // Its highest bit is apart from the others.
          .computed(16...24, "upperAddress") { bits in
            .number(bits & 0x1f | bits >> 3 & 0x20)
          },
          .names(25...27, "phyLocation", ["local PHY", "remote PHY"]),
          .flag(30, "read"),
          .flag(31, "configuration"),
        ]),
      RegisterTable(
        "phyControlData",
        [
          .hexadecimal(0...7, "data", digits: 2),
          .flag(29, "error"),
          .flag(30, "rrapAbort"),
          .flag(31, "pending"),
        ]),
    ]
  }
}
