// SPDX-License-Identifier: Apache-2.0

/// The registers of the DVSEC for Flex Bus ports, DVSEC id 7.
///
/// Compute Express Link 3.0, section 8.2.1.3.
public struct ComputeExpressLinkFlexBusPort: CapabilityPart {
  public static let part = PartKind(7, "DVSEC for Flex Bus Port", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(0xa, 2, "capability")
    public static let cacheCapable = flag(0, "cacheCapable")
    public static let ioCapable = flag(1, "ioCapable")
    public static let memCapable = flag(2, "memCapable")
    /// CXL 68B Flit and VH Capable.
    public static let flit68ByteCapable = flag(5, "flit68ByteCapable")
    /// CXL Multi-Logical Device Capable.
    public static let multiLogicalDeviceCapable = flag(6, "multiLogicalDeviceCapable")
    /// CXL Latency-Optimized 256B Flit Capable.
    public static let flit256ByteCapable = flag(13, "flit256ByteCapable")
    /// CXL PBR Flit Capable.
    public static let pbrFlitCapable = flag(14, "pbrFlitCapable")
    static let fields = [
      cacheCapable, ioCapable, memCapable, flit68ByteCapable, multiLogicalDeviceCapable,
      flit256ByteCapable, pbrFlitCapable,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(0xc, 2, "control")
    public static let cacheEnable = flag(0, "cacheEnable")
    public static let ioEnable = flag(1, "ioEnable")
    public static let memEnable = flag(2, "memEnable")
    /// CXL_Sync_Hdr_Bypass_Enable.
    public static let syncHeaderBypassEnable = flag(3, "syncHeaderBypassEnable")
    public static let driftBufferEnable = flag(4, "driftBufferEnable")
    /// CXL 68B Flit and VH Enable.
    public static let flit68ByteEnable = flag(5, "flit68ByteEnable")
    /// CXL Multi-Logical Device Enable.
    public static let multiLogicalDeviceEnable = flag(6, "multiLogicalDeviceEnable")
    /// Disable RCD Training.
    public static let restrictedTrainingDisable = flag(7, "restrictedTrainingDisable")
    public static let retimer1Present = flag(8, "retimer1Present")
    public static let retimer2Present = flag(9, "retimer2Present")
    /// CXL Latency-Optimized 256B Flit Enable.
    public static let flit256ByteEnable = flag(13, "flit256ByteEnable")
    /// CXL PBR Flit Enable.
    public static let pbrFlitEnable = flag(14, "pbrFlitEnable")
    static let fields = [
      cacheEnable, ioEnable, memEnable, syncHeaderBypassEnable, driftBufferEnable, flit68ByteEnable,
      multiLogicalDeviceEnable, restrictedTrainingDisable, retimer1Present, retimer2Present,
      flit256ByteEnable, pbrFlitEnable,
    ]
  }

  public enum Status: RegisterFields {
    static let itself = Register(0xe, 2, "status")
    public static let cacheEnabled = flag(0, "cacheEnabled")
    public static let ioEnabled = flag(1, "ioEnabled")
    public static let memEnabled = flag(2, "memEnabled")
    /// CXL_Sync_Hdr_Bypass_Enabled.
    public static let syncHeaderBypassEnabled = flag(3, "syncHeaderBypassEnabled")
    public static let driftBufferEnabled = flag(4, "driftBufferEnabled")
    /// CXL 68B Flit and VH Enabled.
    public static let flit68ByteEnabled = flag(5, "flit68ByteEnabled")
    /// CXL Multi-Logical Device Enabled.
    public static let multiLogicalDeviceEnabled = flag(6, "multiLogicalDeviceEnabled")
    /// CXL Latency-Optimized 256B Flit Enabled.
    public static let flit256ByteEnabled = flag(13, "flit256ByteEnabled")
    /// CXL PBR Flit Enabled.
    public static let pbrFlitEnabled = flag(14, "pbrFlitEnabled")
    static let fields = [
      cacheEnabled, ioEnabled, memEnabled, syncHeaderBypassEnabled, driftBufferEnabled,
      flit68ByteEnabled, multiLogicalDeviceEnabled, flit256ByteEnabled, pbrFlitEnabled,
    ]
  }

  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, Status.fields,
  ])
}
