// SPDX-License-Identifier: Apache-2.0

extension ClassCode {
  /// A disk behind NVM Express, 010802h.
  public static var nvme: ClassCode { ClassCode(rawValue: 0x01_0802) }
  /// A SATA controller of the AHCI kind, 010601h.
  public static var ahci: ClassCode { ClassCode(rawValue: 0x01_0601) }
  /// An Ethernet controller, 020000h.
  public static var ethernet: ClassCode { ClassCode(rawValue: 0x02_0000) }
  /// A display controller with VGA's registers, 030000h.
  public static var vga: ClassCode { ClassCode(rawValue: 0x03_0000) }
  /// A display controller without them, 030200h.
  public static var threeDimensional: ClassCode { ClassCode(rawValue: 0x03_0200) }
  /// A controller of High Definition Audio, 040300h.
  public static var highDefinitionAudio: ClassCode { ClassCode(rawValue: 0x04_0300) }
  /// A host bridge, 060000h.
  public static var hostBridge: ClassCode { ClassCode(rawValue: 0x06_0000) }
  /// A PCI-to-PCI bridge, 060400h; the ports of PCI Express are of this class.
  public static var bridge: ClassCode { ClassCode(rawValue: 0x06_0400) }
  /// A USB controller of the xHCI kind, 0c0330h.
  public static var xhci: ClassCode { ClassCode(rawValue: 0x0c_0330) }
}
