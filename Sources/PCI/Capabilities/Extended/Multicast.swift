// SPDX-License-Identifier: Apache-2.0

/// The Multicast capability, extended id 0x0012.
///
/// PCI Express Base 6.0, section 7.9.11.
public struct Multicast: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x0012, "multicast", "Multicast", size: 48)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    /// Multicast groups the function can have.
    public static let maxGroup = number(0...5, "maxGroup", adding: 1)
    /// MC_Window_Size_Requested, as a power of two.
    public static let windowSizeRequested = number(8...13, "windowSizeRequested")
    /// MC_ECRC_Regeneration_Supported.
    public static let ecrcRegenerationSupported = flag(15, "ecrcRegenerationSupported")
    static let fields = [maxGroup, windowSizeRequested, ecrcRegenerationSupported]
  }

  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    /// Multicast groups in use.
    public static let numberOfGroups = number(0...5, "numberOfGroups", adding: 1)
    /// MC_Enable.
    public static let enable = flag(15, "enable")
    static let fields = [numberOfGroups, enable]
  }

  /// MC_Base_Address.
  public enum BaseAddress: RegisterFields {
    static let itself = Register(8, 8, "baseAddress")
    /// MC_Index_Position.
    public static let indexPosition = number(0...5, "indexPosition")
    /// MC_Base_Address, in bytes.
    public static let base = address(12...63, "base", digits: 16)
    static let fields = [indexPosition, base]
  }

  /// MC_Receive: bit n is group n.
  public static let receive = Register(0x10, 8, "receive").hexadecimal()
  /// MC_Block_All.
  public static let blockAll = Register(0x18, 8, "blockAll").hexadecimal()
  /// MC_Block_Untranslated.
  public static let blockUntranslated = Register(0x20, 8, "blockUntranslated").hexadecimal()

  /// MC_Overlay_BAR.
  public enum Overlay: RegisterFields {
    static let itself = Register(0x28, 8, "overlay")
    /// MC_Overlay_Size, as a power of two; below 6 there is no overlay.
    public static let overlaySize = number(0...5, "overlaySize")
    /// MC_Overlay_BAR, in bytes.
    public static let overlayBase = address(6...63, "overlayBase", digits: 16)
    static let fields = [overlaySize, overlayBase]
  }

  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, BaseAddress.fields, [receive, blockAll, blockUntranslated],
    Overlay.fields,
  ])
}
