// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension JoinedPair {
  /// What would part the two, in a sentence without a full stop.
  ///
  /// `slots` are isolated, and `ports` are too but show no slot.
  func remedy(slots: [IsolatedSlot], ports: [IsolatedSlot]) -> String {
    let functions = index.host.functions
    for (above, below) in [(left, right), (right, left)]
    where functions[above].isBridge == true && facts.way(to: below).contains(above) {
      return "nothing, and nothing has to: \(functions[above].address) is a port above "
        + "\(functions[below].address), and stays with the host"
    }
    var ways: [String] = []
    if reasons.contains(where: { $0.kind == .identity }) {
      ways.append("switching VMD off in the firmware's setup")
    }
    let move = move(slots, ports)
    if let move { ways.append(move) }
    if let firmware {
      ways.append(move == nil ? firmware + "; not a slot: " + whyNothing : firmware)
    }
    return ways.isEmpty ? "nothing: " + whyNothing : ways.joined(separator: "; or ")
  }

  // MARK: Moving a card

  /// What can be taken out of the machine with a function in it.
  private struct Card {
    /// The function.
    var function: Int
    /// The port that the card is behind.
    var port: Int
    /// Whether the port shows a slot, so that it is a card for sure.
    var isCertain: Bool
  }

  private func card(of function: Int) -> Card? {
    guard facts.identityOf[function] == nil, !index.isPartOfChipset(function) else { return nil }
    let above = facts.way(to: function).dropLast().reversed().filter {
      facts.portTypes[$0] == .rootPort || facts.portTypes[$0] == .downstreamPort
    }
    if let port = above.first(where: { facts.implementsSlot[$0] == true }) {
      return Card(function: function, port: port, isCertain: true)
    }
    // A conventional card may be on any board.
    guard let port = above.first, facts.isExpress[function] != false else { return nil }
    return Card(function: function, port: port, isCertain: false)
  }

  private func move(_ slots: [IsolatedSlot], _ ports: [IsolatedSlot]) -> String? {
    let cards = [left, right].compactMap { card(of: $0) }
    let isOneCard = cards.count == 2 && cards[0].port == cards[1].port
    let movable = cards.filter { areApart(movingFrom: facts.way(to: $0.port)) }
    guard let first = movable.first else {
      return isOneCard && areOneDevice && [left, right].allSatisfy(isUnknown)
        ? "another slot, if their device keeps its functions apart, which is not known" : nil
    }
    let addresses = movable.map { index.host.functions[$0.function].address.description }
    let what = isOneCard ? "their card" : addresses.count == 2 ? "one of them" : addresses[0]
    let doubt =
      movable.allSatisfy { $0.isCertain }
      ? "" : isOneCard ? " (if it is one)" : " (if it is a card)"
    func isTarget(_ slot: IsolatedSlot) -> Bool {
      guard let port = index.position(of: slot.port) else { return false }
      let way = facts.way(to: port)
      return movable.contains { !way.contains($0.port) }
        && ![left, right].contains { facts.way(to: $0).contains(port) }
    }
    let places = slots.filter(isTarget)
    let free = places.filter { !$0.isOccupied }
    var text = "moving \(what)\(doubt) "
    if let slot = free.first {
      text += "to the slot under \(slot.port), which is empty and isolated"
      if free.count > 1 { text += " (or one of \(free.count - 1) more)" }
    } else if let slot = places.first {
      text += "to the slot under \(slot.port), which is isolated, and occupied now"
    } else {
      let others = ports.filter(isTarget)
      guard let port = others.first(where: { !$0.isOccupied }) ?? others.first else { return nil }
      let isShown = index.position(of: port.port).map { facts.implementsSlot[$0] } == false
      text +=
        "behind \(port.port), which is isolated and "
        + (port.isOccupied ? "occupied now" : "has nothing behind it")
        + ", if the board has a slot there ("
        + (isShown ? "the port shows none" : "whether the port has one is not recorded") + ")"
    }
    if isOneCard, areOneDevice, first.function == left {
      text += ": there the device itself keeps its functions apart"
    }
    return text
  }

  private var areOneDevice: Bool {
    let functions = index.host.functions
    return functions[left].address.isInSameSlot(as: functions[right].address)
      && functions[left].physicalFunction == nil && functions[right].physicalFunction == nil
  }

  private func isUnknown(_ index: Int) -> Bool { facts.states[index].missingFact != nil }

  // MARK: Firmware

  /// ACS that the firmware keeps off or hides, where nothing but the machine's own ports
  /// and functions lacks it.
  ///
  /// Firmware has done so: coreboot for the APU2's root ports (pcengines/apu2-documentation
  /// issue 236), and setups with options for ACS and AER on boards with AMD's chipsets.
  private var firmware: String? {
    func isMachines(_ hop: Int) -> Bool {
      (facts.bridgeAbove[hop] == nil || index.isPartOfChipset(hop)) && !isUnknown(hop)
    }
    func names(_ hops: [Int], _ word: String) -> String {
      let addresses = hops.map { index.host.functions[$0].address.description }
      guard let last = addresses.last, addresses.count > 1 else { return addresses.first ?? "" }
      return addresses.dropLast().joined(separator: ", ") + " \(word) \(last)"
    }
    let hops: String
    switch mending {
    case .impossible: return nil
    case .oneOf(let list):
      let own = list.filter(isMachines)
      guard !own.isEmpty else { return nil }
      hops = names(own, "or")
    case .allOf(let list):
      guard list.allSatisfy(isMachines) else { return nil }
      hops = names(list, "and")
    }
    return "firmware that gives \(hops) ACS (an update, or the setup's options for ACS and AER: "
      + "some boards have them)"
  }

  private var whyNothing: String {
    if let bridge = reasons.first(where: { $0.kind == .bridge })?.hop {
      return "everything behind \(bridge) has one requester id, in every slot behind it; a PCI "
        + "Express card in a slot of its own would be apart"
    }
    if index.isPartOfChipset(left) || index.isPartOfChipset(right) {
      return "they are parts of the processor or chipset, and no slot helps"
    }
    if areOneDevice {
      return "functions of one device that does not isolate them stay together in every slot; "
        + "only another device parts them"
    }
    return "no other slot of this machine is isolated"
  }
}
