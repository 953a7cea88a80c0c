// SPDX-License-Identifier: Apache-2.0

/// The port registers and the channels of a Virtual Channel capability.
///
/// PCI Express Base 6.0, sections 7.9.1.2 to 7.9.1.5.
public struct VirtualChannelPort: Hashable, Sendable {
  /// Port VC Capability 1 at +4.
  public let capability1: UInt32
  /// Port VC Capability 2 at +8.
  public let capability2: UInt32
  /// Port VC Control at +0xc.
  public let control: UInt16
  /// Port VC Status at +0xe.
  public let status: UInt16
  /// The channels, channel 0 first.
  public let resources: [VirtualChannelResource]
  /// The VC arbitration table, where one is in use and it was read.
  public let arbitrationTable: [UInt8]?

  init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability1 = space.doubleWord(at: offset + 4),
      let capability2 = space.doubleWord(at: offset + 8),
      let control = space.word(at: offset + 0xc), let status = space.word(at: offset + 0xe)
    else { return nil }
    self.capability1 = capability1
    self.capability2 = capability2
    self.control = control
    self.status = status
    let entryBits = 1 << Int(capability1[bits: 10...11])
    var resources: [VirtualChannelResource] = []
    for index in 0...Int(capability1[bits: 0...2]) {
      guard
        let resource = VirtualChannelResource(
          space, at: offset, index: index, entryBits: entryBits)
      else { return nil }
      resources.append(resource)
    }
    self.resources = resources
    let select = Int(control[bits: 1...3])
    let table = Int(capability2[bits: 24...31]) * 16
    // Selections 1 to 3 are 32, 64 and 128 phases of four bits.
    arbitrationTable =
      table > 0 && (1...3).contains(select)
      ? space.bytes(at: offset + table, count: 8 << select) : nil
  }

  /// Extended VC Count: the channels besides channel 0.
  public var extendedChannelCount: UInt32 { capability1[bits: 0...2] }
  /// Low Priority Extended VC Count.
  public var lowPriorityChannelCount: UInt32 { capability1[bits: 4...6] }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability1",
        [
          .number(0...2, "extendedChannelCount"),
          .number(4...6, "lowPriorityChannelCount"),
          .names(8...9, "referenceClock", ["100 ns"]),
          .power(10...11, "arbitrationEntrySize", base: 1, unit: "bits"),
        ]),
      RegisterTable(
        "capability2",
        [
          .hexadecimal(0...7, "arbitration", digits: 2),
          .number(24...31, "arbitrationTableOffset", shift: 4, unit: "bytes"),
        ]),
      RegisterTable(
        "control",
        [.flag(0, "loadArbitrationTable"), .number(1...3, "arbitrationSelect")]),
      RegisterTable("status", [.flag(0, "arbitrationTableStatus")]),
    ]
  }

  var fields: [Field] {
    var fields = Self.tables.fields([
      UInt64(capability1), UInt64(capability2), UInt64(control), UInt64(status),
    ])
    if let arbitrationTable {
      fields.append(Field("arbitrationTable", bytes: arbitrationTable))
    }
    for (index, resource) in resources.enumerated() {
      fields += resource.fields(prefix: "resources.\(index).")
    }
    return fields
  }

  static var fieldNames: [String] {
    tables.names + ["arbitrationTable"]
      + VirtualChannelResource.fieldNames.map { "resources.N." + $0 }
  }
}
