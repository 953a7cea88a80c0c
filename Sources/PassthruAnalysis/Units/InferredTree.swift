// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The trees that a list without the bridges' bus numbers allows.
///
/// `pciconf -l` prints no bus numbers of bridges (only `-B` of FreeBSD 12.1 and
/// later does). But every bus has a bridge that attached as `pcibN`, units are
/// given in pre-order, and units that no listed function has are host bridges.
/// Buses are listed in the same order, so that each bus belongs to a later unit
/// than the bus before it; and the first bridge on a bus has the unit after
/// that of the bus's own bridge.
struct InferredTree: Sendable {
  /// The possible parents of all buses: the likeliest first, then the extremes.
  ///
  /// Each holds for every bus the position of the function it is behind, or
  /// `nil` for a root bus. Empty where the bridges' units fit no tree.
  let alternatives: [[Int?]]

  init(_ host: Machine, buses: BusSequence) {
    let functions = host.functions
    // The maker of each bus is a unit of pcib: a listed function, or a host bridge.
    var functionOfUnit: [Int: Int] = [:]
    var lastUnit = -1
    for (index, function) in functions.enumerated() {
      guard let driver = function.driver, driver.name == "pcib", let unit = driver.unit,
        unit >= 0, unit < 4 * functions.count + 64
      else { continue }
      functionOfUnit[unit] = index
      lastUnit = max(lastUnit, unit)
    }
    // Host bridges after the last listed unit have buses without bridges.
    let makers = lastUnit + 1 + buses.buses.count
    let fixed = buses.members.map { members in
      members.compactMap { index -> Int? in
        guard let driver = functions[index].driver, driver.name == "pcib" else { return nil }
        return driver.unit.map { $0 - 1 }
      }.min()
    }
    let listed = functionOfUnit
    // A driver vmd makes the first bus of a domain of its own, without a pcib.
    let given = Self.domainMakers(functions, buses)
    let places = buses.buses.indices.filter { given[$0] == nil }
    func isPossible(_ maker: Int, for place: Int) -> Bool {
      if let fixed = fixed[place] { return maker == fixed }
      guard let index = listed[maker] else { return true }
      let isSameDomain = functions[index].address.domain == buses.buses[place].domain
      return buses.busOf[index] < place && isSameDomain && !Self.hasNoLink(functions[index])
    }
    func assign(_ choose: (_ place: Int, _ from: Int, _ through: Int) -> Int?) -> [Int]? {
      var assigned: [Int] = []
      for place in places {
        let from = (assigned.last ?? -1) + 1
        guard from < makers, let maker = choose(place, from, makers - 1) else { return nil }
        assigned.append(maker)
      }
      return assigned
    }
    guard
      let lowest = assign({ place, from, through in
        (from...through).first { isPossible($0, for: place) }
      }),
      let highest = Self.latest(places, makers, isPossible)
    else {
      alternatives = []
      return
    }
    var latest: [Int: Int] = [:]
    for (place, maker) in zip(places, highest) { latest[place] = maker }
    // Firmware numbers buses in pre-order and gives an empty port one number.
    var previous = -1
    let likely = assign { place, from, through in
      let upper = min(latest[place] ?? through, through)
      guard from <= upper else { return nil }
      // A window, so that a hostile list cannot make this quadratic.
      let possible = (from...min(upper, from + 512)).filter { isPossible($0, for: place) }
      var wanted = from
      if place > 0, buses.buses[place].domain == buses.buses[place - 1].domain {
        let step = Int(buses.buses[place].bus) - Int(buses.buses[place - 1].bus)
        if step > 0 { wanted = previous + step }
      }
      let choice = possible.min { abs($0 - wanted) < abs($1 - wanted) }
      if let choice { previous = choice }
      return choice
    }
    var found: [[Int?]] = []
    for makers in [likely, lowest, highest] {
      guard let makers else { continue }
      var parents = [Int?](repeating: nil, count: buses.buses.count)
      for (place, maker) in zip(places, makers) { parents[place] = listed[maker] }
      for (place, maker) in given { parents[place] = maker }
      if !found.contains(parents) { found.append(parents) }
    }
    alternatives = found
  }

  /// The latest maker of each bus, from the last bus to the first.
  private static func latest(
    _ places: [Int], _ makers: Int, _ isPossible: (Int, Int) -> Bool
  ) -> [Int]? {
    var assigned: [Int] = []
    var limit = makers - 1
    for place in places.reversed() {
      guard limit >= 0, let maker = (0...limit).last(where: { isPossible($0, place) }) else {
        return nil
      }
      assigned.append(maker)
      limit = maker - 1
    }
    return assigned.reversed()
  }

  /// The functions that make the first bus of a domain, by the bus's place.
  private static func domainMakers(_ functions: [Function], _ buses: BusSequence) -> [Int: Int] {
    var makers = functions.indices.filter { functions[$0].driver?.name == "vmd" }
    guard !makers.isEmpty else { return [:] }
    var given: [Int: Int] = [:]
    var seen: Set<UInt32> = []
    for (place, bus) in buses.buses.enumerated() where seen.insert(bus.domain).inserted {
      guard let first = makers.first, functions[first].address.domain != bus.domain,
        buses.busOf[first] < place
      else { continue }
      given[place] = first
      makers.removeFirst()
    }
    return given
  }

  /// Whether the text of a port says that no link is up, so that nothing is behind it.
  private static func hasNoLink(_ function: Function) -> Bool {
    guard let listed = function.listedCapabilities else { return false }
    return listed.contains {
      $0.id == PCIExpress.id && $0.text.utf8.containsSequence("link x0(")
    }
  }
}

extension Collection<UInt8> {
  /// Whether the bytes of a short text occur in these.
  func containsSequence(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    var start = startIndex
    while start != endIndex {
      if self[start...].starts(with: wanted) { return true }
      start = index(after: start)
    }
    return wanted.isEmpty
  }
}
