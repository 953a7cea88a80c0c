// SPDX-License-Identifier: Apache-2.0

/// The Flattening Portal Bridge capability, id 0x15.
///
/// PCI Express Base 6.0, section 7.8.11.
public struct FlatteningPortalBridge: DecodedCapability {
  public static let kind = CapabilityKind(
    standard: 0x15, "fpb", "Flattening Portal Bridge", size: 36)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    public static let ridDecodeSupported = flag(0, "ridDecodeSupported")
    public static let memLowDecodeSupported = flag(1, "memLowDecodeSupported")
    public static let memHighDecodeSupported = flag(2, "memHighDecodeSupported")
    /// Devices on the secondary side.
    public static let secondaryDevices = number(3...7, "secondaryDevices", adding: 1)
    public static let ridVectorSize = number(8...10, "ridVectorSize")
    public static let memLowVectorSize = number(16...18, "memLowVectorSize")
    public static let memHighVectorSize = number(24...26, "memHighVectorSize")
    static let fields = [
      ridDecodeSupported, memLowDecodeSupported, memHighDecodeSupported, secondaryDevices,
      ridVectorSize, memLowVectorSize, memHighVectorSize,
    ]
  }

  /// FPB RID Vector Control 1.
  public enum RidVectorControl1: RegisterFields {
    static let itself = Register(8, 4, "ridVectorControl1")
    public static let ridDecodeEnable = flag(0, "ridDecodeEnable")
    public static let ridGranularity = number(4...7, "ridGranularity")
    public static let ridVectorStart = hexadecimal(19...31, "ridVectorStart", digits: 4)
    static let fields = [ridDecodeEnable, ridGranularity, ridVectorStart]
  }

  /// FPB RID Vector Control 2.
  public enum RidVectorControl2: RegisterFields {
    static let itself = Register(0xc, 4, "ridVectorControl2")
    public static let ridSecondaryStart = hexadecimal(3...31, "ridSecondaryStart", digits: 8)
    static let fields = [ridSecondaryStart]
  }

  public enum MemLowVectorControl: RegisterFields {
    static let itself = Register(0x10, 4, "memLowVectorControl")
    public static let memLowDecodeEnable = flag(0, "memLowDecodeEnable")
    public static let memLowGranularity = number(4...7, "memLowGranularity")
    public static let memLowVectorStart = hexadecimal(20...31, "memLowVectorStart", digits: 3)
    static let fields = [memLowDecodeEnable, memLowGranularity, memLowVectorStart]
  }

  /// FPB MEM High Vector Control 1.
  public enum MemHighVectorControl1: RegisterFields {
    static let itself = Register(0x14, 4, "memHighVectorControl1")
    public static let memHighDecodeEnable = flag(0, "memHighDecodeEnable")
    public static let memHighGranularity = number(4...7, "memHighGranularity")
    public static let memHighVectorStartLower = hexadecimal(
      28...31, "memHighVectorStartLower", digits: 1)
    static let fields = [memHighDecodeEnable, memHighGranularity, memHighVectorStartLower]
  }

  /// FPB MEM High Vector Control 2.
  public enum MemHighVectorControl2: RegisterFields {
    static let itself = Register(0x18, 4, "memHighVectorControl2")
    public static let memHighVectorStartUpper = hexadecimal(
      0...31, "memHighVectorStartUpper", digits: 8)
    static let fields = [memHighVectorStartUpper]
  }

  public enum VectorAccessControl: RegisterFields {
    static let itself = Register(0x1c, 4, "vectorAccessControl")
    public static let vectorAccessOffset = number(0...7, "vectorAccessOffset")
    public static let vectorSelect = number(14...15, "vectorSelect")
    static let fields = [vectorAccessOffset, vectorSelect]
  }

  public static let vectorAccessData = Register(0x20, 4, "vectorAccessData").hexadecimal()

  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, RidVectorControl1.fields, RidVectorControl2.fields,
    MemLowVectorControl.fields, MemHighVectorControl1.fields, MemHighVectorControl2.fields,
    VectorAccessControl.fields, [vectorAccessData],
  ])
}
