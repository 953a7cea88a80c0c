// SPDX-License-Identifier: Apache-2.0

/// The Multicast capability, extended id 0x0012.
///
/// PCI Express Base 6.0, section 7.9.11.
public struct Multicast: DecodedCapability {
  /// The start of its dotted field names, `multicast`.
  public static var shortName: String { "multicast" }
  /// The specification's name.
  public static var title: String { "Multicast" }

  /// Multicast Capability at +4.
  public let capability: UInt16
  /// Multicast Control at +6.
  public let control: UInt16
  /// MC_Base_Address at +8.
  public let baseAddress: UInt64
  /// MC_Receive at +0x10: bit n is group n.
  public let receive: UInt64
  /// MC_Block_All at +0x18.
  public let blockAll: UInt64
  /// MC_Block_Untranslated at +0x20.
  public let blockUntranslated: UInt64
  /// MC_Overlay_BAR at +0x28.
  public let overlay: UInt64

  /// Decodes the registers, 48 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 4),
      let control = space.word(at: offset + 6),
      let baseAddress = space.quadWord(at: offset + 8),
      let receive = space.quadWord(at: offset + 0x10),
      let blockAll = space.quadWord(at: offset + 0x18),
      let blockUntranslated = space.quadWord(at: offset + 0x20),
      let overlay = space.quadWord(at: offset + 0x28)
    else { return nil }
    self.capability = capability
    self.control = control
    self.baseAddress = baseAddress
    self.receive = receive
    self.blockAll = blockAll
    self.blockUntranslated = blockUntranslated
    self.overlay = overlay
  }

  /// Multicast groups the function can have.
  public var maxGroup: UInt16 { capability[bits: 0...5] + 1 }
  /// MC_Window_Size_Requested, as a power of two.
  public var windowSizeRequested: UInt16 { capability[bits: 8...13] }
  /// MC_ECRC_Regeneration_Supported.
  public var supportsECRCRegeneration: Bool { capability[bit: 15] }

  /// Multicast groups in use.
  public var numberOfGroups: UInt16 { control[bits: 0...5] + 1 }
  /// MC_Enable.
  public var isEnabled: Bool { control[bit: 15] }

  /// MC_Index_Position.
  public var indexPosition: UInt64 { baseAddress[bits: 0...5] }
  /// MC_Base_Address, in bytes.
  public var base: UInt64 { baseAddress & 0xfffffffffffff000 }

  /// MC_Overlay_Size, as a power of two; below 6 there is no overlay.
  public var overlaySize: UInt64 { overlay[bits: 0...5] }
  /// MC_Overlay_BAR, in bytes.
  public var overlayBase: UInt64 { overlay & 0xffffffffffffffc0 }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capability), UInt64(control), UInt64(baseAddress), UInt64(receive), UInt64(blockAll),
      UInt64(blockUntranslated), UInt64(overlay),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .number(0...5, "maxGroup", adding: 1),
          .number(8...13, "windowSizeRequested"),
          .flag(15, "ecrcRegenerationSupported"),
        ]),
      RegisterTable(
        "control",
        [
          .number(0...5, "numberOfGroups", adding: 1),
          .flag(15, "enable"),
        ]),
      RegisterTable(
        "baseAddress",
        [
          .number(0...5, "indexPosition"),
          .address(12...63, "base", digits: 16),
        ]),
      .hexadecimal("receive", digits: 16),
      .hexadecimal("blockAll", digits: 16),
      .hexadecimal("blockUntranslated", digits: 16),
      RegisterTable(
        "overlay",
        [
          .number(0...5, "overlaySize"),
          .address(6...63, "overlayBase", digits: 16),
        ]),
    ]
  }
}
