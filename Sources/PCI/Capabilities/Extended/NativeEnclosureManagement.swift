// SPDX-License-Identifier: Apache-2.0

/// The Native PCIe Enclosure Management capability, extended id 0x0029.
///
/// PCI Express Base 6.0, section 7.9.19.
public struct NativeEnclosureManagement: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0029, "npem", "Native PCIe Enclosure Management", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    public static let npemCapable = flag(0, "npemCapable")
    public static let resetCapable = flag(1, "resetCapable")
    public static let okCapable = flag(2, "okCapable")
    public static let locateCapable = flag(3, "locateCapable")
    public static let failCapable = flag(4, "failCapable")
    public static let rebuildCapable = flag(5, "rebuildCapable")
    /// NPEM PFA Capable.
    public static let predictedFailureCapable = flag(6, "predictedFailureCapable")
    public static let hotSpareCapable = flag(7, "hotSpareCapable")
    public static let inCriticalArrayCapable = flag(8, "inCriticalArrayCapable")
    public static let inFailedArrayCapable = flag(9, "inFailedArrayCapable")
    public static let invalidDeviceTypeCapable = flag(10, "invalidDeviceTypeCapable")
    public static let disabledCapable = flag(11, "disabledCapable")
    public static let enclosureSpecificCapabilities = hexadecimal(
      24...31, "enclosureSpecificCapabilities", digits: 2)
    static let fields = [
      npemCapable, resetCapable, okCapable, locateCapable, failCapable, rebuildCapable,
      predictedFailureCapable, hotSpareCapable, inCriticalArrayCapable, inFailedArrayCapable,
      invalidDeviceTypeCapable, disabledCapable, enclosureSpecificCapabilities,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    public static let enable = flag(0, "enable")
    public static let initiateReset = flag(1, "initiateReset")
    public static let ok = flag(2, "ok")
    public static let locate = flag(3, "locate")
    public static let fail = flag(4, "fail")
    public static let rebuild = flag(5, "rebuild")
    /// NPEM PFA Control.
    public static let predictedFailure = flag(6, "predictedFailure")
    public static let hotSpare = flag(7, "hotSpare")
    public static let inCriticalArray = flag(8, "inCriticalArray")
    public static let inFailedArray = flag(9, "inFailedArray")
    public static let invalidDeviceType = flag(10, "invalidDeviceType")
    public static let disabled = flag(11, "disabled")
    public static let enclosureSpecificControls = hexadecimal(
      24...31, "enclosureSpecificControls", digits: 2)
    static let fields = [
      enable, initiateReset, ok, locate, fail, rebuild, predictedFailure, hotSpare, inCriticalArray,
      inFailedArray, invalidDeviceType, disabled, enclosureSpecificControls,
    ]
  }

  public enum Status: RegisterFields {
    static let itself = Register(0xc, 4, "status")
    public static let commandCompleted = flag(0, "commandCompleted")
    public static let enclosureSpecificStatus = hexadecimal(
      24...31, "enclosureSpecificStatus", digits: 2)
    static let fields = [commandCompleted, enclosureSpecificStatus]
  }

  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, Status.fields,
  ])
}
