// SPDX-License-Identifier: Apache-2.0

/// The bridge control register, offset 0x3e of a type 1 header.
///
/// PCI-to-PCI Bridge Architecture 1.2, section 3.2.5.18; PCI Express Base 6.0,
/// section 7.5.1.3.13.
public struct BridgeControl: Hashable, Sendable, RawRepresentable {
  /// The register's bits.
  public let rawValue: UInt16

  /// Wraps the register's bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Parity Error Response Enable, on the secondary side.
  public var isParityErrorResponseEnabled: Bool { rawValue[bit: 0] }
  /// SERR# Enable: errors of the secondary side are passed on.
  public var isSERREnabled: Bool { rawValue[bit: 1] }
  /// ISA Enable: the upper 768 bytes of each 1 KiB of I/O space are not passed on.
  public var isISAEnabled: Bool { rawValue[bit: 2] }
  /// VGA Enable: the addresses of a VGA device are passed on.
  public var isVGAEnabled: Bool { rawValue[bit: 3] }
  /// VGA 16-bit Decode.
  public var isVGA16BitDecoded: Bool { rawValue[bit: 4] }
  /// Master Abort Mode: a master abort is reported.
  public var isMasterAbortReported: Bool { rawValue[bit: 5] }
  /// Secondary Bus Reset.
  public var isSecondaryBusReset: Bool { rawValue[bit: 6] }
  /// Fast Back-to-Back Transactions Enable, on the secondary side.
  public var isFastBackToBackEnabled: Bool { rawValue[bit: 7] }
  /// Primary Discard Timer: 2^10 clocks and not 2^15.
  public var isPrimaryDiscardTimerShort: Bool { rawValue[bit: 8] }
  /// Secondary Discard Timer: 2^10 clocks and not 2^15.
  public var isSecondaryDiscardTimerShort: Bool { rawValue[bit: 9] }
  /// Discard Timer Status: a timer ran out.
  public var hasDiscardTimerExpired: Bool { rawValue[bit: 10] }
  /// Discard Timer SERR# Enable.
  public var isDiscardTimerSERREnabled: Bool { rawValue[bit: 11] }
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
