// SPDX-License-Identifier: Apache-2.0

/// Everything that is known of one PCI function.
///
/// A field that is `nil` was not in the source; the host's gaps say why where
/// the source should have had it. Nothing here reaches for hardware.
public struct Function: Hashable, Sendable {
  /// Where the function is.
  public var address: FunctionAddress
  /// Vendor, device, subsystem and revision.
  public var identity: Identity
  /// What kind of device it is; `nil` in a recording without it.
  public var classCode: ClassCode?
  /// The layout of its header.
  public var headerType: HeaderType?
  /// Whether header bit 7, or a sibling, says that the device has more functions.
  public var isMultiFunction: Bool?
  /// The driver that holds it; `nil` where none does.
  public var driver: DriverBinding?
  /// The number of the IOMMU group the kernel reports.
  public var iommuGroup: Int?
  /// Its windows, in index order, the expansion ROM last.
  public var baseAddressRegisters: [BaseAddressRegister]
  /// What is right above it.
  public var upstream: Upstream
  /// The bus numbers, where it is a bridge.
  public var bridge: BridgeBuses?
  /// The physical function, where it is a virtual one.
  public var physicalFunction: FunctionAddress?
  /// Its virtual functions' counts, where it is a physical one.
  public var virtualFunctions: VirtualFunctionState?
  /// The NUMA node; `nil` where the firmware names none.
  public var numaNode: Int?
  /// The interrupt the kernel routed: the first MSI vector, or INTx.
  ///
  /// The sysfs attribute `irq`, unsigned; `nil` where there is none.
  public var interrupt: UInt32?
  /// The kernel's cached power state.
  public var powerState: PowerState?
  /// The ways Linux can reset it, in its order; empty where it has none.
  public var resetMethods: [ResetMethod]?
  /// Whether the firmware showed its console on it; `nil` unless a VGA device.
  public var isBootVGA: Bool?
  /// The name of the physical slot.
  public var slotName: String?
  /// The firmware's label (SMBIOS type 41 or ACPI _DSM).
  public var label: String?
  /// The driver name written to `driver_override`.
  public var driverOverride: String?
  /// Its configuration space, as far as it was read.
  public var configuration: ConfigurationSpace?
  /// Capabilities as a text listed them, where no bytes were recorded.
  public var listedCapabilities: [ListedCapability]?

  /// Starts a record from the two facts every source has.
  public init(address: FunctionAddress, identity: Identity) {
    self.address = address
    self.identity = identity
    self.baseAddressRegisters = []
    self.upstream = .unknown
  }

  /// Whether it is a bridge of any kind, by header or by class.
  ///
  /// `nil` where neither was recorded.
  public var isBridge: Bool? {
    if let headerType, headerType != .endpoint { return true }
    if let classCode { return classCode.baseClass == 0x06 }
    return headerType == nil ? nil : false
  }
}
