// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

extension Machine {
  /// Looks up the ids of functions of which a text printed the names alone.
  ///
  /// Where no name of the list is theirs, or several are, they stay without, and the machine's
  /// gap `identity` says so.
  public mutating func identify(by names: NameDatabase) {
    var known: [String: Identity] = [:]
    for index in functions.indices where !functions[index].hasIdentity {
      guard let name = functions[index].printedName,
        let identity = known[name] ?? names.identity(named: name)
      else { continue }
      known[name] = identity
      functions[index].identity.vendorID = identity.vendorID
      functions[index].identity.deviceID = identity.deviceID
      functions[index].recordAbsence(of: .identity)
    }
    let left = functions.count { !$0.hasIdentity }
    gaps.removeAll { $0.fact == "identity" }
    guard left > 0 else { return }
    gaps.append(
      Gap(
        .host, "identity",
        reason: "\(left) of \(functions.count) functions: no device of this pci.ids, or several, "
          + "has the name that is printed",
        remedy: "record with lspci -nn"))
  }
}
