// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension CapabilityFacts {
  /// Reads the facts from a configuration space.
  init(_ space: ConfigurationSpace, hasCapabilityList: Bool) {
    self.init()
    self.hasCapabilityList = hasCapabilityList
    guard hasCapabilityList else {
      // Without a list there is no PCI Express, and so no extended space.
      setStandardAbsent(besides: [])
      setExtendedAbsent(besides: [])
      return
    }
    let list = space.capabilityList
    for entry in list.entries { record(Capability(entry, in: space)) }
    let seen = list.entries.map { $0.id }
    if space.headerType?.baseAddressRegisterCount != nil,
      !list.defects.contains(where: { $0.isInStandardList })
    {
      setStandardAbsent(besides: seen)
    }
    if isPCIExpress == false {
      setExtendedAbsent(besides: seen)
    } else if space.count > ConfigurationSpace.conventionalSize,
      // All ones: the machine cannot reach the extended space (no ECAM).
      space.doubleWord(at: ConfigurationSpace.conventionalSize) != 0xffff_ffff,
      !list.defects.contains(where: { !$0.isInStandardList })
    {
      setExtendedAbsent(besides: seen)
    }
  }

  private mutating func record(_ capability: Capability) {
    recordPresence(capability.entry.id)
    switch capability.entry.id {
    case PowerManagement.id:
      guard let power = capability[PowerManagement.self] else { return }
      keepsStateInD3hot = power.keepsStateInD3hot
    case MessageSignaledInterrupts.id:
      guard let interrupts = capability[MessageSignaledInterrupts.self] else { return }
      msiVectors = interrupts.vectorsCapable
    case MessageSignaledInterruptsExtended.id:
      guard let interrupts = capability[MessageSignaledInterruptsExtended.self] else { return }
      msixVectors = interrupts.vectorCount
    case PCIExpress.id:
      guard let express = capability[PCIExpress.self] else { return }
      portType = express.portType
      supportsFunctionLevelReset = express.supportsFunctionLevelReset
      if express.portType.isDownstreamFacing {
        implementsSlot = express.isSet(PCIExpress.Capabilities.slotImplemented)
        isHotPlugCapable =
          implementsSlot == false
          ? false : express.isSet(PCIExpress.SlotCapabilities.hotPlugCapable)
      }
      if express.portType.isDownstreamFacing,
        let isSupported = express.isSet(PCIExpress.DeviceCapabilities2.ariForwardingSupported),
        let isEnabled = express.isSet(PCIExpress.DeviceControl2.ariForwardingEnable)
      {
        forwardsAlternativeRoutingID = isSupported && isEnabled
      }
    case AdvancedFeatures.id:
      guard let features = capability[AdvancedFeatures.self] else { return }
      supportsAdvancedFeaturesReset = features.supportsFunctionLevelReset
      advancedFeaturesShowPending = features.hasTransactionsPending
    case AccessControlServices.id:
      guard let services = capability[AccessControlServices.self] else { return }
      accessControlSupported = services.supported
      accessControlEnabled = services.enabled
    case SingleRootIOVirtualization.id:
      guard let virtualization = capability[SingleRootIOVirtualization.self] else { return }
      virtualFunctions = VirtualFunctionState(
        total: virtualization.totalVirtualFunctions,
        enabled: virtualization.isEnabled ? virtualization.numberOfVirtualFunctions : 0)
    default: break
    }
  }
}

extension PortType {
  /// Whether the function is the upper end of a link: a root or a downstream port.
  var isDownstreamFacing: Bool { self == .rootPort || self == .downstreamPort }
}

extension CapabilityList.Defect {
  /// Whether it broke the list in the first 256 bytes.
  fileprivate var isInStandardList: Bool {
    switch self {
    case .loop(let offset), .truncated(let offset, _):
      offset < ConfigurationSpace.conventionalSize
    case .badPointer(_, let source): source < ConfigurationSpace.conventionalSize
    }
  }
}
