// SPDX-License-Identifier: Apache-2.0

/// Everything that is known of one PCI function.
///
/// A field that is `nil` says that there is none, or nothing: `unrecorded` tells
/// which, and the host's gaps say why where the source should have had it.
/// Setting a field records it, `nil` too. `RecordedFunction` reads each as known,
/// absent or not recorded.
/// Nothing here reaches for hardware.
///
/// A host may have 65,536 functions, so the record is small: what few
/// functions have, or few commands ask for, is kept beside it.
public struct Function: Hashable, Sendable, Identifiable {
  /// The address, which no other function of the machine has.
  public var id: FunctionAddress { address }
  /// Where the function is.
  public var address: FunctionAddress
  /// Vendor, device, subsystem and revision.
  public var identity: Identity
  /// What kind of device it is; `nil` in a recording without it.
  public var classCode: ClassCode?
  /// The facts that its record says nothing of, where `nil` would say that there is none.
  public var unrecorded = UnrecordedFacts.all
  /// The layout of its header.
  public var headerType: HeaderType?
  /// Whether header bit 7, or a sibling, says that the device has more functions.
  public var isMultiFunction: Bool?
  /// The kernel's cached power state.
  public var powerState: PowerState?
  /// The bus numbers, where it is a bridge.
  public var bridge: BridgeBuses? { didSet { unrecorded.remove(.bridge) } }
  /// What is right above it.
  public var upstream: Upstream
  /// The interrupt the kernel routed: the first MSI vector, or INTx.
  ///
  /// The sysfs attribute `irq`, unsigned; `nil` where there is none.
  public var interrupt: UInt32? { didSet { unrecorded.remove(.interrupt) } }
  private var storedGroup: Int32?
  private var storedNode: Int32?
  /// The driver that holds it; `nil` where none does.
  public var driver: DriverBinding? { didSet { unrecorded.remove(.driver) } }
  /// Its base address registers, in index order, the expansion ROM last.
  public var baseAddressRegisters: [BaseAddressRegister] {
    didSet { unrecorded.remove(.baseAddressRegisters) }
  }
  /// The ways Linux can reset it, in its order; empty where it has none.
  public var resetMethods: [ResetMethod]?
  /// What few functions have: no element, or one that is not empty.
  private var details: [FunctionDetails]

  /// Starts a record from the two facts every source has.
  public init(address: FunctionAddress, identity: Identity) {
    self.address = address
    self.identity = identity
    baseAddressRegisters = []
    self.upstream = .unknown
    self.details = []
  }

  /// The number of the IOMMU group the kernel reports.
  ///
  /// The kernel's number is a C `int`; one that is not reads as `nil`.
  public var iommuGroup: Int? {
    get { storedGroup.map { Int($0) } }
    set {
      storedGroup = newValue.flatMap { Int32(exactly: $0) }
      unrecorded.remove(.iommuGroup)
    }
  }

  /// The NUMA node; `nil` where the firmware names none.
  ///
  /// The kernel's number is a C `int`; one that is not reads as `nil`.
  public var numaNode: Int? {
    get { storedNode.map { Int($0) } }
    set {
      storedNode = newValue.flatMap { Int32(exactly: $0) }
      unrecorded.remove(.numaNode)
    }
  }

  /// The physical function, where it is a virtual one.
  public var physicalFunction: FunctionAddress? {
    get { details.first?.physicalFunction }
    set { set(newValue, .physicalFunction) { $0.physicalFunction = newValue } }
  }

  /// Its virtual functions' counts, where it is a physical one.
  public var virtualFunctions: VirtualFunctionState? {
    get { details.first?.virtualFunctions }
    set { set(newValue, .virtualFunctions) { $0.virtualFunctions = newValue } }
  }

  /// Whether the firmware showed its console on it; `nil` unless a VGA device.
  public var isBootVGA: Bool? {
    get { details.first?.isBootVGA }
    set { set(newValue, .bootVGA) { $0.isBootVGA = newValue } }
  }

  /// The name of the physical slot.
  public var slotName: String? {
    get { details.first?.slotName }
    set { set(newValue, .slotName) { $0.slotName = newValue } }
  }

  /// The firmware's label (SMBIOS type 41 or ACPI _DSM).
  public var label: String? {
    get { details.first?.label }
    set { set(newValue, .label) { $0.label = newValue } }
  }

  /// The driver name written to `driver_override`.
  public var driverOverride: String? {
    get { details.first?.driverOverride }
    set { set(newValue, .driverOverride) { $0.driverOverride = newValue } }
  }

  /// Its configuration space, as far as it was read.
  public var configuration: ConfigurationSpace? {
    get { details.first?.configuration }
    set { set(newValue, []) { $0.configuration = newValue } }
  }

  /// Capabilities as a text listed them, where no bytes were recorded.
  public var listedCapabilities: [ListedCapability]? {
    get { details.first?.listedCapabilities }
    set { set(newValue, []) { $0.listedCapabilities = newValue } }
  }

  /// The vendor's and the device's name as a text printed them, where it has no ids.
  public var printedName: String? {
    get { details.first?.printedName }
    set { set(newValue, []) { $0.printedName = newValue } }
  }

  /// Whether the vendor and the device id are recorded; where not, both read `ffff`, the
  /// vendor id that no device has (PCI Local Bus 3.0, section 6.2.1).
  public var hasIdentity: Bool { !unrecorded.contains(.identity) }

  /// Vendor and device as everybody writes them, `8086:1521`, or that they are not recorded.
  public var vendorDevice: String { hasIdentity ? identity.vendorDevice : "ids not recorded" }

  /// Records of facts without a value that there is none.
  public mutating func recordAbsence(of facts: UnrecordedFacts) { unrecorded.subtract(facts) }

  /// Says of facts without a value that nothing is recorded.
  public mutating func forget(_ facts: UnrecordedFacts) { unrecorded.formUnion(facts) }

  /// Sets one of the details; nothing need be stored to hold `nil`.
  private mutating func set<Value>(
    _ value: Value?, _ fact: UnrecordedFacts, _ change: (inout FunctionDetails) -> Void
  ) {
    unrecorded.subtract(fact)
    if value == nil, details.isEmpty { return }
    if details.isEmpty { details = [FunctionDetails()] }
    change(&details[0])
    // Two records that say the same must be equal.
    if details[0].isEmpty { details = [] }
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
