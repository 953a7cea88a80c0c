// SPDX-License-Identifier: Apache-2.0

/// A way in which Linux can reset one function.
///
/// The names are those of the sysfs attribute `reset_method` (Linux 5.15 and
/// later; drivers/pci/pci.c, `pci_reset_fn_methods`).
public struct ResetMethod: Hashable, Sendable, RawRepresentable {
  /// Linux's name of the method.
  public let rawValue: String

  /// Names a method; any name is allowed, since kernels add methods.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A reset that Linux knows for this device only.
  public static let deviceSpecific = ResetMethod(rawValue: "device_specific")
  /// The firmware's `_RST` method.
  public static let acpi = ResetMethod(rawValue: "acpi")
  /// Function level reset of the PCI Express capability.
  public static let functionLevel = ResetMethod(rawValue: "flr")
  /// Function level reset of the Advanced Features capability.
  public static let advancedFeatures = ResetMethod(rawValue: "af_flr")
  /// A transition to D3hot and back.
  public static let powerManagement = ResetMethod(rawValue: "pm")
  /// A reset of the whole secondary bus.
  public static let bus = ResetMethod(rawValue: "bus")
  /// A reset of the CXL bus.
  public static let cxlBus = ResetMethod(rawValue: "cxl_bus")
}
