// SPDX-License-Identifier: Apache-2.0

/// The Dynamic Power Allocation capability, extended id 0x0016.
///
/// PCI Express Base 6.0, section 7.9.12.
public struct DynamicPowerAllocation: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0016, "dpa", "Dynamic Power Allocation", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    /// Substate_Max, the number of the last substate.
    public static let maxSubstate = number(0...4, "maxSubstate")
    /// Transition Latency Unit (Tlunit).
    public static let transitionLatencyUnit = names(
      8...9, "transitionLatencyUnit", ["1 ms", "10 ms", "100 ms"])
    /// Power Allocation Scale (PAS).
    public static let powerAllocationScale = names(
      12...13, "powerAllocationScale", ["10.0x", "1.0x", "0.1x", "0.01x"])
    /// Transition Latency Value 0 (Xlcy0).
    public static let transitionLatency0 = number(16...23, "transitionLatency0")
    /// Transition Latency Value 1 (Xlcy1).
    public static let transitionLatency1 = number(24...31, "transitionLatency1")
    static let fields = [
      maxSubstate, transitionLatencyUnit, powerAllocationScale, transitionLatency0,
      transitionLatency1,
    ]
  }

  /// DPA Latency Indicator: bit n tells which latency substate n has.
  public static let latencyIndicator = Register(8, 4, "latencyIndicator").hexadecimal()

  public enum Status: RegisterFields {
    static let itself = Register(0xc, 2, "status")
    public static let substate = number(0...4, "substate")
    public static let substateControlEnabled = flag(8, "substateControlEnabled")
    static let fields = [substate, substateControlEnabled]
  }

  public enum Control: RegisterFields {
    static let itself = Register(0xe, 2, "control")
    public static let substate = number(0...4, "substate")
    static let fields = [substate]
  }

  /// Substate Power Allocation of each substate.
  public static let powerAllocations = RegisterArray(0x10, 1, "powerAllocations") {
    Int($0[Capability.maxSubstate] ?? 0) + 1
  }

  public static let layout = RegisterLayout(
    registers: [
      Capability.fields, [latencyIndicator], Status.fields, Control.fields,
    ], [powerAllocations])
}
