// SPDX-License-Identifier: Apache-2.0

/// How a firmware table names a device: a bus, and the way from there through bridges.
///
/// Intel Virtualization Technology for Directed I/O 4.1, section 8.3.1.
public struct DeviceScope: Hashable, Sendable {
  /// What the scope names: 1 an endpoint, 2 a bridge with all below it, 3 an
  /// IOAPIC, 4 an HPET, 5 a device of the ACPI namespace.
  public var kind: UInt8
  /// The bus on which the way starts.
  public var bus: UInt8
  /// Device and function of each step, device in bits 7:3; the last is what is meant.
  public var path: [UInt8]

  /// Names a device.
  public init(kind: UInt8, bus: UInt8, path: [UInt8]) {
    self.kind = kind
    self.bus = bus
    self.path = path
  }
}
