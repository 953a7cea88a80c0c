// SPDX-License-Identifier: Apache-2.0

import PCI
import PCINames

/// Reads the input as a pci.ids; the first eight bytes are the ids asked for.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard bytes.count >= 8 else { return 0 }
  func id(_ index: Int) -> UInt16 { UInt16(bytes[2 * index]) | UInt16(bytes[2 * index + 1]) << 8 }
  let names = NameDatabase(bytes: Array(bytes[8...]))
  let chips: [(UInt16, UInt16)] = [(id(0), id(1)), (0x8086, 0x1521), (0x8086, 0x1522)]
  for (vendor, device) in chips {
    let found = [
      names.vendor(vendor), names.device(device, vendor: vendor), names.vendor(id(2)),
      names.subsystem(id(3), subsystemVendor: id(2), device: device, vendor: vendor),
    ]
    for name in found {
      // A name is never empty, and never drives a terminal.
      if let name {
        precondition(!name.isEmpty && name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f })
      }
    }
    _ = names.classNames(ClassCode(rawValue: UInt32(vendor) << 8))
  }
  _ = names.classNames(ClassCode(rawValue: 0x0c0330))
  let wanted = chips.map { Identity(vendorID: $0.0, deviceID: $0.1, subsystemVendorID: id(2)) }
  // Wherever the pieces of a file end, the same lines are taken; of a line longer
  // than any of a pci.ids the end is dropped where a piece ends in it.
  let whole = excerpt(Array(bytes[8...]), wanted, pieces: bytes.count)
  let pieces = excerpt(Array(bytes[8...]), wanted, pieces: Int(id(3) % 97) + 1)
  let hasLongLines = bytes.split(separator: 0x0a).contains { $0.count > 4000 }
  precondition(hasLongLines || whole == pieces)
  _ = NameDatabase(bytes: whole).vendor(id(0))
  return 0
}

private func excerpt(_ bytes: [UInt8], _ wanted: [Identity], pieces length: Int) -> [UInt8] {
  var excerpt = NameExcerpt(for: wanted)
  for start in stride(from: 0, to: bytes.count, by: length) {
    excerpt.add(Array(bytes[start..<min(start + length, bytes.count)]))
  }
  excerpt.finish()
  return excerpt.bytes
}
