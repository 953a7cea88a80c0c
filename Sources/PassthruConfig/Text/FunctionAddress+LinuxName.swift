// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension FunctionAddress {
  /// The function's name in Linux's sysfs: `0000:06:10.2`.
  ///
  /// Linux splits the eight bits of device and function in every name
  /// (drivers/pci/probe.c, `pci_setup_device`), under ARI too: function 0x82 of
  /// device 0 is `10.2` there.
  var linuxName: String {
    FunctionAddress(domain: domain, bus: bus, deviceFunction: deviceFunction).description
  }
}
