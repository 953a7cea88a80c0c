// SPDX-License-Identifier: Apache-2.0

public import PCI

extension NameDatabase {
  /// The ids of a device by the names that lspci prints for it: vendor, blank, device.
  ///
  /// Where lspci's own list had no name of the device it prints `Device 2684` behind the
  /// vendor's, and `Device 10de:2684` without a name of the vendor (pciutils, lib/names.c).
  ///
  /// - Returns: `nil` where no device of this list has the name, or several have.
  public func identity(named name: String) -> Identity? {
    let name = Array(name.utf8)
    var found: Set<Identity> = []
    if let numbers = Self.afterDevice(name[...]), numbers.count == 9,
      numbers[numbers.startIndex + 4] == UInt8(ascii: ":"),
      let vendor = Self.number(numbers.prefix(4)), let device = Self.number(numbers.suffix(4))
    {
      return Identity(vendorID: vendor, deviceID: device)
    }
    for vendor in vendors {
      guard let own = text.name(at: Int(vendor.start) + 4), let id = UInt16(exactly: vendor.id),
        name.count > own.utf8.count + 1, name.starts(with: own.utf8),
        name[own.utf8.count] == 0x20
      else { continue }
      let rest = name[(own.utf8.count + 1)...]
      if let number = Self.afterDevice(rest).flatMap(Self.number) {
        found.insert(Identity(vendorID: id, deviceID: number))
      }
      for device in devices(of: Int(vendor.start), named: rest) {
        found.insert(Identity(vendorID: id, deviceID: device))
      }
    }
    return found.count == 1 ? found.first : nil
  }

  /// What stands behind `Device `, or `Unknown device ` as lspci printed before 2.2.4.
  private static func afterDevice(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    for word in ["Device ", "Unknown device "] where name.starts(with: word.utf8) {
      return name.dropFirst(word.utf8.count)
    }
    return nil
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt16? {
    guard digits.count == 4 else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// The devices of the vendor whose line starts at a position that have a name.
  private func devices(of start: Int, named name: ArraySlice<UInt8>) -> [UInt16] {
    var found: [UInt16] = []
    var line = text.lineAfter(start)
    while let position = line, text.depth(at: position) != 0 || !text.isEntry(at: position) {
      if text.depth(at: position) == 1, let id = text.hexadecimal(at: position + 1, digits: 4),
        let own = text.name(at: position + 5), own.utf8.elementsEqual(name),
        let number = UInt16(exactly: id)
      {
        found.append(number)
      }
      line = text.lineAfter(position)
    }
    return found
  }
}
