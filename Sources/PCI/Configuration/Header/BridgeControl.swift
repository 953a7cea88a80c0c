// SPDX-License-Identifier: Apache-2.0

/// The bridge control register, offset 0x3e of a type 1 header.
///
/// PCI-to-PCI Bridge Architecture 1.2, section 3.2.5.18; PCI Express Base 6.0,
/// section 7.5.1.3.13.
public struct BridgeControl: Hashable, Sendable, RawRepresentable, RegisterFields {
  /// The register's bits.
  public let rawValue: UInt16

  /// Wraps the register's bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  static let itself = Register(0x3e, 2, "bridgeControl")
  /// Parity Error Response Enable, on the secondary side.
  public static let parityErrorResponse = flag(0, "parityErrorResponse")
  /// SERR# Enable: errors of the secondary side are passed on.
  public static let serrEnable = flag(1, "serrEnable")
  /// ISA Enable: the upper 768 bytes of each 1 KiB of I/O space are not passed on.
  public static let isaEnable = flag(2, "isaEnable")
  /// VGA Enable: the addresses of a VGA device are passed on.
  public static let vgaEnable = flag(3, "vgaEnable")
  /// VGA 16-bit Decode.
  public static let vga16BitDecode = flag(4, "vga16BitDecode")
  /// Master Abort Mode: a master abort is reported.
  public static let masterAbortMode = flag(5, "masterAbortMode")
  public static let secondaryBusReset = flag(6, "secondaryBusReset")
  /// Fast Back-to-Back Transactions Enable, on the secondary side.
  public static let fastBackToBack = flag(7, "fastBackToBack")
  /// Primary Discard Timer: 2^10 clocks and not 2^15.
  public static let primaryDiscardTimer = flag(8, "primaryDiscardTimer")
  /// Secondary Discard Timer: 2^10 clocks and not 2^15.
  public static let secondaryDiscardTimer = flag(9, "secondaryDiscardTimer")
  /// Discard Timer Status: a timer ran out.
  public static let discardTimerStatus = flag(10, "discardTimerStatus")
  public static let discardTimerSERREnable = flag(11, "discardTimerSERREnable")
  static let fields = [
    parityErrorResponse, serrEnable, isaEnable, vgaEnable, vga16BitDecode, masterAbortMode,
    secondaryBusReset, fastBackToBack, primaryDiscardTimer, secondaryDiscardTimer,
    discardTimerStatus, discardTimerSERREnable,
  ]

  /// Whether a bit is set, by the field that declares it.
  public func isSet(_ field: RegisterField) -> Bool { field.isSet(in: rawValue) }
}

extension ConfigurationSpace {
  /// The bridge control register of a type 1 header.
  public var bridgeControl: BridgeControl? {
    guard headerType == .bridge else { return nil }
    return word(at: 0x3e).map(BridgeControl.init(rawValue:))
  }

  /// The status register of a bridge's secondary side: 0x1e, or 0x16 in a type 2 header.
  public var secondaryStatus: StatusRegister? {
    switch headerType {
    case .some(.bridge): word(at: 0x1e).map(StatusRegister.init(rawValue:))
    case .some(.cardBus): word(at: 0x16).map(StatusRegister.init(rawValue:))
    default: nil
    }
  }
}
