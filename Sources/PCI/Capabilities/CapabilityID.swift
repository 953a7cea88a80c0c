// SPDX-License-Identifier: Apache-2.0

/// The id of a standard or an extended capability.
///
/// PCI Code and ID Assignment Specification 1.16, sections 2 and 3.
public enum CapabilityID: Hashable, Sendable {
  /// A capability of the list that starts at 0x34.
  case standard(StandardCapabilityID)
  /// A capability of the list that starts at 0x100.
  case extended(ExtendedCapabilityID)
}

/// The id of a capability in the first 256 bytes.
public struct StandardCapabilityID: Hashable, Sendable, RawRepresentable {
  /// The number of the capability.
  public let rawValue: UInt8

  /// Names a capability by its number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
}

/// The id of a capability in extended configuration space.
public struct ExtendedCapabilityID: Hashable, Sendable, RawRepresentable {
  /// The number of the capability.
  public let rawValue: UInt16

  /// Names a capability by its number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
}

extension CapabilityID {
  /// The short name that starts dotted field names: `pcie`, `acs`; `cap-2a` for an unknown one.
  public var shortName: String {
    if let kind = CapabilityCatalogue.kind(of: self) { return kind.shortName }
    return switch self {
    case .standard(let id): "cap-" + id.rawValue.hexadecimal(width: 2)
    case .extended(let id): "ecap-" + id.rawValue.hexadecimal(width: 4)
    }
  }

  /// The specification's name; the id in hexadecimal for an unknown one.
  public var title: String {
    if let kind = CapabilityCatalogue.kind(of: self) { return kind.title }
    return switch self {
    case .standard: "Capability " + hexadecimalDescription
    case .extended: "Extended capability " + hexadecimalDescription
    }
  }

  /// The number, as JSON and the tables show it: `0x10`, `0x000d`.
  public var hexadecimalDescription: String {
    switch self {
    case .standard(let id): "0x" + id.rawValue.hexadecimal(width: 2)
    case .extended(let id): "0x" + id.rawValue.hexadecimal(width: 4)
    }
  }

  /// The names of the fields that a capability with this id can have.
  ///
  /// Each starts with the short name: `pcie.linkCapabilities.maxSpeed`. `N`
  /// stands for an index. An id that is not decoded has its bytes only.
  public var fieldNames: [String] {
    var names: [String] = []
    // PCI-X has two layouts with fields in common.
    let decoders = CapabilityCatalogue.all.filter { $0.kind.id == self }
    for name in decoders.flatMap({ $0.fieldNames() }) + ["bytes"] {
      let full = shortName + "." + name
      if !names.contains(full) { names.append(full) }
    }
    return names
  }
}
