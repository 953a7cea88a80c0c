// SPDX-License-Identifier: Apache-2.0

/// The Flit Performance Measurement capability, extended id 0x0033.
///
/// PCI Express Base 6.4, section 7.8.12.
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
  /// The five LTSSM Performance Measurement Status registers, from +0x10.
  ///
  /// ``ltssmTrackingRegisterCount`` says how many of them are in use.
  public let ltssmStatus: [UInt32]

  /// Decodes the registers, 36 bytes.
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

  /// Flit Performance Interrupt Vector: which MSI or MSI-X vector is used.
  public var interruptVector: UInt32 { capability[bits: 0...9] }
  /// LTSSM Tracking Register Count: how many LTSSM events are tracked at a time, 0 to 5.
  public var ltssmTrackingRegisterCount: UInt32 { capability[bits: 10...12] }

  /// Flit Latency Measurement Enable.
  public var isLatencyMeasurementEnabled: Bool { control[bit: 0] }
  /// Number of flits to track; 0 tracks the longest delay.
  public var instancesToTrack: UInt32 { control[bits: 6...10] }
  /// Number of LTSSM transitions to track; 0 tracks the longest delay.
  public var ltssmInstancesToTrack: UInt32 { control[bits: 19...23] }

  /// Flit Latency Tracking: how many flits were tracked.
  public var flitsTracked: UInt32 { status[bits: 2...6] }
  /// Flit Latency Tracking Counter: the sum of the latencies, or the longest one.
  ///
  /// Its unit is 8 ns in PCI Express Base 6.4, whose footnote says that earlier
  /// revisions had 8 us or 64 us by mistake: a device may still count in these.
  public var latencyCounter: UInt32 { status[bits: 8...23] }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([UInt64(capability), UInt64(control), UInt64(status)])
    for (index, value) in ltssmStatus.prefix(Int(ltssmTrackingRegisterCount)).enumerated() {
      fields += Self.ltssmTable.fields(UInt64(value), prefix: "ltssmStatus.\(index).")
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] {
    tables.names + [ltssmTable].names(under: "ltssmStatus.N")
  }

  /// The rows that the status of flits and that of LTSSM transitions begin with.
  private static func tracking(_ tracked: String) -> [RegisterTable.Row] {
    [
      .hexadecimal(0...31, "register", digits: 8),
      .names(0...1, "trackingStatus", ["not started", "started", "completed", "error"]),
      .number(2...6, tracked),
      .flag(7, "interruptGenerated"),
    ]
  }

  private static var ltssmTable: RegisterTable {
    RegisterTable(
      "", tracking("transitionsTracked") + [.number(8...23, "counter", shift: 6, unit: "us")])
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .number(0...9, "interruptVector"),
          .number(10...12, "ltssmTrackingRegisterCount"),
        ]),
      RegisterTable(
        "control",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .flag(0, "latencyMeasurementEnable"),
          .names(
            1...3, "responseType",
            ["none", "flit to Ack", "flit to Nak", "reserved (3)", "Nak to replay"]),
          .number(6...10, "instancesToTrack"),
          .names(
            11...13, "interruptThreshold", ["no interrupt", "100 ns", "200 ns", "300 ns"]),
          .flag(14, "trackL0ToRecovery"),
          .flag(15, "trackL0p"),
          .flag(16, "trackL1ToL0"),
          .flag(17, "trackL11ToL0"),
          .flag(18, "trackL12ToL0"),
          .number(19...23, "ltssmInstancesToTrack"),
          .names(
            24...26, "ltssmInterruptThreshold",
            ["no interrupt", "6.4 ms", "12.8 ms", "19.2 ms"]),
          .names(
            27...29, "l1SubstateInterruptThreshold",
            ["no interrupt", "1 s", "2 s", "3 s", "4 s", "5 s", "10 s"]),
        ]),
      RegisterTable("status", tracking("flitsTracked") + [.number(8...23, "latencyCounter")]),
    ]
  }
}
