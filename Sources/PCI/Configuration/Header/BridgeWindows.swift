// SPDX-License-Identifier: Apache-2.0

/// The three windows of a PCI-to-PCI bridge.
///
/// PCI-to-PCI Bridge Architecture 1.2, sections 3.2.5.6 to 3.2.5.12; PCI
/// Express Base 6.0, section 7.5.1.3. A window says what the bridge would pass
/// on; it does so only where the command register enables the space.
public struct BridgeWindows: Hashable, Sendable {
  /// The I/O window, in steps of 4 KiB.
  ///
  /// `nil` where base and limit read zero, with which a bridge says that it
  /// has none. A window of the first 4 KiB reads the same: the two cannot be
  /// told apart without writing to the register.
  public let io: BridgeWindow?
  /// The memory window, in steps of 1 MiB, below 4 GiB.
  public let memory: BridgeWindow
  /// The prefetchable memory window, in steps of 1 MiB.
  ///
  /// `nil` where base and limit read zero, as in a bridge without one.
  public let prefetchableMemory: BridgeWindow?
}

extension ConfigurationSpace {
  /// The windows of a type 1 header; `nil` for another header or where it was not read.
  public var bridgeWindows: BridgeWindows? {
    guard headerType == .bridge, let ioBase = byte(at: 0x1c), let ioLimit = byte(at: 0x1d),
      let memoryBase = word(at: 0x20), let memoryLimit = word(at: 0x22),
      let prefetchBase = word(at: 0x24), let prefetchLimit = word(at: 0x26),
      let upperBase = doubleWord(at: 0x28), let upperLimit = doubleWord(at: 0x2c),
      let ioUpperBase = word(at: 0x30), let ioUpperLimit = word(at: 0x32)
    else { return nil }
    var io: BridgeWindow?
    if ioBase != 0 || ioLimit != 0 {
      // Bits 3:0 are 1 for 32-bit addresses, whose upper halves are at 0x30.
      let isWide = ioBase & 0xf == 1
      io = BridgeWindow(
        kind: .io,
        base: UInt64(ioBase & 0xf0) << 8 | (isWide ? UInt64(ioUpperBase) << 16 : 0),
        limit: UInt64(ioLimit & 0xf0) << 8 | 0xfff | (isWide ? UInt64(ioUpperLimit) << 16 : 0),
        addressWidth: isWide ? 32 : 16)
    }
    var prefetchable: BridgeWindow?
    if prefetchBase != 0 || prefetchLimit != 0 {
      let isWide = prefetchBase & 0xf == 1
      prefetchable = BridgeWindow(
        kind: .prefetchableMemory,
        base: UInt64(prefetchBase & 0xfff0) << 16 | (isWide ? UInt64(upperBase) << 32 : 0),
        limit: UInt64(prefetchLimit & 0xfff0) << 16 | 0xf_ffff
          | (isWide ? UInt64(upperLimit) << 32 : 0),
        addressWidth: isWide ? 64 : 32)
    }
    return BridgeWindows(
      io: io,
      memory: BridgeWindow(
        kind: .memory, base: UInt64(memoryBase & 0xfff0) << 16,
        limit: UInt64(memoryLimit & 0xfff0) << 16 | 0xf_ffff, addressWidth: 32),
      prefetchableMemory: prefetchable)
  }
}

extension ConfigurationSpace {
  /// The windows of a bridge of either kind; `nil` for another header or where it was not read.
  ///
  /// I/O, memory and prefetchable memory of a PCI bridge, those that it has; two of
  /// memory and two of I/O of a CardBus bridge. Closed ones are among them.
  public var windows: [BridgeWindow]? {
    if let bridge = bridgeWindows {
      return [bridge.io, bridge.memory, bridge.prefetchableMemory].compactMap { $0 }
    }
    return cardBusHeader.map { $0.memoryWindows + $0.ioWindows }
  }
}
