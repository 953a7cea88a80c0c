// SPDX-License-Identifier: Apache-2.0

public import PCI

/// What a function's capabilities say, from its bytes or from a text that lists them.
///
/// A fact is `nil` where the recording cannot tell: too few bytes were read, a
/// capability list is broken, or the text does not print it. A capability that
/// is known to be absent is `false`, or a count of 0, and never `nil`.
public struct CapabilityFacts: Hashable, Sendable {
  /// Whether the function has a standard capability list at all.
  ///
  /// The Capabilities List bit of the status register. FreeBSD's ppt(4) emulates
  /// MSI only for a function without one.
  public var hasCapabilityList: Bool?
  /// How many vectors MSI can use; 0 without the capability.
  public var msiVectors: UInt16?
  /// How many vectors MSI-X has; 0 without the capability.
  public var msixVectors: UInt16?
  /// Whether the function has the PCI Express capability.
  public var isPCIExpress: Bool?
  /// What kind of PCI Express function it is; `nil` for a conventional one too.
  public var portType: PortType?
  /// Function level reset of the PCI Express capability; false without the capability.
  public var supportsFunctionLevelReset: Bool?
  /// Function level reset of the Advanced Features capability; false without it.
  public var supportsAdvancedFeaturesReset: Bool?
  /// Whether the Advanced Features capability shows pending transactions.
  ///
  /// Linux resets through it only where it does; false without the capability.
  public var advancedFeaturesShowPending: Bool?
  /// Whether the function has the Power Management capability.
  public var hasPowerManagement: Bool?
  /// No_Soft_Reset: state is kept from D3hot to D0, so that this is no reset.
  ///
  /// No text of pciconf prints it; `nil` without the capability too.
  public var keepsStateInD3hot: Bool?
  /// Whether the function has the ACS capability.
  public var hasAccessControlServices: Bool?
  /// The ACS services the hardware has; empty without the capability.
  public var accessControlSupported: AccessControlServices.Services?
  /// The ACS services that are switched on; empty without the capability.
  public var accessControlEnabled: AccessControlServices.Services?
  /// Whether a port forwards by function number alone: ARI Forwarding Enable.
  ///
  /// Device Control 2 bit 5 (PCI Express Base 6.0, section 7.5.3.16); false for a
  /// port that cannot, `nil` for a function that is no root or downstream port.
  public var forwardsAlternativeRoutingID: Bool?
  /// Whether a port has a slot, and no soldered device: Slot Implemented.
  ///
  /// PCI Express Capabilities bit 8 (PCI Express Base 6.0, section 7.5.3.2); `nil` for a
  /// function that is no root or downstream port.
  public var implementsSlot: Bool?
  /// Whether devices may come and go while the system runs: Hot-Plug Capable.
  ///
  /// Slot Capabilities bit 6 (section 7.5.3.9); false for a port without a slot.
  public var isHotPlugCapable: Bool?
  /// Whether the function has the ARI capability.
  public var hasAlternativeRoutingID: Bool?
  /// Whether the function has the SR-IOV capability.
  public var hasVirtualization: Bool?
  /// The counts of the SR-IOV capability; `nil` without the capability too.
  public var virtualFunctions: VirtualFunctionState?

  /// Starts with nothing known.
  public init() {}

  /// Records that no standard capability is there besides those that were seen.
  mutating func setStandardAbsent(besides seen: [CapabilityID]) {
    func isAbsent(_ id: CapabilityID) -> Bool { !seen.contains(id) }
    if isAbsent(MessageSignaledInterrupts.id) { msiVectors = 0 }
    if isAbsent(MessageSignaledInterruptsExtended.id) { msixVectors = 0 }
    if isAbsent(PCIExpress.id) {
      isPCIExpress = false
      supportsFunctionLevelReset = false
    }
    if isAbsent(AdvancedFeatures.id) {
      supportsAdvancedFeaturesReset = false
      advancedFeaturesShowPending = false
    }
    if isAbsent(PowerManagement.id) { hasPowerManagement = false }
  }

  /// Records that no extended capability is there besides those that were seen.
  mutating func setExtendedAbsent(besides seen: [CapabilityID]) {
    func isAbsent(_ id: CapabilityID) -> Bool { !seen.contains(id) }
    if isAbsent(AccessControlServices.id) {
      hasAccessControlServices = false
      accessControlSupported = []
      accessControlEnabled = []
    }
    if isAbsent(AlternativeRoutingID.id) { hasAlternativeRoutingID = false }
    if isAbsent(SingleRootIOVirtualization.id) { hasVirtualization = false }
  }

  /// Records that a capability is there though its registers are not known.
  mutating func recordPresence(_ id: CapabilityID) {
    switch id {
    case PowerManagement.id: hasPowerManagement = true
    case PCIExpress.id: isPCIExpress = true
    case AccessControlServices.id: hasAccessControlServices = true
    case AlternativeRoutingID.id: hasAlternativeRoutingID = true
    case SingleRootIOVirtualization.id: hasVirtualization = true
    default: break
    }
  }
}

extension Function {
  /// What its capabilities say, from its bytes where there are any, or else from the text.
  public var capabilityFacts: CapabilityFacts {
    if let configuration, let status = configuration.status, !configuration.isAllOnes {
      return CapabilityFacts(configuration, hasCapabilityList: status.hasCapabilityList)
    }
    if let listedCapabilities { return CapabilityFacts(listed: listedCapabilities) }
    return CapabilityFacts()
  }
}
