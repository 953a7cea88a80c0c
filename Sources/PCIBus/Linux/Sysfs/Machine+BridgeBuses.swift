// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Infers the bus numbers of bridges from what is below them.
  ///
  /// The attributes `secondary_bus_number` and `subordinate_bus_number` read
  /// configuration space, so they are not used. The secondary bus is the lowest
  /// right below the bridge (virtual functions may be on later ones); a bridge
  /// with nothing below it is found in `/sys/class/pci_bus`. The subordinate
  /// bus is the highest that exists below.
  mutating func inferBridgeBuses(_ location: SysfsLocation) {
    var secondary = [UInt8?](repeating: nil, count: functions.count)
    var highest = secondary
    func note(_ bus: UInt8, at position: Int) {
      highest[position] = max(highest[position] ?? 0, bus)
    }
    // Functions are in address order, so that siblings come one after the other.
    var last: (bridge: FunctionAddress, position: Int?)?
    for index in functions.indices {
      guard case .bridge(let bridge) = functions[index].upstream else { continue }
      let address = functions[index].address
      guard bridge.domain == address.domain else { continue }
      if last?.bridge != bridge { last = (bridge, position(of: bridge)) }
      guard let parent = last?.position else { continue }
      secondary[parent] = min(secondary[parent] ?? .max, address.bus)
      note(address.bus, at: parent)
    }
    let isUnsettled = functions.indices.contains {
      functions[$0].isInferredBridge && secondary[$0] == nil
    }
    if isUnsettled, let sysfs = location.sysfs, let root = try? Directory.open(sysfs),
      let buses = try? root.directory("class/pci_bus"), let names = try? buses.names()
    {
      var buffer = ReadBuffer()
      let known = Set(functions.map(\.address.busAddress))
      for index in 0..<names.count {
        guard let bus = names.storage.span.busAddress(in: names.range(index)),
          !known.contains(bus), buses.readLink(names, index, into: &buffer) == .read
        else { continue }
        // .../0000:00:1c.0/pci_bus/0000:01
        let bytes = buffer.storage.span.extracting(first: buffer.count)
        let own = bytes.lastComponent(before: bytes.count)
        let folder = bytes.lastComponent(before: own.lowerBound)
        let above = bytes.lastComponent(before: folder.lowerBound)
        guard let bridge = bytes.functionAddress(in: above), let position = position(of: bridge),
          bridge.domain == bus.domain
        else { continue }
        secondary[position] = min(secondary[position] ?? .max, bus.bus)
        note(bus.bus, at: position)
      }
    }
    // From the highest bus down, so that a bridge is settled before the one above it.
    for index in functions.indices.reversed() {
      let address = functions[index].address
      guard let bus = secondary[index], let last = highest[index], bus > address.bus,
        functions[index].isInferredBridge
      else { continue }
      functions[index].bridge = BridgeBuses(primary: nil, secondary: bus, subordinate: last)
      if case .bridge(let above) = functions[index].upstream, above.domain == address.domain,
        let parent = position(of: above)
      {
        note(last, at: parent)
      }
    }
  }

  /// The position of a function in a list that is in address order.
  private func position(of address: FunctionAddress) -> Int? {
    var range = functions.startIndex..<functions.endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      let found = functions[middle].address
      if found == address { return middle }
      range = found < address ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }
}

extension Function {
  /// Whether its header is taken for that of a bridge with a bus below.
  fileprivate var isInferredBridge: Bool { headerType == .bridge || headerType == .cardBus }
}
