// SPDX-License-Identifier: Apache-2.0

/// The Flattening Portal Bridge capability, id 0x15.
///
/// PCI Express Base 6.0, section 7.8.11.
public struct FlatteningPortalBridge: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    standard: 0x15, "fpb", "Flattening Portal Bridge", size: 36)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// FPB Capabilities.
  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    /// FPB RID Decode Mechanism Supported.
    public static let ridDecodeSupported = flag(0, "ridDecodeSupported")
    /// FPB MEM Low Decode Mechanism Supported.
    public static let memLowDecodeSupported = flag(1, "memLowDecodeSupported")
    /// FPB MEM High Decode Mechanism Supported.
    public static let memHighDecodeSupported = flag(2, "memHighDecodeSupported")
    /// Devices on the secondary side.
    public static let secondaryDevices = number(3...7, "secondaryDevices", adding: 1)
    /// FPB RID Vector Size Supported.
    public static let ridVectorSize = number(8...10, "ridVectorSize")
    /// FPB MEM Low Vector Size Supported.
    public static let memLowVectorSize = number(16...18, "memLowVectorSize")
    /// FPB MEM High Vector Size Supported.
    public static let memHighVectorSize = number(24...26, "memHighVectorSize")
    static let fields = [
      ridDecodeSupported, memLowDecodeSupported, memHighDecodeSupported, secondaryDevices,
      ridVectorSize, memLowVectorSize, memHighVectorSize,
    ]
  }

  /// FPB RID Vector Control 1.
  public enum RidVectorControl1: RegisterFields {
    static let itself = Register(8, 4, "ridVectorControl1")
    /// FPB RID Decode Mechanism Enable.
    public static let ridDecodeEnable = flag(0, "ridDecodeEnable")
    /// FPB RID Vector Granularity.
    public static let ridGranularity = number(4...7, "ridGranularity")
    /// FPB RID Vector Start.
    public static let ridVectorStart = hexadecimal(19...31, "ridVectorStart", digits: 4)
    static let fields = [ridDecodeEnable, ridGranularity, ridVectorStart]
  }

  /// FPB RID Vector Control 2.
  public enum RidVectorControl2: RegisterFields {
    static let itself = Register(0xc, 4, "ridVectorControl2")
    /// RID Secondary Start.
    public static let ridSecondaryStart = hexadecimal(3...31, "ridSecondaryStart", digits: 8)
    static let fields = [ridSecondaryStart]
  }

  /// FPB MEM Low Vector Control.
  public enum MemLowVectorControl: RegisterFields {
    static let itself = Register(0x10, 4, "memLowVectorControl")
    /// FPB MEM Low Decode Mechanism Enable.
    public static let memLowDecodeEnable = flag(0, "memLowDecodeEnable")
    /// FPB MEM Low Vector Granularity.
    public static let memLowGranularity = number(4...7, "memLowGranularity")
    /// FPB MEM Low Vector Start.
    public static let memLowVectorStart = hexadecimal(20...31, "memLowVectorStart", digits: 3)
    static let fields = [memLowDecodeEnable, memLowGranularity, memLowVectorStart]
  }

  /// FPB MEM High Vector Control 1.
  public enum MemHighVectorControl1: RegisterFields {
    static let itself = Register(0x14, 4, "memHighVectorControl1")
    /// FPB MEM High Decode Mechanism Enable.
    public static let memHighDecodeEnable = flag(0, "memHighDecodeEnable")
    /// FPB MEM High Vector Granularity.
    public static let memHighGranularity = number(4...7, "memHighGranularity")
    /// FPB MEM High Vector Start Lower.
    public static let memHighVectorStartLower = hexadecimal(
      28...31, "memHighVectorStartLower", digits: 1)
    static let fields = [memHighDecodeEnable, memHighGranularity, memHighVectorStartLower]
  }

  /// FPB MEM High Vector Control 2.
  public enum MemHighVectorControl2: RegisterFields {
    static let itself = Register(0x18, 4, "memHighVectorControl2")
    /// FPB MEM High Vector Start Upper.
    public static let memHighVectorStartUpper = hexadecimal(
      0...31, "memHighVectorStartUpper", digits: 8)
    static let fields = [memHighVectorStartUpper]
  }

  /// FPB Vector Access Control.
  public enum VectorAccessControl: RegisterFields {
    static let itself = Register(0x1c, 4, "vectorAccessControl")
    /// FPB Vector Access Offset.
    public static let vectorAccessOffset = number(0...7, "vectorAccessOffset")
    /// FPB Vector Select.
    public static let vectorSelect = number(14...15, "vectorSelect")
    static let fields = [vectorAccessOffset, vectorSelect]
  }

  /// FPB Vector Access Data.
  public static let vectorAccessData = Register(0x20, 4, "vectorAccessData").hexadecimal()

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, RidVectorControl1.fields, RidVectorControl2.fields,
    MemLowVectorControl.fields, MemHighVectorControl1.fields, MemHighVectorControl2.fields,
    VectorAccessControl.fields, [vectorAccessData],
  ])
}
