// SPDX-License-Identifier: Apache-2.0

/// What the firmware's ACPI table DMAR says of VT-d.
///
/// Intel Virtualization Technology for Directed I/O 4.1, section 8. Reading the
/// table takes root.
public struct RemappingFacts: Hashable, Sendable {
  /// One remapping unit (DRHD).
  public struct Unit: Hashable, Sendable {
    /// The PCI domain it serves.
    public var domain: UInt32
    /// Whether it serves all of the domain that no other unit names (INCLUDE_PCI_ALL).
    public var servesRest: Bool
    /// What it serves by name.
    public var scopes: [DeviceScope]

    /// Describes a unit.
    public init(domain: UInt32, servesRest: Bool, scopes: [DeviceScope]) {
      self.domain = domain
      self.servesRest = servesRest
      self.scopes = scopes
    }
  }

  /// Memory that the firmware wants mapped one to one for some devices (RMRR).
  public struct ReservedMemory: Hashable, Sendable {
    /// The PCI domain of the devices.
    public var domain: UInt32
    /// The first address.
    public var start: UInt64
    /// The last address.
    public var end: UInt64
    /// The devices.
    public var scopes: [DeviceScope]

    /// Describes a piece of memory.
    public init(domain: UInt32, start: UInt64, end: UInt64, scopes: [DeviceScope]) {
      self.domain = domain
      self.start = start
      self.end = end
      self.scopes = scopes
    }
  }

  /// The units, in the table's order.
  public var units: [Unit]
  /// How many units come before any other structure.
  ///
  /// FreeBSD's vmm reads no further (sys/amd64/vmm/intel/vtd.c, `vtd_init`).
  public var leadingUnits: Int
  /// The reserved memory, in the table's order.
  public var reservedMemory: [ReservedMemory]

  /// Describes a table.
  public init(
    units: [Unit] = [], leadingUnits: Int = 0, reservedMemory: [ReservedMemory] = []
  ) {
    self.units = units
    self.leadingUnits = leadingUnits
    self.reservedMemory = reservedMemory
  }
}
