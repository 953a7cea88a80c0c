// SPDX-License-Identifier: Apache-2.0

/// What a type 2 header holds besides what all headers do: a CardBus bridge.
///
/// PC Card Standard 8.0, volume 7 (PCI to CardBus bridges).
public struct CardBusHeader: Hashable, Sendable {
  /// The window of the socket's registers, and where each was read from.
  public let socketRegisters: UInt32
  /// Bus numbers: the PCI bus, the CardBus bus, the highest bus below.
  public let buses: BridgeBuses
  /// The CardBus latency timer, in PCI clocks.
  public let latencyTimer: UInt8
  /// Two memory windows; whether each may be read ahead is in the control register.
  public let memoryWindows: [BridgeWindow]
  /// Two I/O windows.
  public let ioWindows: [BridgeWindow]
  /// The bridge control register.
  public let control: UInt16
  /// The base address of the 16-bit PC Card registers; `nil` where it was not read.
  public let legacyModeBase: UInt32?

  /// The bits of the bridge control register that a PCI bridge's does not have.
  enum Control: RegisterFields {
    static let itself = Register(0x3e, 2, "bridgeControl")
    static let cardBusReset = flag(6, "cardBusReset")
    static let interrupt16Bit = flag(7, "interrupt16Bit")
    static let prefetchMemory0 = flag(8, "prefetchMemory0")
    static let prefetchMemory1 = flag(9, "prefetchMemory1")
    static let postWrites = flag(10, "postWrites")
    static let fields = [
      cardBusReset, interrupt16Bit, prefetchMemory0, prefetchMemory1, postWrites,
    ]
  }

  init?(_ space: ConfigurationSpace) {
    guard space.headerType == .cardBus, let socket = space.doubleWord(at: 0x10),
      let buses = space.bridgeBuses, let latency = space.byte(at: 0x1b),
      let control = space.word(at: 0x3e)
    else { return nil }
    socketRegisters = socket
    self.buses = buses
    latencyTimer = latency
    self.control = control
    legacyModeBase = space.doubleWord(at: 0x44)
    var memory: [BridgeWindow] = []
    var io: [BridgeWindow] = []
    for index in 0..<2 {
      guard let memoryBase = space.doubleWord(at: 0x1c + 8 * index),
        let memoryLimit = space.doubleWord(at: 0x20 + 8 * index),
        let ioBase = space.doubleWord(at: 0x2c + 8 * index),
        let ioLimit = space.doubleWord(at: 0x30 + 8 * index)
      else { return nil }
      let isPrefetchable = [Control.prefetchMemory0, Control.prefetchMemory1][index].isSet(
        in: control)
      memory.append(
        BridgeWindow(
          kind: isPrefetchable ? .prefetchableMemory : .memory,
          base: UInt64(memoryBase & ~0xfff), limit: UInt64(memoryLimit | 0xfff),
          addressWidth: 32))
      // Bit 0 says that the upper halves of the registers count.
      let isWide = ioBase[bit: 0]
      let mask: UInt32 = isWide ? 0xffff_fffc : 0xfffc
      io.append(
        BridgeWindow(
          kind: .io, base: UInt64(ioBase & mask), limit: UInt64(ioLimit & mask | 3),
          addressWidth: isWide ? 32 : 16))
    }
    memoryWindows = memory
    ioWindows = io
  }

  /// CardBus Reset: the card is held in reset.
  public var isCardReset: Bool { Control.cardBusReset.isSet(in: control) }
  /// Interrupts of 16-bit cards go to the interrupt controller and not to INTx.
  public var routes16BitInterrupts: Bool { Control.interrupt16Bit.isSet(in: control) }
  /// Writes to the card are posted.
  public var postsWrites: Bool { Control.postWrites.isSet(in: control) }
}

extension ConfigurationSpace {
  /// What a type 2 header holds; `nil` for another header or where it was not read.
  public var cardBusHeader: CardBusHeader? { CardBusHeader(self) }
}
