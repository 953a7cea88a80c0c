// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What a function's `resource` attribute says.
///
/// One line a resource: first address, last address, flags, each `0x` and 16
/// digits (drivers/pci/pci-sysfs.c, `resource_show`). Lines 0 to 5 are the base
/// address registers, 6 is the expansion ROM, then the virtual functions'
/// registers where the kernel knows SR-IOV, then four bridge windows where a
/// bus is below the function.
struct ResourceLines {
  /// The BARs, in index order.
  var registers: [BaseAddressRegister] = []
  /// How many lines there are.
  var lineCount = 0
  /// Whether a register of virtual functions has a size and no address.
  var lacksVirtualWindows = false
  /// Whether a line was not as the kernel writes it.
  var isMalformed = false

  /// Whether the kernel printed bridge windows: a bus is below the function.
  ///
  /// 7 or 13 lines are an endpoint's, without and with SR-IOV in the kernel;
  /// 11 and 17 a bridge's. Linux up to 3.x printed one more for a bridge (12,
  /// 18), since its count included the end of the list: seen in recordings of
  /// Linux 2.6.32.
  var hasBridgeWindows: Bool? {
    switch lineCount {
    case 7, 13: false
    case 11, 12, 17, 18: true
    default: nil
    }
  }

  /// The flags of a resource (include/linux/ioport.h), a userspace ABI.
  private enum Flag {
    static let io: UInt64 = 0x100
    static let memory: UInt64 = 0x200
    static let prefetch: UInt64 = 0x2000
    /// Bit 3 of the register: kernels before 2.6.35 had another flag word.
    static let registerPrefetch: UInt64 = 0x8
    static let memory64: UInt64 = 0x10_0000
    static let disabled: UInt64 = 0x1000_0000
    static let unset: UInt64 = 0x2000_0000
    static let romEnabled: UInt64 = 0x1
  }

  /// The length of a line as the kernel writes it, with its end.
  private static let lineLength = 57

  /// Reads the attribute.
  init(_ bytes: Span<UInt8>) {
    let count = Self.registerCount(bytes)
    if count > 0 { registers.reserveCapacity(count) }
    var start = 0
    while start < bytes.count {
      if lineCount < 7 {
        let end = readLine(bytes, from: start)
        start = end + 1
      } else if bytes.count - start >= Self.lineLength, bytes[start + Self.lineLength - 1] == 0x0a {
        start += Self.lineLength
      } else {
        start = bytes.lineEnd(from: start) + 1
      }
      lineCount += 1
    }
    guard lineCount == 13 || lineCount == 17, bytes.count >= 13 * Self.lineLength else { return }
    for line in 7..<13 {
      // The digit with bits 28 to 31 of the flags.
      var digit = line * Self.lineLength + 48
      let end = digit + 1
      guard let bits = bytes.extracting(first: end).hexadecimal(&digit) else { continue }
      if bits & (Flag.unset >> 28) != 0 { lacksVirtualWindows = true }
    }
  }

  /// How many of the first seven lines are not empty, if they are as the kernel
  /// writes them: so much memory is taken, and no more.
  private static func registerCount(_ bytes: Span<UInt8>) -> Int {
    var count = 0
    for line in 0..<7 {
      let flags = line * lineLength + 40
      // Sixteen characters "0".
      let zeros: UInt64 = 0x3030_3030_3030_3030
      guard let high = bytes.word(at: flags), let low = bytes.word(at: flags + 8) else { break }
      if high != zeros || low != zeros { count += 1 }
    }
    return count
  }

  /// Reads one line and returns where it ends.
  private mutating func readLine(_ bytes: Span<UInt8>, from start: Int) -> Int {
    let regularEnd = start + Self.lineLength - 1
    if regularEnd < bytes.count, bytes[regularEnd] == 0x0a,
      let flags = bytes.sixteenDigits(at: start + 40)
    {
      // The flags are last: an empty line needs no more than them.
      if flags == 0 { return regularEnd }
      if let first = bytes.sixteenDigits(at: start + 2),
        let last = bytes.sixteenDigits(at: start + 21), bytes[start + 18] == 0x20,
        bytes[start + 37] == 0x20
      {
        append(first: first, last: last, flags: flags)
        return regularEnd
      }
    }
    var position = start
    guard let first = bytes.prefixedHexadecimal(&position), bytes.skip(0x20, &position),
      let last = bytes.prefixedHexadecimal(&position), bytes.skip(0x20, &position),
      let flags = bytes.prefixedHexadecimal(&position),
      position == bytes.count || bytes[position] == 0x0a
    else {
      isMalformed = true
      return bytes.lineEnd(from: start)
    }
    if flags != 0 { append(first: first, last: last, flags: flags) }
    return position
  }

  private mutating func append(first: UInt64, last: UInt64, flags: UInt64) {
    let kind: BaseAddressRegister.Kind
    if lineCount == 6 {
      kind = .expansionROM
    } else if flags & Flag.io != 0 {
      kind = .io
    } else if flags & Flag.memory != 0 {
      // The low byte repeats the register's low bits (PCI Local Bus 3.0,
      // section 6.2.5.1); kernels before 2.6.30 have only those.
      if flags & Flag.memory64 != 0 || flags & 0x6 == 0x4 {
        kind = .memory64
      } else {
        kind = flags & 0x6 == 0x2 ? .memoryBelow1MiB : .memory32
      }
    } else {
      isMalformed = true
      return
    }
    let isUnset = flags & Flag.unset != 0
    // From zero to all ones would be 2^64 bytes: no BAR.
    let distance = last >= first ? last - first : .max
    var isEnabled: Bool?
    if flags & Flag.disabled != 0 || (kind == .expansionROM && flags & Flag.romEnabled == 0) {
      isEnabled = false
    }
    registers.append(
      BaseAddressRegister(
        index: UInt8(truncatingIfNeeded: lineCount), kind: kind,
        // The kernel marks every ROM prefetchable; its register has no such bit.
        isPrefetchable: kind != .io && kind != .expansionROM
          && flags & (Flag.prefetch | Flag.registerPrefetch) != 0, isEnabled: isEnabled,
        address: isUnset ? nil : first, size: distance == .max ? nil : distance + 1))
  }
}
