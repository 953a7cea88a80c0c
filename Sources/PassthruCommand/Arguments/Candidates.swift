// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PCIRecords
internal import PassthruReport

/// Words that a shell may offer.
enum Candidates {
  /// The kinds of recording that `--as` knows.
  static var recordKinds: [String] { ["sysfs"] + RecordKind.allCases.map { $0.rawValue } }

  /// The ways to name a host's functions that are names or addresses.
  static func selectors(_ host: Machine) -> [String] {
    let spelling = AddressSpelling(host)
    var words: [String] = []
    for function in host.functions {
      words.append(spelling.short(function.address))
      if let driver = function.driver, driver.unit != nil { words.append(driver.description) }
    }
    for child in host.childDevices { words.append(child.name) }
    var seen = Set<String>()
    return words.filter { seen.insert($0).inserted }
  }

  /// The ways to reset that the kernel has for any function of a host.
  static func resetMethods(_ host: Machine) -> [String] {
    var words: [String] = []
    for method in host.functions.flatMap({ $0.resetMethods ?? [] })
    where !words.contains(method.rawValue) {
      words.append(method.rawValue)
    }
    return words
  }
}
