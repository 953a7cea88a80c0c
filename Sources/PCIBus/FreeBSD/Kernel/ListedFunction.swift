// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// One function as FreeBSD's kernel lists it, with the kernel's own numbers.
///
/// `struct pci_conf` of pci(4); the C shim has taken it out of its layout.
package struct ListedFunction: Hashable, Sendable {
  /// The domain.
  package var domain: UInt32
  /// The bus.
  package var bus: UInt8
  /// The device, which the kernel calls slot.
  package var device: UInt8
  /// The function; above 7 under ARI.
  package var function: UInt8
  /// The header type without the multi-function bit, which the kernel takes out.
  package var headerType: UInt8
  /// The vendor id.
  package var vendorID: UInt16
  /// The device id.
  package var deviceID: UInt16
  /// The subsystem's vendor id; 0 where there is none.
  package var subsystemVendorID: UInt16
  /// The subsystem id.
  package var subsystemID: UInt16
  /// The class code, 24 bits.
  package var classCode: UInt32
  /// The revision.
  package var revisionID: UInt8
  /// The driver's name; empty where none is attached.
  package var driver: String
  /// The driver's unit; without a meaning where there is no driver.
  package var unit: UInt64
  /// Secondary and subordinate bus, from kernels of 2026 on.
  package var buses: ReportedBuses?
  /// The NUMA domain, from FreeBSD 15 on.
  package var numaDomain: Int32?

  /// The bus numbers that a kernel reports of a bridge.
  package struct ReportedBuses: Hashable, Sendable {
    /// The bus right below the bridge.
    package var secondary: UInt8
    /// The highest bus below the bridge.
    package var subordinate: UInt8

    /// Records the numbers.
    package init(secondary: UInt8, subordinate: UInt8) {
      self.secondary = secondary
      self.subordinate = subordinate
    }
  }

  /// Starts from an address and ids; everything else is absent.
  package init(
    domain: UInt32, bus: UInt8, device: UInt8, function: UInt8, vendorID: UInt16,
    deviceID: UInt16
  ) {
    self.domain = domain
    self.bus = bus
    self.device = device
    self.function = function
    self.vendorID = vendorID
    self.deviceID = deviceID
    headerType = 0
    subsystemVendorID = 0
    subsystemID = 0
    classCode = 0
    revisionID = 0
    driver = ""
    unit = 0
  }

  /// What pciconf would print of the address, whether it can exist or not.
  package var selector: String { "pci\(domain):\(bus):\(device):\(function)" }
}
