// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Machine {
  /// Fills in what is above each function, from the bridges' bus numbers.
  ///
  /// For sources that have no device path: hexadecimal dumps, `pciconf -B`,
  /// /dev/pci. A bus that no bridge names is a root bus if no bridge's numbers
  /// are missing; otherwise only the lowest bus of a domain is taken as one.
  public mutating func deriveUpstream() {
    var bridgeOfBus: [BusAddress: FunctionAddress] = [:]
    var hasUnnumberedBridge = false
    for function in functions {
      let isBridge =
        function.headerType == .bridge || function.headerType == .cardBus
        || (function.headerType == nil && function.classCode?.baseAndSubClass == 0x0604)
      guard isBridge else { continue }
      guard let buses = function.bridge else {
        hasUnnumberedBridge = true
        continue
      }
      guard buses.isValid(above: function.address.bus) else { continue }
      let below = BusAddress(domain: function.address.domain, bus: buses.secondary)
      if bridgeOfBus[below] == nil { bridgeOfBus[below] = function.address }
    }
    var lowestBus: [UInt32: UInt8] = [:]
    for function in functions {
      let address = function.address
      lowestBus[address.domain] = min(lowestBus[address.domain] ?? 255, address.bus)
    }
    for index in functions.indices where functions[index].upstream == .unknown {
      let address = functions[index].address
      if let bridge = bridgeOfBus[address.busAddress] {
        functions[index].upstream = .bridge(bridge)
      } else if !hasUnnumberedBridge || address.bus == lowestBus[address.domain] {
        functions[index].upstream = .rootBus(address.busAddress)
      }
    }
    // A virtual function is where its physical one is, even on a bus of its own
    // that no bridge names (PCI Express Base 6.0, section 9.2.1.2).
    let upstreams = functions.map { $0.upstream }
    let positions = AddressIndex(functions)
    for index in functions.indices {
      guard let physical = functions[index].physicalFunction,
        let position = positions.position(of: physical)
      else { continue }
      functions[index].upstream = upstreams[position]
    }
    let unplaced = functions.count { $0.upstream == .unknown }
    if unplaced > 0 {
      gaps.append(
        Gap(
          .host, "topology",
          reason: "\(unplaced) functions are behind bridges whose bus numbers were not recorded",
          remedy: source.kind == .pciconf
            ? "record with pciconf -lvbcB (FreeBSD 12.1 and later), as root"
            : "record the configuration space of the bridges"))
    }
  }

  /// Fills in whether each device has several functions, where siblings show it.
  ///
  /// Header bit 7 is in no text that pciconf or lspci print.
  public mutating func deriveMultiFunction() {
    func slot(_ index: Int) -> UInt64 {
      let address = functions[index].address
      return UInt64(address.domain) << 16 | UInt64(address.requesterID >> 3)
    }
    var order = functions.indices.filter { functions[$0].physicalFunction == nil }
    // Most sources are in address order already, and a bus can be large.
    let isInOrder = order.indices.dropFirst().allSatisfy { slot(order[$0 - 1]) <= slot(order[$0]) }
    if !isInOrder { order.sort { slot($0) < slot($1) } }
    for place in order.indices.dropFirst() where slot(order[place - 1]) == slot(order[place]) {
      functions[order[place - 1]].isMultiFunction = true
      functions[order[place]].isMultiFunction = true
    }
  }
}
