// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The units that `hint.DRIVER.UNIT.at` lines of a FreeBSD host keep.
///
/// Such a unit is not given to any device but the one at the place that it
/// names. A PCI place is `pciB:S:F` or `pciD:B:S:F` (FreeBSD 12.0 and later,
/// sys/dev/pci/pci.c, `pci_hint_device_unit`).
struct UnitHints: Sendable {
  /// The units that are kept, by driver.
  private(set) var reserved: [String: Set<Int>] = [:]
  /// The place that a kept unit is wired to, by driver.
  private var places: [String: [FunctionAddress: Int]] = [:]

  init(_ host: Machine) {
    for variable in host.freeBSD?.kernelEnvironment ?? [] {
      // hint.em.2.at; a driver's name can hold no dot.
      let parts = variable.name.utf8.split(separator: UInt8(ascii: "."))
      guard parts.count == 4, parts[0].elementsEqual("hint".utf8),
        parts[3].elementsEqual("at".utf8), let driver = String(parts[1])
      else { continue }
      var reader = NumberReader(parts[2])
      guard let unit = reader.decimal(), reader.isAtEnd else { continue }
      reserved[driver, default: []].insert(Int(unit))
      if let place = Self.place(variable.value) { places[driver, default: [:]][place] = Int(unit) }
    }
  }

  /// The address of `pci0:10:0:0`; with three numbers the domain is 0.
  private static func place(_ text: String) -> FunctionAddress? {
    guard text.utf8.starts(with: "pci".utf8) else { return nil }
    let numbers = text.dropFirst(3)
    guard numbers.utf8.count(where: { $0 == UInt8(ascii: ":") }) >= 2 else { return nil }
    return FunctionAddress(freeBSDNumbers: numbers)
  }

  /// The units that are wired to functions of a driver, by the function's position.
  func wired(_ driver: String, _ members: [Int], _ functions: [Function]) -> [Int: Int] {
    guard let places = places[driver] else { return [:] }
    var wired: [Int: Int] = [:]
    for index in members {
      if let unit = places[functions[index].address] { wired[index] = unit }
    }
    return wired
  }
}
