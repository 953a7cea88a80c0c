// SPDX-License-Identifier: Apache-2.0

/// The registers of the DVSEC for Flex Bus ports, DVSEC id 7.
///
/// Compute Express Link 3.0, section 8.2.1.3.
public struct ComputeExpressLinkFlexBusPort: DecodedCapability {
  /// The start of its dotted field names, `dvsec`.
  public static var shortName: String { "dvsec" }
  /// The specification's name.
  public static var title: String { "DVSEC for Flex Bus Port" }

  /// DVSEC Flex Bus Port Capability at +0xa.
  public let capability: UInt16
  /// DVSEC Flex Bus Port Control at +0xc.
  public let control: UInt16
  /// DVSEC Flex Bus Port Status at +0xe.
  public let status: UInt16

  /// Decodes the registers, 16 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 0xa),
      let control = space.word(at: offset + 0xc),
      let status = space.word(at: offset + 0xe)
    else { return nil }
    self.capability = capability
    self.control = control
    self.status = status
  }

  /// Cache_Capable.
  public var isCacheCapable: Bool { capability[bit: 0] }
  /// IO_Capable.
  public var isIOCapable: Bool { capability[bit: 1] }
  /// Mem_Capable.
  public var isMemoryCapable: Bool { capability[bit: 2] }
  /// CXL 68B Flit and VH Capable.
  public var isFlit68ByteCapable: Bool { capability[bit: 5] }
  /// CXL Multi-Logical Device Capable.
  public var isMultiLogicalDeviceCapable: Bool { capability[bit: 6] }
  /// CXL Latency-Optimized 256B Flit Capable.
  public var isFlit256ByteCapable: Bool { capability[bit: 13] }
  /// CXL PBR Flit Capable.
  public var isPBRFlitCapable: Bool { capability[bit: 14] }

  /// Cache_Enable.
  public var isCacheEnabled: Bool { control[bit: 0] }
  /// IO_Enable.
  public var isIOEnabled: Bool { control[bit: 1] }
  /// Mem_Enable.
  public var isMemoryEnabled: Bool { control[bit: 2] }
  /// CXL_Sync_Hdr_Bypass_Enable.
  public var isSyncHeaderBypassEnabled: Bool { control[bit: 3] }
  /// Drift_Buffer_Enable.
  public var isDriftBufferEnabled: Bool { control[bit: 4] }
  /// CXL 68B Flit and VH Enable.
  public var isFlit68ByteEnabled: Bool { control[bit: 5] }
  /// CXL Multi-Logical Device Enable.
  public var isMultiLogicalDeviceEnabled: Bool { control[bit: 6] }
  /// Disable RCD Training.
  public var isRestrictedTrainingDisabled: Bool { control[bit: 7] }
  /// Retimer1_Present.
  public var isRetimer1Present: Bool { control[bit: 8] }
  /// Retimer2_Present.
  public var isRetimer2Present: Bool { control[bit: 9] }
  /// CXL Latency-Optimized 256B Flit Enable.
  public var isFlit256ByteEnabled: Bool { control[bit: 13] }
  /// CXL PBR Flit Enable.
  public var isPBRFlitEnabled: Bool { control[bit: 14] }

  /// Cache_Enabled.
  public var isCacheNegotiated: Bool { status[bit: 0] }
  /// IO_Enabled.
  public var isIONegotiated: Bool { status[bit: 1] }
  /// Mem_Enabled.
  public var isMemoryNegotiated: Bool { status[bit: 2] }
  /// CXL_Sync_Hdr_Bypass_Enabled.
  public var isSyncHeaderBypassNegotiated: Bool { status[bit: 3] }
  /// Drift_Buffer_Enabled.
  public var isDriftBufferNegotiated: Bool { status[bit: 4] }
  /// CXL 68B Flit and VH Enabled.
  public var isFlit68ByteNegotiated: Bool { status[bit: 5] }
  /// CXL Multi-Logical Device Enabled.
  public var isMultiLogicalDeviceNegotiated: Bool { status[bit: 6] }
  /// CXL Latency-Optimized 256B Flit Enabled.
  public var isFlit256ByteNegotiated: Bool { status[bit: 13] }
  /// CXL PBR Flit Enabled.
  public var isPBRFlitNegotiated: Bool { status[bit: 14] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(capability), UInt64(control), UInt64(status)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .flag(0, "cacheCapable"),
          .flag(1, "ioCapable"),
          .flag(2, "memCapable"),
          .flag(5, "flit68ByteCapable"),
          .flag(6, "multiLogicalDeviceCapable"),
          .flag(13, "flit256ByteCapable"),
          .flag(14, "pbrFlitCapable"),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "cacheEnable"),
          .flag(1, "ioEnable"),
          .flag(2, "memEnable"),
          .flag(3, "syncHeaderBypassEnable"),
          .flag(4, "driftBufferEnable"),
          .flag(5, "flit68ByteEnable"),
          .flag(6, "multiLogicalDeviceEnable"),
          .flag(7, "restrictedTrainingDisable"),
          .flag(8, "retimer1Present"),
          .flag(9, "retimer2Present"),
          .flag(13, "flit256ByteEnable"),
          .flag(14, "pbrFlitEnable"),
        ]),
      RegisterTable(
        "status",
        [
          .flag(0, "cacheEnabled"),
          .flag(1, "ioEnabled"),
          .flag(2, "memEnabled"),
          .flag(3, "syncHeaderBypassEnabled"),
          .flag(4, "driftBufferEnabled"),
          .flag(5, "flit68ByteEnabled"),
          .flag(6, "multiLogicalDeviceEnabled"),
          .flag(13, "flit256ByteEnabled"),
          .flag(14, "pbrFlitEnabled"),
        ]),
    ]
  }
}
