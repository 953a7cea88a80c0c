// SPDX-License-Identifier: Apache-2.0

public import PCI

extension DriverInterface {
  /// A function's address as the system spells it that is told so.
  ///
  /// `0000:01:00.1`, and `pci0:1:0:1` as devctl(8) reads it.
  public func spelling(_ address: FunctionAddress) -> String {
    switch self {
    case .sysfs: address.description
    case .devctl: address.freeBSDSelector
    }
  }
}
