// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// How addresses are written in reports on one host.
///
/// Linux's hexadecimal form for Linux; FreeBSD's own selector for FreeBSD, so
/// that what is read can be typed into that system's tools. Domains are left
/// out of Linux's form while all are 0.
public struct AddressSpelling: Sendable {
  let isFreeBSD: Bool
  let hasDomains: Bool

  /// Chooses the spelling for a host.
  public init(_ host: Machine) {
    isFreeBSD = host.system.family == .freebsd || host.system.family == .dragonfly
    hasDomains = host.hasSeveralDomains
  }

  /// An address in a table or a sentence.
  public func short(_ address: FunctionAddress) -> String {
    if isFreeBSD { return address.freeBSDSelector }
    return hasDomains ? address.description : address.shortDescription
  }

  /// Several addresses, separated by spaces.
  public func list(_ addresses: [FunctionAddress]) -> String {
    addresses.map { short($0) }.joined(separator: " ")
  }
}
