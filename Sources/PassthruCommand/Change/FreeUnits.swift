// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The units that FreeBSD will give to the next devices of a driver.
///
/// The lowest that no device has and no `hint.NAME.UNIT.at` keeps for another
/// (sys/kern/subr_bus.c, `devclass_alloc_unit`).
struct FreeUnits {
  private var taken: Set<Int> = []

  init(of driver: String, on host: Machine) {
    for function in host.functions where function.driver?.name == driver {
      if let unit = function.driver?.unit { taken.insert(unit) }
    }
    let prefix = "hint." + driver + "."
    for variable in host.freeBSD?.kernelEnvironment ?? []
    where variable.name.hasPrefix(prefix) && variable.name.hasSuffix(".at") {
      var reader = NumberReader(variable.name.utf8.dropFirst(prefix.utf8.count))
      if let unit = reader.decimal() { taken.insert(Int(unit)) }
    }
  }

  /// The next unit.
  mutating func next() -> Int? {
    // One more than are taken: one of them is free.
    guard let unit = (0...taken.count).first(where: { !taken.contains($0) }) else { return nil }
    taken.insert(unit)
    return unit
  }
}
