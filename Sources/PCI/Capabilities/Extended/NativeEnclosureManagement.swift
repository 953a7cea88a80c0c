// SPDX-License-Identifier: Apache-2.0

/// The Native PCIe Enclosure Management capability, extended id 0x0029.
///
/// PCI Express Base 6.0, section 7.9.19.
public struct NativeEnclosureManagement: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x0029, "npem", "Native PCIe Enclosure Management", size: 16)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// NPEM Capability.
  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    /// NPEM Capable.
    public static let npemCapable = flag(0, "npemCapable")
    /// NPEM Reset Capable.
    public static let resetCapable = flag(1, "resetCapable")
    /// NPEM OK Capable.
    public static let okCapable = flag(2, "okCapable")
    /// NPEM Locate Capable.
    public static let locateCapable = flag(3, "locateCapable")
    /// NPEM Fail Capable.
    public static let failCapable = flag(4, "failCapable")
    /// NPEM Rebuild Capable.
    public static let rebuildCapable = flag(5, "rebuildCapable")
    /// NPEM PFA Capable.
    public static let predictedFailureCapable = flag(6, "predictedFailureCapable")
    /// NPEM Hot Spare Capable.
    public static let hotSpareCapable = flag(7, "hotSpareCapable")
    /// NPEM In A Critical Array Capable.
    public static let inCriticalArrayCapable = flag(8, "inCriticalArrayCapable")
    /// NPEM In A Failed Array Capable.
    public static let inFailedArrayCapable = flag(9, "inFailedArrayCapable")
    /// NPEM Invalid Device Type Capable.
    public static let invalidDeviceTypeCapable = flag(10, "invalidDeviceTypeCapable")
    /// NPEM Disabled Capable.
    public static let disabledCapable = flag(11, "disabledCapable")
    /// Enclosure-specific Capabilities.
    public static let enclosureSpecificCapabilities = hexadecimal(
      24...31, "enclosureSpecificCapabilities", digits: 2)
    static let fields = [
      npemCapable, resetCapable, okCapable, locateCapable, failCapable, rebuildCapable,
      predictedFailureCapable, hotSpareCapable, inCriticalArrayCapable, inFailedArrayCapable,
      invalidDeviceTypeCapable, disabledCapable, enclosureSpecificCapabilities,
    ]
  }

  /// NPEM Control.
  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    /// NPEM Enable.
    public static let enable = flag(0, "enable")
    /// NPEM Initiate Reset.
    public static let initiateReset = flag(1, "initiateReset")
    /// NPEM OK Control.
    public static let ok = flag(2, "ok")
    /// NPEM Locate Control.
    public static let locate = flag(3, "locate")
    /// NPEM Fail Control.
    public static let fail = flag(4, "fail")
    /// NPEM Rebuild Control.
    public static let rebuild = flag(5, "rebuild")
    /// NPEM PFA Control.
    public static let predictedFailure = flag(6, "predictedFailure")
    /// NPEM Hot Spare Control.
    public static let hotSpare = flag(7, "hotSpare")
    /// NPEM In A Critical Array Control.
    public static let inCriticalArray = flag(8, "inCriticalArray")
    /// NPEM In A Failed Array Control.
    public static let inFailedArray = flag(9, "inFailedArray")
    /// NPEM Invalid Device Type Control.
    public static let invalidDeviceType = flag(10, "invalidDeviceType")
    /// NPEM Disabled Control.
    public static let disabled = flag(11, "disabled")
    /// Enclosure-specific Controls.
    public static let enclosureSpecificControls = hexadecimal(
      24...31, "enclosureSpecificControls", digits: 2)
    static let fields = [
      enable, initiateReset, ok, locate, fail, rebuild, predictedFailure, hotSpare, inCriticalArray,
      inFailedArray, invalidDeviceType, disabled, enclosureSpecificControls,
    ]
  }

  /// NPEM Status.
  public enum Status: RegisterFields {
    static let itself = Register(0xc, 4, "status")
    /// NPEM Command Completed.
    public static let commandCompleted = flag(0, "commandCompleted")
    /// Enclosure-specific Status.
    public static let enclosureSpecificStatus = hexadecimal(
      24...31, "enclosureSpecificStatus", digits: 2)
    static let fields = [commandCompleted, enclosureSpecificStatus]
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, Status.fields,
  ])
}
