// SPDX-License-Identifier: Apache-2.0

/// The Dynamic Power Allocation capability, extended id 0x0016.
///
/// PCI Express Base 6.0, section 7.9.12.
public struct DynamicPowerAllocation: DecodedCapability {
  /// The start of its dotted field names, `dpa`.
  public static var shortName: String { "dpa" }
  /// The specification's name.
  public static var title: String { "Dynamic Power Allocation" }

  /// DPA Capability at +4.
  public let capability: UInt32
  /// DPA Latency Indicator at +8: bit n tells which latency substate n has.
  public let latencyIndicator: UInt32
  /// DPA Status at +0xc.
  public let status: UInt16
  /// DPA Control at +0xe.
  public let control: UInt16
  /// Substate Power Allocation of each substate, from +0x10.
  public let powerAllocations: [UInt8]

  /// Decodes the registers, 16 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let latencyIndicator = space.doubleWord(at: offset + 8),
      let status = space.word(at: offset + 0xc),
      let control = space.word(at: offset + 0xe),
      let powerAllocations = space.bytes(at: offset + 0x10, count: Int(capability[bits: 0...4]) + 1)
    else { return nil }
    self.capability = capability
    self.latencyIndicator = latencyIndicator
    self.status = status
    self.control = control
    self.powerAllocations = powerAllocations
  }

  /// Substate_Max, the number of the last substate.
  public var maxSubstate: UInt32 { capability[bits: 0...4] }
  /// Transition Latency Unit (Tlunit), as a code.
  public var transitionLatencyUnit: UInt32 { capability[bits: 8...9] }
  /// Power Allocation Scale (PAS), as a code.
  public var powerAllocationScale: UInt32 { capability[bits: 12...13] }
  /// Transition Latency Value 0 (Xlcy0).
  public var transitionLatency0: UInt32 { capability[bits: 16...23] }
  /// Transition Latency Value 1 (Xlcy1).
  public var transitionLatency1: UInt32 { capability[bits: 24...31] }

  /// Substate Status.
  public var substate: UInt16 { status[bits: 0...4] }
  /// Substate Control Enabled.
  public var isSubstateControlEnabled: Bool { status[bit: 8] }

  /// Substate Control.
  public var targetSubstate: UInt16 { control[bits: 0...4] }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([
      UInt64(capability), UInt64(latencyIndicator), UInt64(status), UInt64(control),
    ])
    for (index, value) in powerAllocations.enumerated() {
      fields.append(Field("powerAllocations.\(index)", hexadecimal: value, digits: 2))
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names + ["powerAllocations.N"] }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .number(0...4, "maxSubstate"),
          .names(8...9, "transitionLatencyUnit", ["1 ms", "10 ms", "100 ms"]),
          .names(12...13, "powerAllocationScale", ["10.0x", "1.0x", "0.1x", "0.01x"]),
          .number(16...23, "transitionLatency0"),
          .number(24...31, "transitionLatency1"),
        ]),
      .hexadecimal("latencyIndicator", digits: 8),
      RegisterTable(
        "status",
        [
          .number(0...4, "substate"),
          .flag(8, "substateControlEnabled"),
        ]),
      RegisterTable(
        "control",
        [
          .number(0...4, "substate")
        ]),
    ]
  }
}
