// SPDX-License-Identifier: Apache-2.0

/// The PCI Express over M-PHY capability, extended id 0x0020.
///
/// M-PCIe ECN to PCI Express Base 3.0 (2013), in PCI Express Base 3.1; later
/// bases reserve the id.
public struct PCIExpressOverMPHY: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0020, "mphy", "PCI Express over M-PHY", size: 28)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// M-PCIe Capabilities.
  public enum Capabilities: RegisterFields {
    static let itself = Register(0x4, 4, "capabilities")
    /// HS-G1 supported.
    public static let highSpeedGear1 = flag(0, "highSpeedGear1")
    /// HS-G2 supported.
    public static let highSpeedGear2 = flag(1, "highSpeedGear2")
    public static let configurationSoftware = flag(15, "configurationSoftware")
    public static let maxTransmitWidths = computed(
      16...23, "maxTransmitWidths", PCIExpressOverMPHY.widths)
    public static let maxReceiveWidths = computed(
      24...31, "maxReceiveWidths", PCIExpressOverMPHY.widths)
    static let fields = [
      highSpeedGear1, highSpeedGear2, configurationSoftware, maxTransmitWidths, maxReceiveWidths,
    ]
  }

  /// M-PCIe Control.
  public enum Control: RegisterFields {
    static let itself = Register(0x8, 4, "control")
    public static let targetHighSpeedGear1 = flag(0, "targetHighSpeedGear1")
    public static let targetHighSpeedGear2 = flag(1, "targetHighSpeedGear2")
    static let fields = [targetHighSpeedGear1, targetHighSpeedGear2]
  }

  /// M-PCIe Status.
  public enum Status: RegisterFields {
    static let itself = Register(0xc, 4, "status")
    public static let highSpeedGear1 = flag(0, "highSpeedGear1")
    public static let highSpeedGear2 = flag(1, "highSpeedGear2")
    public static let configurationSoftware = flag(15, "configurationSoftware")
    public static let transmitWidth = computed(16...23, "transmitWidth", PCIExpressOverMPHY.width)
    public static let receiveWidth = computed(24...31, "receiveWidth", PCIExpressOverMPHY.width)
    static let fields = [
      whole, highSpeedGear1, highSpeedGear2, configurationSoftware, transmitWidth, receiveWidth,
    ]
  }

  /// M-PCIe LANE Error Status: bit n is lane n.
  public static let laneErrorStatus = Register(0x10, 4, "laneErrorStatus").hexadecimal()

  /// M-PCIe Phy Control Address.
  public enum PhyControlAddress: RegisterFields {
    static let itself = Register(0x14, 4, "phyControlAddress")
    public static let lowerAddress = hexadecimal(0...7, "lowerAddress", digits: 2)
    // Its highest bit is apart from the others.
    public static let upperAddress = computed(16...24, "upperAddress") { bits in
      .number(bits & 0x1f | bits >> 3 & 0x20)
    }
    public static let phyLocation = names(25...27, "phyLocation", ["local PHY", "remote PHY"])
    public static let read = flag(30, "read")
    public static let configuration = flag(31, "configuration")
    static let fields = [whole, lowerAddress, upperAddress, phyLocation, read, configuration]
  }

  /// M-PCIe Phy Control Data.
  public enum PhyControlData: RegisterFields {
    static let itself = Register(0x18, 4, "phyControlData")
    public static let data = hexadecimal(0...7, "data", digits: 2)
    public static let error = flag(29, "error")
    public static let rrapAbort = flag(30, "rrapAbort")
    public static let pending = flag(31, "pending")
    static let fields = [data, error, rrapAbort, pending]
  }

  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, Control.fields, Status.fields, [laneErrorStatus], PhyControlAddress.fields,
    PhyControlData.fields,
  ])

  /// The lane widths of a mask, one bit each.
  private static func widths(_ mask: UInt64) -> Field.Meaning {
    let names = ["x1", "x2", "x4", "x8", "x12", "x16", "x32"]
    var found: [String] = []
    for (bit, name) in names.enumerated() where mask[bit: bit] { found.append(name) }
    return .text(found.isEmpty ? "none" : found.joined(separator: " "))
  }

  /// The lane width in use: its number, x12 among powers of two.
  private static func width(_ code: UInt64) -> Field.Meaning {
    switch code {
    case 1, 2, 4, 8, 12, 16, 32: .text("x\(code)")
    default: .text("reserved (\(code))")
    }
  }
}
