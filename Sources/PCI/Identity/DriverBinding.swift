// SPDX-License-Identifier: Apache-2.0

/// The driver that holds a function.
///
/// FreeBSD has a unit besides the driver's name (`em` and 1, not `em1`);
/// Linux has none.
public struct DriverBinding: Hashable, Sendable {
  /// The driver's name, without the unit: `em`, `vfio-pci`, `nvme`.
  public var name: String
  /// FreeBSD's unit number; `nil` on Linux.
  public var unit: Int?

  /// Names a driver and its unit.
  public init(name: String, unit: Int? = nil) {
    self.name = name
    self.unit = unit
  }
}

extension DriverBinding: CustomStringConvertible {
  /// The driver as its system spells it: `em1` on FreeBSD, `nvme` on Linux.
  public var description: String {
    if let unit { name + String(unit) } else { name }
  }
}
