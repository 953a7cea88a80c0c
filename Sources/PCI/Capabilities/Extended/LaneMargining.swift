// SPDX-License-Identifier: Apache-2.0

/// The Lane Margining at the Receiver capability, extended id 0x0027.
///
/// PCI Express Base 6.0, section 7.7.10.
public struct LaneMargining: DecodedCapability {
  /// The start of its dotted field names, `margining`.
  public static var shortName: String { "margining" }
  /// The specification's name.
  public static var title: String { "Lane Margining at the Receiver" }

  /// Margining Port Capabilities at +4.
  public let portCapabilities: UInt16
  /// Margining Port Status at +6.
  public let portStatus: UInt16
  /// Margining Lane Control in the lower half, Margining Lane Status in the upper, of each lane,
  /// from +8.
  public let lanes: [UInt32]

  /// Decodes the registers, 8 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let portCapabilities = space.word(at: offset + 4),
      let portStatus = space.word(at: offset + 6),
      let lanes = space.doubleWords(at: offset + 8, count: space.linkLaneCount)
    else { return nil }
    self.portCapabilities = portCapabilities
    self.portStatus = portStatus
    self.lanes = lanes
  }

  /// Margining uses Driver Software.
  public var usesDriverSoftware: Bool { portCapabilities[bit: 0] }

  /// Margining Ready.
  public var isReady: Bool { portStatus[bit: 0] }
  /// Margining Software Ready.
  public var isSoftwareReady: Bool { portStatus[bit: 1] }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([UInt64(portCapabilities), UInt64(portStatus)])
    for (index, value) in lanes.enumerated() {
      fields.append(Field("lanes.\(index)", hexadecimal: value, digits: 8))
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names + ["lanes.N"] }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "portCapabilities",
        [
          .flag(0, "driverSoftware")
        ]),
      RegisterTable(
        "portStatus",
        [
          .flag(0, "ready"),
          .flag(1, "softwareReady"),
        ]),
    ]
  }
}
