// SPDX-License-Identifier: Apache-2.0

extension ConfigurationSpace {
  /// Bytes one after the other, or `nil` where one of them was not read.
  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0, offset <= bytes.count, bytes.count - offset >= count else {
      return nil
    }
    return Array(bytes[offset..<offset + count])
  }

  /// 16-bit registers one after the other, or `nil` where one of them was not read.
  func words(at offset: Int, count: Int) -> [UInt16]? {
    var values: [UInt16] = []
    for index in 0..<max(count, 0) {
      guard let value = word(at: offset + 2 * index) else { return nil }
      values.append(value)
    }
    return values
  }

  /// 32-bit registers one after the other, or `nil` where one of them was not read.
  func doubleWords(at offset: Int, count: Int) -> [UInt32]? {
    var values: [UInt32] = []
    for index in 0..<max(count, 0) {
      guard let value = doubleWord(at: offset + 4 * index) else { return nil }
      values.append(value)
    }
    return values
  }

  /// The port type of the PCI Express capability; `nil` without one.
  var portType: PortType? {
    guard let offset = offset(of: .standard(.pciExpress)), let flags = word(at: offset + 2)
    else { return nil }
    return PortType(rawValue: UInt8(flags[bits: 4...7]))
  }

  /// How many lanes the function's link has at most; 0 where it has no link.
  ///
  /// Registers with an element for each lane are as long as the Maximum Link
  /// Width of the PCI Express capability says.
  var linkLaneCount: Int {
    guard let offset = offset(of: .standard(.pciExpress)),
      let capability = PCIExpress(self, at: offset), let width = capability.maximumLinkWidth
    else { return 0 }
    return min(Int(width), 32)
  }
}
