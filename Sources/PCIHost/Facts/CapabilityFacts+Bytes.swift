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
    for entry in list.entries { record(Capability(entry, in: space).body, entry, space) }
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

  private mutating func record(
    _ body: Capability.Body, _ entry: CapabilityEntry, _ space: ConfigurationSpace
  ) {
    recordPresence(entry.id)
    switch body {
    case .powerManagement(let capability):
      keepsStateInD3hot = capability.keepsStateInD3hot
    case .messageSignaledInterrupts(let capability):
      msiVectors = capability.vectorsCapable
    case .messageSignaledInterruptsExtended(let capability):
      // Table Size is encoded as one less: PCI Local Bus 3.0, section 6.8.2.3.
      msixVectors = (capability.control & 0x7ff) + 1
    case .pciExpress(let capability):
      portType = capability.portType
      supportsFunctionLevelReset = capability.supportsFunctionLevelReset
      if capability.version >= 2, capability.portType.isDownstreamFacing,
        let capabilities2 = space.doubleWord(at: entry.offset + 0x24),
        let control2 = space.word(at: entry.offset + 0x28)
      {
        forwardsAlternativeRoutingID = capabilities2[bit: 5] && control2[bit: 5]
      }
    case .advancedFeatures(let capability):
      supportsAdvancedFeaturesReset = capability.supportsFunctionLevelReset
      advancedFeaturesShowPending = capability.hasTransactionsPending
    case .accessControlServices(let capability):
      accessControlSupported = capability.supported
      accessControlEnabled = capability.enabled
    case .singleRootIOVirtualization(let capability):
      virtualFunctions = VirtualFunctionState(
        total: capability.totalVirtualFunctions,
        enabled: capability.isEnabled ? capability.numberOfVirtualFunctions : 0)
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
