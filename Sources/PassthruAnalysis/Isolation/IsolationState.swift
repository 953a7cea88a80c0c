// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Whether a function keeps peers from reaching each other through or within it.
///
/// Linux, drivers/pci/pci.c, `pci_acs_enabled`, asked for Source Validation, P2P
/// Request Redirect, P2P Completion Redirect and Upstream Forwarding.
enum IsolationState: Hashable, Sendable {
  /// A row of the quirk table says so.
  case quirkIsolates(name: String)
  /// A row of the quirk table says that it does not.
  case quirkDoesNotIsolate(name: String)
  /// All services that the hardware has are on.
  case servicesOn
  /// A single-function endpoint or upstream port has no peers within.
  case singleFunction
  /// Conventional PCI has no ACS.
  case conventional
  /// Bridges to and from conventional PCI, and event collectors, never count as isolating.
  case neverIsolates(PortType)
  /// It has no ACS capability.
  case noCapability
  /// It has ACS, with these services off.
  case servicesOff(supported: UInt16, enabled: UInt16, missing: UInt16)
  /// A fact is missing; it is taken not to isolate.
  case unknown(String)

  /// Whether it isolates, as far as is known.
  var isolates: Bool {
    switch self {
    case .quirkIsolates, .servicesOn, .singleFunction: true
    case .quirkDoesNotIsolate, .conventional, .neverIsolates, .noCapability, .servicesOff,
      .unknown:
      false
    }
  }

  /// The fact that is missing; `nil` where none is.
  var missingFact: String? {
    if case .unknown(let fact) = self { fact } else { nil }
  }

  /// Why, as the end of a sentence that starts with the function.
  var explanation: String {
    switch self {
    case .quirkIsolates(let name): "isolates by its vendor's word (\(name))"
    case .quirkDoesNotIsolate(let name): "does not isolate by its vendor's word (\(name))"
    case .servicesOn: "has ACS, and all that it needs is on"
    case .singleFunction: "has one function only"
    case .conventional: "is conventional PCI, which has no ACS"
    case .neverIsolates: "never isolates"
    case .noCapability: "has no ACS capability"
    case .servicesOff(let supported, let enabled, let missing):
      "has ACS, but \(Self.names(missing)) \(missing & (missing - 1) == 0 ? "is" : "are") "
        + "supported and off (capability 0x\(hexadecimal(supported)), "
        + "control 0x\(hexadecimal(enabled)))"
    case .unknown(let fact): "is taken not to isolate: \(fact)"
    }
  }

  /// The services in the specification's words.
  private static func names(_ services: UInt16) -> String {
    var names: [String] = []
    if services & 0x01 != 0 { names.append("Source Validation") }
    if services & 0x04 != 0 { names.append("P2P Request Redirect") }
    if services & 0x08 != 0 { names.append("P2P Completion Redirect") }
    if services & 0x10 != 0 { names.append("Upstream Forwarding") }
    if services & 0x20 != 0 { names.append("P2P Egress Control") }
    return names.joined(separator: ", ")
  }
}
