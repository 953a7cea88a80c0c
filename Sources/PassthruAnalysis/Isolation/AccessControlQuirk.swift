// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A row of Linux's table of devices that isolate, or do not, whatever ACS says.
///
/// Linux, drivers/pci/quirks.c, `pci_dev_acs_enabled`: the vendor's word stands
/// in for a capability that the hardware lacks or shows wrongly.
struct AccessControlQuirk: Sendable {
  /// What a row asks of the function besides its ids.
  enum Condition: Sendable {
    /// Nothing.
    case none
    /// To be a PCI Express root port.
    case rootPort
    /// To be a PCI Express root or downstream port.
    case rootOrDownstreamPort
    /// To be a root complex integrated endpoint.
    case rootComplexEndpoint
    /// To be a multi-function device on a root bus, with an ACPI table IVRS.
    case amdSouthbridge
  }

  /// What a row says.
  enum Effect: Sendable {
    /// Peers cannot reach it or through it.
    case isolates
    /// They can.
    case doesNotIsolate
    /// They cannot while the chipset's own switch is on.
    ///
    /// Linux sets it in the root complex's registers; bit 26 at 0xd8 of the
    /// port's configuration space is set with it.
    case isolatesWhileSwitchedOn
    /// As ACS says, but with registers of 32 bits: control is at +8 and not +6.
    case wideRegisters
  }

  /// The vendor.
  var vendor: UInt16
  /// The devices; empty for all of the vendor.
  var devices: [ClosedRange<UInt16>]
  /// What else must hold.
  var condition: Condition
  /// What the row says.
  var effect: Effect
  /// The first mainline kernel that has the row; `nil` for rows of before 5.4.
  ///
  /// An older kernel does as ACS says. Stable kernels and distributions get rows
  /// later, as a late 5.4 has that of 5.8: where the row would change the answer, it is
  /// therefore not known, and taken not to isolate.
  var since: KernelRelease?
  /// Whose device it is, for explanations.
  var name: StaticString

  init(
    _ vendor: UInt16, _ devices: [ClosedRange<UInt16>], _ effect: Effect,
    if condition: Condition = .none, since: KernelRelease? = nil, _ name: StaticString
  ) {
    self.vendor = vendor
    self.devices = devices
    self.condition = condition
    self.effect = effect
    self.since = since
    self.name = name
  }

  /// Whether the row is for a device.
  func covers(_ identity: Identity) -> Bool {
    guard identity.vendorID == vendor else { return false }
    if devices.isEmpty { return true }
    for range in devices where range.contains(identity.deviceID) { return true }
    return false
  }

  /// Whether a kernel may lack the row.
  func isYounger(than release: KernelRelease?) -> Bool {
    guard let since, let release else { return false }
    return release < since
  }

  /// The services in a capability that a kernel does not believe.
  ///
  /// From 7.0 on Linux takes Source Validation away from two switches of IDT, which
  /// break the first read of a device with it (`pci_disable_broken_acs_cap`).
  static func brokenServices(of identity: Identity, release: KernelRelease?) -> UInt16 {
    guard identity.vendorID == 0x111d, [0x80b5, 0x8090].contains(identity.deviceID) else {
      return 0
    }
    if let release, release < KernelRelease(7, 0) { return 0 }
    return 0x01
  }
}

/// One device id as a range.
func only(_ device: UInt16) -> ClosedRange<UInt16> { device...device }

/// Several device ids as ranges.
func each(_ devices: UInt16...) -> [ClosedRange<UInt16>] { devices.map(only) }
