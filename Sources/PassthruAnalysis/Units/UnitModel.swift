// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// How FreeBSD numbers the units of a host's drivers, checked against today's.
///
/// A driver's devices get the lowest free unit in the order in which they
/// attach (FreeBSD, sys/kernel/subr_bus.c, `devclass_alloc_unit`). Units that a
/// `hint.DRIVER.UNIT.at` names are kept for the place that it names.
public struct UnitModel: Sendable {
  /// What the model makes of one driver.
  public struct Driver: Hashable, Sendable {
    /// The driver's name.
    public var name: String
    /// The functions it holds, by position in the host's list, in attach order.
    public var members: [Int]
    /// The units that `members` have today.
    public var units: [Int]
    /// Why today's units do not follow; `nil` where they do.
    public var contradiction: String?
    /// The order that gives today's units.
    var order: Int
    /// The units that are not free: hints and devices that are not on PCI.
    var reserved: Set<Int>
    /// The units that hints give to members, by the member's position.
    var wired: [Int: Int]
  }

  /// The drivers with units, by name.
  public let drivers: [String: Driver]
  /// The orders that were tried.
  let orders: [AttachOrder]
  /// What held the functions at boot, where units are counted.
  let boot: BootDrivers

  /// Builds the model and checks it against the units in use.
  public init(host: Machine, topology: Topology) {
    let orders = AttachOrder.candidates(for: host, topology: topology)
    let hints = UnitHints(host)
    let boot = BootDrivers(host)
    var members: [String: [Int]] = [:]
    for (index, function) in host.functions.enumerated() {
      if let driver = boot.driver(of: function), driver.unit != nil {
        members[driver.name, default: []].append(index)
      }
    }
    var drivers: [String: Driver] = [:]
    for (name, members) in members {
      drivers[name] = Self.examine(name, members, host, boot, orders, hints)
    }
    self.orders = orders
    self.boot = boot
    self.drivers = drivers
  }

  private static func examine(
    _ name: String, _ members: [Int], _ host: Machine, _ boot: BootDrivers,
    _ orders: [AttachOrder], _ hints: UnitHints
  ) -> Driver {
    let functions = host.functions
    func unit(_ index: Int) -> Int { boot.driver(of: functions[index])?.unit ?? 0 }
    let present = Set(members.map(unit))
    var reserved = hints.reserved[name] ?? []
    let wired = hints.wired(name, members, functions)
    reserved.subtract(wired.values)
    if Self.hasDevicesOffPCI(name), let last = present.max(), last >= 0,
      last < 4 * functions.count + 64
    {
      // A number that no function has belongs to a device on another bus.
      for unit in 0...last where !present.contains(unit) { reserved.insert(unit) }
    }
    var firstMismatch: String?
    for (place, order) in orders.enumerated() {
      let sorted = members.sorted { order.rank[$0] < order.rank[$1] }
      let assigned = Self.assign(sorted, reserved: reserved, wired: wired)
      if let wrong = sorted.indices.first(where: { assigned[$0] != unit(sorted[$0]) }) {
        if firstMismatch == nil {
          let index = sorted[wrong]
          firstMismatch =
            "\(functions[index].address.freeBSDSelector) is \(name)\(unit(index)) today, "
            + "and counting in attach order makes it \(name)\(assigned[wrong])"
        }
        continue
      }
      return Driver(
        name: name, members: sorted, units: sorted.map(unit), contradiction: nil, order: place,
        reserved: reserved, wired: wired)
    }
    return Driver(
      name: name, members: members, units: members.map(unit),
      contradiction: firstMismatch ?? "no order of attachment is known", order: 0,
      reserved: reserved, wired: wired)
  }

  /// Gives units in order: the wired ones theirs, the others the lowest free.
  static func assign(_ members: [Int], reserved: Set<Int>, wired: [Int: Int]) -> [Int] {
    let kept = Set(wired.values)
    var next = 0
    return members.map { index in
      if let unit = wired[index] { return unit }
      while reserved.contains(next) || kept.contains(next) { next += 1 }
      defer { next += 1 }
      return next
    }
  }

  /// Whether a driver also has devices that no PCI list shows.
  ///
  /// Host bridges are `pcib`; UARTs, SATA and USB controllers are on ISA, in
  /// ACPI or in a device tree too, and their units come first.
  private static func hasDevicesOffPCI(_ name: String) -> Bool {
    switch name {
    case "pcib", "uart", "ata", "ahci", "sdhci", "xhci", "ehci", "ohci", "acpi_syscontainer",
      "ichsmb", "ppc", "ipmi", "hpet", "vga", "spi", "iichid":
      true
    default: false
    }
  }

  /// The names of drivers whose units follow the model, sorted.
  public var followed: [String] {
    drivers.values.filter { $0.contradiction == nil }.map { $0.name }.sorted()
  }
}

extension UnitModel {
  /// The place of a function among the members of its driver, in attach order.
  func place(of index: Int, in driver: Driver) -> Int? {
    guard orders.indices.contains(driver.order) else { return nil }
    let rank = orders[driver.order].rank
    // The members are sorted by rank.
    var low = 0
    var high = driver.members.count
    while low < high {
      let middle = (low + high) / 2
      if rank[driver.members[middle]] < rank[index] { low = middle + 1 } else { high = middle }
    }
    return low < driver.members.count && driver.members[low] == index ? low : nil
  }
}
