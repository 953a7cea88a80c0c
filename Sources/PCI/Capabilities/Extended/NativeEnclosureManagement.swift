// SPDX-License-Identifier: Apache-2.0

/// The Native PCIe Enclosure Management capability, extended id 0x0029.
///
/// PCI Express Base 6.0, section 7.9.19.
public struct NativeEnclosureManagement: DecodedCapability {
  /// The start of its dotted field names, `npem`.
  public static var shortName: String { "npem" }
  /// The specification's name.
  public static var title: String { "Native PCIe Enclosure Management" }

  /// NPEM Capability at +4.
  public let capability: UInt32
  /// NPEM Control at +8.
  public let control: UInt32
  /// NPEM Status at +0xc.
  public let status: UInt32

  /// Decodes the registers, 16 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let status = space.doubleWord(at: offset + 0xc)
    else { return nil }
    self.capability = capability
    self.control = control
    self.status = status
  }

  /// NPEM Capable.
  public var isNPEMCapable: Bool { capability[bit: 0] }
  /// NPEM Reset Capable.
  public var isResetCapable: Bool { capability[bit: 1] }
  /// NPEM OK Capable.
  public var isOKCapable: Bool { capability[bit: 2] }
  /// NPEM Locate Capable.
  public var isLocateCapable: Bool { capability[bit: 3] }
  /// NPEM Fail Capable.
  public var isFailCapable: Bool { capability[bit: 4] }
  /// NPEM Rebuild Capable.
  public var isRebuildCapable: Bool { capability[bit: 5] }
  /// NPEM PFA Capable.
  public var isPredictedFailureCapable: Bool { capability[bit: 6] }
  /// NPEM Hot Spare Capable.
  public var isHotSpareCapable: Bool { capability[bit: 7] }
  /// NPEM In A Critical Array Capable.
  public var isInCriticalArrayCapable: Bool { capability[bit: 8] }
  /// NPEM In A Failed Array Capable.
  public var isInFailedArrayCapable: Bool { capability[bit: 9] }
  /// NPEM Invalid Device Type Capable.
  public var isInvalidDeviceTypeCapable: Bool { capability[bit: 10] }
  /// NPEM Disabled Capable.
  public var isDisabledCapable: Bool { capability[bit: 11] }
  /// Enclosure-specific Capabilities.
  public var enclosureSpecificCapabilities: UInt32 { capability[bits: 24...31] }

  /// NPEM Enable.
  public var isEnabled: Bool { control[bit: 0] }
  /// NPEM Initiate Reset.
  public var isResetInitiated: Bool { control[bit: 1] }
  /// NPEM OK Control.
  public var showsOK: Bool { control[bit: 2] }
  /// NPEM Locate Control.
  public var showsLocate: Bool { control[bit: 3] }
  /// NPEM Fail Control.
  public var showsFail: Bool { control[bit: 4] }
  /// NPEM Rebuild Control.
  public var showsRebuild: Bool { control[bit: 5] }
  /// NPEM PFA Control.
  public var showsPredictedFailure: Bool { control[bit: 6] }
  /// NPEM Hot Spare Control.
  public var showsHotSpare: Bool { control[bit: 7] }
  /// NPEM In A Critical Array Control.
  public var showsInCriticalArray: Bool { control[bit: 8] }
  /// NPEM In A Failed Array Control.
  public var showsInFailedArray: Bool { control[bit: 9] }
  /// NPEM Invalid Device Type Control.
  public var showsInvalidDeviceType: Bool { control[bit: 10] }
  /// NPEM Disabled Control.
  public var showsDisabled: Bool { control[bit: 11] }
  /// Enclosure-specific Controls.
  public var enclosureSpecificControls: UInt32 { control[bits: 24...31] }

  /// NPEM Command Completed.
  public var isCommandCompleted: Bool { status[bit: 0] }
  /// Enclosure-specific Status.
  public var enclosureSpecificStatus: UInt32 { status[bits: 24...31] }

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
          .flag(0, "npemCapable"),
          .flag(1, "resetCapable"),
          .flag(2, "okCapable"),
          .flag(3, "locateCapable"),
          .flag(4, "failCapable"),
          .flag(5, "rebuildCapable"),
          .flag(6, "predictedFailureCapable"),
          .flag(7, "hotSpareCapable"),
          .flag(8, "inCriticalArrayCapable"),
          .flag(9, "inFailedArrayCapable"),
          .flag(10, "invalidDeviceTypeCapable"),
          .flag(11, "disabledCapable"),
          .hexadecimal(24...31, "enclosureSpecificCapabilities", digits: 2),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "enable"),
          .flag(1, "initiateReset"),
          .flag(2, "ok"),
          .flag(3, "locate"),
          .flag(4, "fail"),
          .flag(5, "rebuild"),
          .flag(6, "predictedFailure"),
          .flag(7, "hotSpare"),
          .flag(8, "inCriticalArray"),
          .flag(9, "inFailedArray"),
          .flag(10, "invalidDeviceType"),
          .flag(11, "disabled"),
          .hexadecimal(24...31, "enclosureSpecificControls", digits: 2),
        ]),
      RegisterTable(
        "status",
        [
          .flag(0, "commandCompleted"),
          .hexadecimal(24...31, "enclosureSpecificStatus", digits: 2),
        ]),
    ]
  }
}
