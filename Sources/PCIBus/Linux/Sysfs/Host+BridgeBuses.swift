// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Host {
  /// Infers the bus numbers of bridges from what is below them.
  ///
  /// The attributes `secondary_bus_number` and `subordinate_bus_number` read
  /// configuration space, so they are not used. The secondary bus is the lowest
  /// right below the bridge (virtual functions may be on later ones); a bridge
  /// with nothing below it is found in `/sys/class/pci_bus`. The subordinate
  /// bus is the highest that exists below.
  mutating func inferBridgeBuses(_ location: SysfsLocation) {
    let positions = indexByAddress
    var secondary = [UInt8?](repeating: nil, count: functions.count)
    var known: Set<BusAddress> = []
    for function in functions {
      known.insert(function.address.busAddress)
      guard case .bridge(let address) = function.upstream, let parent = positions[address],
        address.domain == function.address.domain
      else { continue }
      secondary[parent] = min(secondary[parent] ?? .max, function.address.bus)
    }
    var highest = secondary
    func note(_ bus: UInt8, at position: Int) {
      highest[position] = max(highest[position] ?? 0, bus)
    }
    for function in functions {
      if case .bridge(let address) = function.upstream, let parent = positions[address],
        address.domain == function.address.domain
      {
        note(function.address.bus, at: parent)
      }
    }
    let isUnsettled = functions.indices.contains {
      functions[$0].isInferredBridge && secondary[$0] == nil
    }
    if isUnsettled, let sysfs = location.sysfs, let root = try? Directory.open(sysfs),
      let buses = try? root.directory("class/pci_bus"), let names = try? buses.names()
    {
      var buffer = ReadBuffer()
      for index in 0..<names.count {
        guard let bus = names.storage.span.busAddress(in: names.range(index)),
          !known.contains(bus), buses.readLink(names, index, into: &buffer) == .read
        else { continue }
        // .../0000:00:1c.0/pci_bus/0000:01
        let bytes = buffer.storage.span.extracting(first: buffer.count)
        let own = bytes.lastComponent(before: bytes.count)
        let folder = bytes.lastComponent(before: own.lowerBound)
        let above = bytes.lastComponent(before: folder.lowerBound)
        guard let bridge = bytes.functionAddress(in: above), let position = positions[bridge],
          bridge.domain == bus.domain
        else { continue }
        secondary[position] = min(secondary[position] ?? .max, bus.bus)
        note(bus.bus, at: position)
      }
    }
    // From the highest bus down, so that a bridge is settled before the one above it.
    let order = functions.indices.sorted { functions[$0].address > functions[$1].address }
    for position in order {
      let address = functions[position].address
      guard let bus = secondary[position], let last = highest[position], bus > address.bus,
        functions[position].isInferredBridge
      else { continue }
      functions[position].bridge = BridgeBuses(primary: nil, secondary: bus, subordinate: last)
      if case .bridge(let above) = functions[position].upstream, let parent = positions[above],
        above.domain == address.domain
      {
        note(last, at: parent)
      }
    }
  }
}

extension Function {
  /// Whether its header is taken for that of a bridge with a bus below.
  fileprivate var isInferredBridge: Bool { headerType == .bridge || headerType == .cardBus }
}
