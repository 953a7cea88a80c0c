// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Reads the names of physical slots, and gives them to the functions in them.
  ///
  /// `slots/NAME/address` is `DDDD:BB:DD`, and on some platforms `DDDD:BB` for
  /// a slot that is a whole bus (drivers/pci/slot.c, `address_read_file`).
  mutating func readSlotNames(_ bus: borrowing Directory) {
    guard let slots = try? bus.directory("slots"), let names = try? slots.names() else { return }
    var slotNames: [UInt64: String] = [:]
    var busNames: [BusAddress: String] = [:]
    var buffer = ReadBuffer()
    for index in 0..<names.count {
      guard let slot = try? slots.directory(names, index),
        slot.read("address", into: &buffer) == .read
      else { continue }
      let bytes = buffer.storage.span.extracting(first: buffer.count)
      let end = bytes.lineEnd(from: 0)
      let name = displayText(names.storage[names.range(index)])
      if let bus = bytes.busAddress(in: 0..<end) {
        busNames[bus] = Self.preferred(busNames[bus], name)
      } else if end > 3, let bus = bytes.busAddress(in: 0..<end - 3) {
        var position = end - 2
        guard bytes[end - 3] == UInt8(ascii: ":"), let device = bytes.hexadecimal(&position),
          device < 32
        else { continue }
        let key = Self.slotKey(bus, device: UInt8(truncatingIfNeeded: device))
        slotNames[key] = Self.preferred(slotNames[key], name)
      }
    }
    for index in functions.indices {
      let address = functions[index].address
      functions[index].slotName =
        slotNames[Self.slotKey(address.busAddress, device: address.deviceFunction >> 3)]
        ?? busNames[address.busAddress]
    }
  }

  /// The shorter name, then the lesser: two drivers may name one slot.
  private static func preferred(_ old: String?, _ new: String) -> String {
    guard let old else { return new }
    return (old.utf8.count, old) < (new.utf8.count, new) ? old : new
  }

  private static func slotKey(_ bus: BusAddress, device: UInt8) -> UInt64 {
    UInt64(bus.domain) << 16 | UInt64(bus.bus) << 8 | UInt64(device)
  }
}
