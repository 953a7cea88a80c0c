// SPDX-License-Identifier: Apache-2.0

/// The names on a FreeBSD system that hold a driver's unit number.
public enum UnitNames {
  /// The names that carry a unit and move with it, the commonest first.
  ///
  /// A network interface mostly has its driver's name; Mellanox cards do not.
  /// Where children are counted on their own (disks behind a controller, ports
  /// of a Chelsio card) only the names that surely hold the unit are given.
  ///
  /// - Parameters:
  ///   - driver: The driver's name without the unit: `mlx5_core`.
  ///   - unit: The unit.
  public static func names(of driver: String, unit: Int) -> [String] {
    switch driver {
    case "mlx5_core": ["mce\(unit)"]
    case "mlx4_core": ["mlxen\(unit)"]
    case "nvme": ["nvme\(unit)", "nvme\(unit)ns1"]
    case "ciss", "mps", "mpr", "mpt", "mfi", "mrsas", "arcmsr", "aac", "aacraid", "twa", "tws":
      ["\(driver)\(unit)"]
    default: ["\(driver)\(unit)"]
    }
  }

  /// What else is counted anew when a unit of a driver goes; `nil` for nothing known.
  ///
  /// These counters run over several drivers or over what is attached, so that
  /// the new numbers cannot be told from the PCI bus alone.
  public static func counters(behind driver: String) -> String? {
    switch driver {
    case "ahci", "mvs", "siis", "ata", "atapci":
      "disks (adaN, cdN, passN) and channels (ahcichN) of the controllers after it"
    case "nvme": "disks (nvdN, ndaN) of the controllers after it"
    case "ciss", "mps", "mpr", "mpt", "mfi", "mrsas", "arcmsr", "aac", "aacraid", "twa", "tws",
      "isp":
      "disks (daN, passN) of the controllers after it"
    case "xhci", "ehci", "ohci", "uhci": "USB buses (usbusN, ugenN.M) of the controllers after it"
    case "hdac": "sound devices (pcmN, dspN) of the controllers after it"
    case "vgapci": "displays (drmnN) after it"
    case "t4nex", "t5nex", "t6nex": "ports (cxgbeN, cxlN, ccN) of the cards after it"
    case "uart", "puc": "serial ports (cuauN, ttyuN) after it"
    default: nil
    }
  }
}
