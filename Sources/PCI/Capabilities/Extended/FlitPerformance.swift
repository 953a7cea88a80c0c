// SPDX-License-Identifier: Apache-2.0

/// The Flit Performance Measurement capability, extended id 0x0033.
///
/// PCI Express Base 6.4, section 7.8.12.
public struct FlitPerformance: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0033, "flitperf", "Flit Performance Measurement", size: 36)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    /// Flit Performance Interrupt Vector: which MSI or MSI-X vector is used.
    public static let interruptVector = number(0...9, "interruptVector")
    /// LTSSM Tracking Register Count: how many LTSSM events are tracked at a time, 0 to 5.
    public static let ltssmTrackingRegisterCount = number(10...12, "ltssmTrackingRegisterCount")
    static let fields = [whole, interruptVector, ltssmTrackingRegisterCount]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    public static let latencyMeasurementEnable = flag(0, "latencyMeasurementEnable")
    public static let responseType = names(
      1...3, "responseType",
      ["none", "flit to Ack", "flit to Nak", "reserved (3)", "Nak to replay"])
    /// Number of flits to track; 0 tracks the longest delay.
    public static let instancesToTrack = number(6...10, "instancesToTrack")
    public static let interruptThreshold = names(
      11...13, "interruptThreshold", ["no interrupt", "100 ns", "200 ns", "300 ns"])
    public static let trackL0ToRecovery = flag(14, "trackL0ToRecovery")
    public static let trackL0p = flag(15, "trackL0p")
    public static let trackL1ToL0 = flag(16, "trackL1ToL0")
    /// Track L1.1 to L0.
    public static let trackL11ToL0 = flag(17, "trackL11ToL0")
    /// Track L1.2 to L0.
    public static let trackL12ToL0 = flag(18, "trackL12ToL0")
    /// Number of LTSSM transitions to track; 0 tracks the longest delay.
    public static let ltssmInstancesToTrack = number(19...23, "ltssmInstancesToTrack")
    public static let ltssmInterruptThreshold = names(
      24...26, "ltssmInterruptThreshold",
      ["no interrupt", "6.4 ms", "12.8 ms", "19.2 ms"])
    public static let l1SubstateInterruptThreshold = names(
      27...29, "l1SubstateInterruptThreshold",
      ["no interrupt", "1 s", "2 s", "3 s", "4 s", "5 s", "10 s"])
    static let fields = [
      whole, latencyMeasurementEnable, responseType, instancesToTrack, interruptThreshold,
      trackL0ToRecovery, trackL0p, trackL1ToL0, trackL11ToL0, trackL12ToL0, ltssmInstancesToTrack,
      ltssmInterruptThreshold, l1SubstateInterruptThreshold,
    ]
  }

  public enum Status: RegisterFields {
    static let itself = Register(0xc, 4, "status")
    public static let trackingStatus = names(
      0...1, "trackingStatus", ["not started", "started", "completed", "error"])
    /// Flit Latency Tracking: how many flits were tracked.
    public static let flitsTracked = number(2...6, "flitsTracked")
    public static let interruptGenerated = flag(7, "interruptGenerated")
    /// Flit Latency Tracking Counter: the sum of the latencies, or the longest one.
    ///
    /// Its unit is 8 ns in PCI Express Base 6.4, whose footnote says that earlier
    /// revisions had 8 us or 64 us by mistake: a device may still count in these.
    public static let latencyCounter = number(8...23, "latencyCounter")
    static let fields = [
      whole, trackingStatus, flitsTracked, interruptGenerated, latencyCounter,
    ]
  }

  public enum LTSSMStatus: RegisterFields {
    static let itself = Register(0, 4, "")
    public static let trackingStatus = names(
      0...1, "trackingStatus", ["not started", "started", "completed", "error"])
    /// How many transitions were tracked.
    public static let transitionsTracked = number(2...6, "transitionsTracked")
    public static let interruptGenerated = flag(7, "interruptGenerated")
    /// The sum of the times, or the longest one.
    public static let counter = number(8...23, "counter", shift: 6, unit: "us")
    static let fields = [whole, trackingStatus, transitionsTracked, interruptGenerated, counter]
  }

  /// The five LTSSM Performance Measurement Status registers.
  ///
  /// ``Capability/ltssmTrackingRegisterCount`` says how many of them are in use.
  public static let ltssmStatus = RegisterArray(0x10, 4, "ltssmStatus", of: LTSSMStatus.fields) {
    min(Int($0[Capability.ltssmTrackingRegisterCount] ?? 0), 5)
  }

  public static let layout = RegisterLayout(
    registers: [
      Capability.fields, Control.fields, Status.fields,
    ], [ltssmStatus])
}
