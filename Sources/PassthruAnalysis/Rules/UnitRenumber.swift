// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Names of other devices move when this one is handed over.
  static let unitRenumber: Rule = Rule(
    id: "unit.renumber", consumers: [.bhyve],
    meaning: "FreeBSD counts the units of each driver anew at every boot. A device that pptdevs "
      + "takes away from its driver leaves no hole: every later device of the driver moves up "
      + "by one, and rc.conf, pf.conf and others still name the old units.",
    decision: "Devices of the same driver come later in the order of attachment, and no hint "
      + "wires them. Today's units are compared with the model first.",
    source: "FreeBSD sys/kern/subr_bus.c, devclass_alloc_unit; seen on 12.1 and 15 with "
      + "pptdevs=\"1/0/1\""
  ) { context in
    guard !context.isBridgeOrChipset, let units = context.tables.units else { return [] }
    let function = context.host.functions[context.index]
    if let reason = units.boot.unknown(function) {
      return [
        Rule.unitRenumber.finding(
          .unknown, "not known whether units move at the next boot: " + reason,
          remedy: "run as root where passthru bound it; dmesg names the driver that it had",
          isDecisive: false)
      ]
    }
    guard let driver = units.boot.driver(of: function), driver.unit != nil, driver.name != "ppt",
      let model = units.drivers[driver.name]
    else { return [] }
    let remedy =
      "edit the files that name them, or keep the names with hints in /boot/loader.conf "
      + "(FreeBSD 12.0 and later); the plan lists both"
    if let contradiction = model.contradiction {
      return [
        Rule.unitRenumber.finding(
          .unknown,
          "cannot predict the units of \(driver.name) at the next boot: "
            + contradiction, remedy: "check the names after the reboot: pciconf -l",
          isDecisive: false)
      ]
    }
    guard model.wired[context.index] == nil,
      let place = units.place(of: context.index, in: model)
    else { return [] }
    // A few tell the story, and looking at all would take the square of their number.
    let later = Array(
      (place + 1..<model.members.count).lazy
        .filter { model.wired[model.members[$0]] == nil }.prefix(9))
    guard !later.isEmpty else { return [] }
    let functions = context.host.functions
    // Each takes the unit of the one before it.
    var previous = model.units[place]
    var moves: [String] = []
    for position in later.prefix(8) {
      let unit = model.units[position]
      moves.append("\(driver.name)\(unit) becomes \(driver.name)\(previous)")
      previous = unit
    }
    if later.count > 8 { moves.append("and so on") }
    return [
      Rule.unitRenumber.finding(
        .risk, "at the next boot " + moves.joined(separator: ", "), remedy: remedy,
        related: later.prefix(8).map { functions[model.members[$0]].address })
    ]
  }
}
