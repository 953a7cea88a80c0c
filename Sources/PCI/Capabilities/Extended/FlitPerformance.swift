// SPDX-License-Identifier: Apache-2.0

/// The Flit Performance Measurement capability, extended id 0x0033.
///
/// PCI Express Base 6.0, section 7.8.12. The registers are kept whole: no source in
/// reach of this project has their bits (sections 7.8.12.2 to 7.8.12.5 would say).
public struct FlitPerformance: DecodedCapability {
  /// The start of its dotted field names, `flitperf`.
  public static var shortName: String { "flitperf" }
  /// The specification's name.
  public static var title: String { "Flit Performance Measurement" }

  /// Flit Performance Measurement Capability at +4.
  public let capability: UInt32
  /// Flit Performance Measurement Control at +8.
  public let control: UInt32
  /// Flit Performance Measurement Status at +0xc.
  public let status: UInt32
  /// LTSSM Performance Measurement Status registers, from +0x10.
  public let ltssmStatus: [UInt32]

  /// Decodes the registers, 16 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let status = space.doubleWord(at: offset + 0xc),
      let ltssmStatus = space.doubleWords(at: offset + 0x10, count: 5)
    else { return nil }
    self.capability = capability
    self.control = control
    self.status = status
    self.ltssmStatus = ltssmStatus
  }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([UInt64(capability), UInt64(control), UInt64(status)])
    for (index, value) in ltssmStatus.enumerated() {
      fields.append(Field("ltssmStatus.\(index)", hexadecimal: value, digits: 8))
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names + ["ltssmStatus.N"] }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
      RegisterTable(
        "control",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
      RegisterTable(
        "status",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
    ]
  }
}
