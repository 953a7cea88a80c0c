// SPDX-License-Identifier: Apache-2.0

/// The driver that holds a function.
///
/// FreeBSD has a unit besides the driver's name (`em` and 1, not `em1`);
/// Linux has none.
public struct DriverBinding: Hashable, Sendable {
  /// The driver's name, without the unit: `em`, `vfio-pci`, `nvme`.
  public var name: String
  private var storedUnit: Int32?

  /// Names a driver and its unit.
  public init(name: String, unit: Int? = nil) {
    self.name = name
    storedUnit = unit.flatMap { Int32(exactly: $0) }
  }

  /// FreeBSD's unit number; `nil` on Linux.
  ///
  /// The kernel's number is a C `int`; one that is not reads as `nil`.
  public var unit: Int? {
    get { storedUnit.map { Int($0) } }
    set { storedUnit = newValue.flatMap { Int32(exactly: $0) } }
  }
}

extension DriverBinding: CustomStringConvertible {
  /// The driver as its system spells it: `em1` on FreeBSD, `nvme` on Linux.
  public var description: String {
    if let unit { name + String(unit) } else { name }
  }
}
