// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension RuleContext {
  /// How a function can be reset between two guests.
  enum ResetAbility: Hashable, Sendable {
    /// By itself.
    case own
    /// By a change of its power state (FreeBSD's second choice).
    case power
    /// With everything on its bus only.
    case bus
    /// Not at all.
    case none
    /// Not known.
    case unknown
  }

  /// How the consumer can reset the function.
  var resetAbility: ResetAbility {
    switch consumer {
    case .vfio: linuxReset
    case .bhyve: freeBSDReset
    }
  }

  /// What shows that nothing resets it.
  var resetEvidence: String {
    switch consumer {
    case .vfio where function.resetMethods.value(ifNotRecorded: nil) != nil:
      "the kernel offers no reset method"
    case .vfio, .bhyve:
      capabilities.hasPowerManagement == true
        ? "no Function Level Reset, and it keeps its state in D3hot"
        : "no Function Level Reset and no Power Management"
    }
  }

  /// What is missing where it is not known how the function is reset.
  var unrecordedReset: String {
    let facts = capabilities
    if facts.hasPowerManagement == true, facts.keepsStateInD3hot == nil,
      facts.supportsFunctionLevelReset == false
    {
      return "whether it keeps its state in D3hot (No_Soft_Reset) is not recorded"
    }
    if facts.supportsFunctionLevelReset != nil, facts.hasPowerManagement != nil,
      facts.supportsAdvancedFeaturesReset != nil, function.upstream == .unknown
    {
      return "what is above it is not recorded"
    }
    return unreadCapabilities
  }

  /// The command that tells FreeBSD's user how the function is reset.
  ///
  /// No_Soft_Reset is bit 3 of Power Management Control/Status, four bytes into the capability
  /// (PCI Express Base 6.0, section 7.5.2.2), and no listing of pciconf prints it.
  var freeBSDResetQuestion: String {
    let selector = function.address.freeBSDSelector
    guard capabilities.hasPowerManagement == true else { return "as root: pciconf -lc " + selector }
    let listed = host.functions[index].listedCapabilities ?? []
    guard
      let offset = listed.first(where: { $0.id == PowerManagement.id })?.offset
        .flatMap({ UInt8(exactly: $0) }), offset <= 0xf8
    else { return "as root: pciconf -r, 4 bytes into Power Management: bit 3 of it" }
    return "as root: pciconf -r \(selector) 0x\((offset + 4).hexadecimal(width: 2)): it does where "
      + "bit 3 (0x8) is set"
  }

  private var linuxReset: ResetAbility {
    if let methods = function.resetMethods.value(ifNotRecorded: nil) {
      if methods.contains(where: { $0 != .bus && $0 != .cxlBus }) { return .own }
      if !methods.isEmpty { return .bus }
      return canResetBus ? .bus : .none
    }
    let facts = capabilities
    if facts.supportsFunctionLevelReset == true { return .own }
    if facts.supportsAdvancedFeaturesReset == true, facts.advancedFeaturesShowPending == true {
      return .own
    }
    if facts.hasPowerManagement == true, facts.keepsStateInD3hot == false { return .own }
    guard facts.supportsFunctionLevelReset != nil, facts.supportsAdvancedFeaturesReset != nil,
      facts.hasPowerManagement == false || facts.keepsStateInD3hot != nil,
      function.upstream != .unknown
    else { return .unknown }
    return canResetBus ? .bus : .none
  }

  private var freeBSDReset: ResetAbility {
    let facts = capabilities
    switch facts.supportsFunctionLevelReset {
    case true: return .own
    case nil: return .unknown
    case false: break
    }
    switch facts.hasPowerManagement {
    case nil: return .unknown
    case false: return .none
    case true: break
    }
    return facts.keepsStateInD3hot.map { $0 ? .none : .power } ?? .unknown
  }

  /// Whether a port above the function can reset its bus.
  ///
  /// Linux, drivers/pci/quirks.c, `quirk_no_bus_reset`: these do not come back.
  private var canResetBus: Bool {
    guard let parent = tables.topology.parents[index], host.functions[parent].isBridge == true,
      function.physicalFunction.value(ifNotRecorded: nil) == nil
    else { return false }
    let identity = function.identity
    switch (identity.vendorID, identity.deviceID) {
    case (0x10de, 0x22ce), (0x10de, 0x22d0), (0x10de, 0x2340...0x237f),
      (0x168c, 0x0030), (0x168c, 0x0032), (0x168c, 0x0033), (0x168c, 0x0034), (0x168c, 0x003c),
      (0x168c, 0x003e), (0x17cb, 0x1103), (0x17cb, 0x1107), (0x17cb, 0x0308), (0x177d, 0xa100),
      (0x104c, 0xb005), (0x1b21, 0x1164):
      return false
    default: return true
    }
  }
}
