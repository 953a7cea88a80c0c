// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

extension Machine {
  /// Predicts the unit numbers after the next boot of a FreeBSD host.
  ///
  /// - Parameters:
  ///   - functions: The functions that `pptdevs` will name.
  /// - Returns: What moves, and for what no prediction is possible. Nothing
  ///   moves on a system without unit numbers.
  public func renumbering(handingOver functions: Set<FunctionAddress>) -> RenumberingPrediction {
    UnitModel(host: self, topology: Topology(self)).renumbering(
      handingOver: functions, host: self)
  }
}

extension UnitModel {
  /// Predicts the unit numbers after the next boot, from a model that is made.
  ///
  /// - Parameters:
  ///   - functions: The functions that `pptdevs` will name.
  ///   - host: The machine that the model was made of.
  public func renumbering(
    handingOver functions: Set<FunctionAddress>, host: Machine
  ) -> RenumberingPrediction {
    var prediction = RenumberingPrediction()
    let concerned = Set(
      host.functions.compactMap { function -> String? in
        guard functions.contains(function.address), let driver = boot.driver(of: function),
          driver.unit != nil, driver.name != "ppt"
        else { return nil }
        return driver.name
      })
    for function in host.functions where functions.contains(function.address) {
      guard let reason = boot.unknown(function), let driver = function.driver else { continue }
      prediction.unpredictable.append(
        .init(driver: "the driver that had \(driver) before", reason: reason))
    }
    for name in concerned.sorted() {
      guard let driver = drivers[name] else { continue }
      if let counters = UnitNames.counters(behind: name),
        !SharedCounter.all.contains(where: { $0.isPredictable(behind: name, host) })
      {
        prediction.counters.append("handing \(name) over also renumbers \(counters)")
      }
      if let contradiction = driver.contradiction {
        prediction.unpredictable.append(.init(driver: name, reason: contradiction))
        continue
      }
      let moves = moves(of: driver, without: functions, host)
      prediction.moves.append(contentsOf: moves)
      prediction.hints.append(contentsOf: moves.compactMap { $0.hint })
    }
    for counter in SharedCounter.all {
      prediction.moves.append(contentsOf: counter.moves(without: functions, host))
    }
    countPassthrough(functions, host, into: &prediction)
    return prediction
  }

  private func moves(
    of driver: Driver, without functions: Set<FunctionAddress>, _ host: Machine
  ) -> [Renumbering] {
    let staying = driver.members.indices.filter {
      !functions.contains(host.functions[driver.members[$0]].address)
    }
    let after = Self.assign(
      staying.map { driver.members[$0] }, reserved: driver.reserved, wired: driver.wired)
    var moves: [Renumbering] = []
    for (place, unit) in zip(staying, after) where unit != driver.units[place] {
      let from = driver.units[place]
      moves.append(
        Renumbering(
          driver: driver.name, address: host.functions[driver.members[place]].address, from: from,
          to: unit, names: names(of: driver.name, unit: from, driver.members[place], host)))
    }
    return moves.sorted { $0.from < $1.from }
  }

  /// The names that carry a unit, and today's names of what the driver made of the device.
  private func names(of driver: String, unit: Int, _ index: Int, _ host: Machine) -> [String] {
    var names = UnitNames.names(of: driver, unit: unit)
    let address = host.functions[index].address
    for child in host.childDevices where child.function == address {
      // USB buses and sound devices are counted over all drivers.
      if SharedCounter.all.contains(where: { $0.kind == child.kind }) { continue }
      if !names.contains(child.name) { names.append(child.name) }
    }
    return names
  }

  /// Counts ppt units: those in use now and the new ones, in attach order.
  private func countPassthrough(
    _ functions: Set<FunctionAddress>, _ host: Machine, into prediction: inout RenumberingPrediction
  ) {
    let present = drivers["ppt"]
    if let contradiction = present?.contradiction {
      prediction.unpredictable.append(.init(driver: "ppt", reason: contradiction))
      return
    }
    var members = Set(present?.members ?? [])
    for (index, function) in host.functions.enumerated()
    where functions.contains(function.address) { members.insert(index) }
    guard
      let order = orders.indices.contains(present?.order ?? 0) ? orders[present?.order ?? 0] : nil
    else { return }
    let sorted = members.sorted { order.rank[$0] < order.rank[$1] }
    let after = Self.assign(sorted, reserved: present?.reserved ?? [], wired: present?.wired ?? [:])
    for (index, unit) in zip(sorted, after) {
      let function = host.functions[index]
      prediction.passthroughUnits.append(.init(address: function.address, unit: unit))
      if let driver = function.driver, driver.name == "ppt", let from = driver.unit, from != unit {
        prediction.moves.append(
          Renumbering(
            driver: "ppt", address: function.address, from: from, to: unit,
            names: ["ppt\(from)"]))
      }
    }
  }
}
