// SPDX-License-Identifier: Apache-2.0

/// The registers of the CXL extensions DVSEC for ports, DVSEC id 3.
///
/// Compute Express Link 3.0, section 8.1.5.
public struct ComputeExpressLinkPort: CapabilityPart {
  public static let part = PartKind(3, "CXL Extensions for Ports", size: 20)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Status: RegisterFields {
    static let itself = Register(0xa, 2, "status")
    /// Port Power Management Initialization Complete.
    public static let pmInitComplete = flag(0, "pmInitComplete")
    public static let viral = flag(14, "viral")
    static let fields = [pmInitComplete, viral]
  }

  public enum Control: RegisterFields {
    static let itself = Register(0xc, 2, "control")
    public static let secondaryBusResetUnmasked = flag(0, "secondaryBusResetUnmasked")
    public static let linkDisableUnmasked = flag(1, "linkDisableUnmasked")
    /// Alt Memory and ID Space Enable.
    public static let alternateMemoryEnable = flag(2, "alternateMemoryEnable")
    /// Alt BME.
    public static let alternateBusMasterEnable = flag(3, "alternateBusMasterEnable")
    public static let viralEnable = flag(14, "viralEnable")
    static let fields = [
      secondaryBusResetUnmasked, linkDisableUnmasked, alternateMemoryEnable,
      alternateBusMasterEnable, viralEnable,
    ]
  }

  public static let alternateBusBase = Register(0xe, 1, "alternateBusBase").hexadecimal()
  public static let alternateBusLimit = Register(0xf, 1, "alternateBusLimit").hexadecimal()
  public static let alternateMemoryBase = Register(0x10, 2, "alternateMemoryBase").hexadecimal(
    4...15, digits: 3)
  public static let alternateMemoryLimit = Register(0x12, 2, "alternateMemoryLimit").hexadecimal(
    4...15, digits: 3)

  public static let layout = RegisterLayout(registers: [
    Status.fields, Control.fields,
    [alternateBusBase, alternateBusLimit, alternateMemoryBase, alternateMemoryLimit],
  ])
}
