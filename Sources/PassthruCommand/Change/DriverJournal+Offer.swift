// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost

extension DriverJournal {
  /// What to say where a change was cut off, by a crash or by hand; `nil` where none was.
  var offer: String? {
    let cutOff = self.cutOff
    guard !cutOff.isEmpty else { return nil }
    let functions = cutOff.map { $0.address.description }.joined(separator: " ")
    if isBeingChanged {
      return "another passthru is changing drivers right now (\(functions)): wait for it"
    }
    return "a change of drivers was cut off (\(functions)): passthru restore shows what is left, "
      + "passthru restore --apply puts it back"
  }
}
