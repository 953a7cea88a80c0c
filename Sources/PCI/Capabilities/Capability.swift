// SPDX-License-Identifier: Apache-2.0

/// One capability of a function, with its registers decoded where they are known.
public struct Capability: Hashable, Sendable {
  /// The registers of a capability.
  public enum Body: Hashable, Sendable {
    /// Power Management.
    case powerManagement(PowerManagement)
    /// Message Signaled Interrupts.
    case messageSignaledInterrupts(MessageSignaledInterrupts)
    /// MSI-X.
    case messageSignaledInterruptsExtended(MessageSignaledInterruptsExtended)
    /// PCI Express.
    case pciExpress(PCIExpress)
    /// Advanced Features.
    case advancedFeatures(AdvancedFeatures)
    /// Access Control Services.
    case accessControlServices(AccessControlServices)
    /// Alternative Routing-ID Interpretation.
    case alternativeRoutingID(AlternativeRoutingID)
    /// Single Root I/O Virtualization.
    case singleRootIOVirtualization(SingleRootIOVirtualization)
    /// A capability this library does not decode.
    case undecoded
    /// A known capability of which too few bytes were read.
    case truncated
  }

  /// Which capability it is, where, and its version.
  public let entry: CapabilityEntry
  /// Its registers.
  public let body: Body

  /// Decodes the capability that a list entry points to.
  public init(_ entry: CapabilityEntry, in space: ConfigurationSpace) {
    self.entry = entry
    self.body = Body(entry, in: space)
  }

  /// The short name that starts its dotted field names: `pcie`.
  public var shortName: String { entry.id.shortName }
  /// The specification's name.
  public var title: String { entry.id.title }
  /// Every field, in register order; empty where nothing was decoded.
  public var fields: [Field] { body.fields }
}

extension Capability.Body {
  init(_ entry: CapabilityEntry, in space: ConfigurationSpace) {
    let offset = entry.offset
    self =
      switch entry.id {
      case .standard(.powerManagement):
        PowerManagement(space, at: offset).map { .powerManagement($0) } ?? .truncated
      case .standard(.messageSignaledInterrupts):
        MessageSignaledInterrupts(space, at: offset).map { .messageSignaledInterrupts($0) }
          ?? .truncated
      case .standard(.messageSignaledInterruptsExtended):
        MessageSignaledInterruptsExtended(space, at: offset).map {
          .messageSignaledInterruptsExtended($0)
        } ?? .truncated
      case .standard(.pciExpress):
        PCIExpress(space, at: offset).map { .pciExpress($0) } ?? .truncated
      case .standard(.advancedFeatures):
        AdvancedFeatures(space, at: offset).map { .advancedFeatures($0) } ?? .truncated
      case .extended(.accessControlServices):
        AccessControlServices(space, at: offset).map { .accessControlServices($0) } ?? .truncated
      case .extended(.alternativeRoutingID):
        AlternativeRoutingID(space, at: offset).map { .alternativeRoutingID($0) } ?? .truncated
      case .extended(.singleRootIOVirtualization):
        SingleRootIOVirtualization(space, at: offset).map { .singleRootIOVirtualization($0) }
          ?? .truncated
      default: .undecoded
      }
  }

  var fields: [Field] {
    switch self {
    case .powerManagement(let body): body.fields
    case .messageSignaledInterrupts(let body): body.fields
    case .messageSignaledInterruptsExtended(let body): body.fields
    case .pciExpress(let body): body.fields
    case .advancedFeatures(let body): body.fields
    case .accessControlServices(let body): body.fields
    case .alternativeRoutingID(let body): body.fields
    case .singleRootIOVirtualization(let body): body.fields
    case .undecoded, .truncated: []
    }
  }
}

extension ConfigurationSpace {
  /// Every capability, decoded, in list order.
  public var capabilities: [Capability] {
    capabilityList.entries.map { Capability($0, in: self) }
  }

  /// The offset of the first capability with an id, without decoding the rest.
  public func offset(of id: CapabilityID) -> Int? {
    capabilityList.entries.first { $0.id == id }?.offset
  }
}
