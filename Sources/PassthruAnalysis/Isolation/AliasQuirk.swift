// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A row of Linux's table of devices that do not use their own requester id alone.
///
/// Linux, drivers/pci/quirks.c, the `quirk_dma_func*_alias` and their kin.
struct AliasQuirk: Sendable {
  /// Which other ids a device uses.
  enum Effect: Sendable {
    /// That of function 0 of its slot.
    case functionZero
    /// That of function 1 of its slot.
    case functionOne
    /// Those of fixed devices and functions on its bus.
    case fixed([UInt8])
    /// Those of functions 0 to 4 of every slot on its bus.
    case firstFiveOfEverySlot
    /// All of its bus.
    case all
    /// Some that only its own registers tell.
    case unreadable
    /// It is a PCIe-to-PCI bridge that hides its PCI Express capability.
    case hiddenExpressBridge
    /// It translates: what is above it sees no ids of what is below it.
    case translates
    /// It is a PCIe-to-PCI bridge that passes the ids of what is behind it on.
    ///
    /// Linux knows it from 7.0 on; the groups are the same, as no such bridge isolates.
    case keepsIdentifiers
  }

  /// The vendor.
  var vendor: UInt16
  /// The devices.
  var devices: [ClosedRange<UInt16>]
  /// The subsystem ids: vendor, then devices; `nil` for any.
  var subsystem: (vendor: UInt16, devices: [UInt16])?
  /// What the device uses.
  var effect: Effect

  init(
    _ vendor: UInt16, _ devices: [ClosedRange<UInt16>], _ effect: Effect,
    subsystem: (vendor: UInt16, devices: [UInt16])? = nil
  ) {
    self.vendor = vendor
    self.devices = devices
    self.effect = effect
    self.subsystem = subsystem
  }

  func covers(_ identity: Identity) -> Bool {
    guard identity.vendorID == vendor else { return false }
    if let subsystem {
      guard identity.subsystemVendorID == subsystem.vendor, let id = identity.subsystemID,
        subsystem.devices.contains(id)
      else { return false }
    }
    for range in devices where range.contains(identity.deviceID) { return true }
    return false
  }

  /// The rows, read in Linux 6.12; that of ASPEED's AST1150 is of 7.0.
  static let table: [AliasQuirk] = [
    AliasQuirk(0x1180, each(0xe832, 0xe476), .functionZero),
    AliasQuirk(0x6766, each(0x3d40, 0x3d41), .functionZero),
    AliasQuirk(
      0x1b4b,
      each(
        0x9120, 0x9123, 0x9125, 0x9128, 0x9130, 0x9170, 0x9172, 0x917a, 0x9182, 0x9183, 0x91a0,
        0x9215, 0x9220, 0x9230, 0x9235), .functionOne),
    AliasQuirk(0x1103, each(0x0642, 0x0645), .functionOne),
    AliasQuirk(0x197b, each(0x2392), .functionOne),
    AliasQuirk(0x1c28, each(0x0122), .functionOne),
    AliasQuirk(0x9005, each(0x0285), .fixed([0x08]), subsystem: (0x9005, [0x02bb, 0x02bc])),
    // 10.0, 11.0 and 12.3, hexadecimal.
    AliasQuirk(0x8086, each(0x2260, 0x2264), .fixed([0x80, 0x88, 0x93])),
    AliasQuirk(
      0x8086, each(0x2954, 0x2955, 0x2956, 0x2958, 0x2959, 0x295a), .firstFiveOfEverySlot),
    AliasQuirk(0x10b5, each(0x87b0, 0x87b1), .all),
    AliasQuirk(0x1055, [0x1001...0x1006, only(0x1008)], .unreadable),
    AliasQuirk(0x1b21, each(0x1080), .hiddenExpressBridge),
    AliasQuirk(0x10e3, each(0x8113), .hiddenExpressBridge),
    AliasQuirk(0x1283, each(0x8892, 0x8893), .hiddenExpressBridge),
    AliasQuirk(0x8086, each(0x244e), .hiddenExpressBridge),
    AliasQuirk(0x14e4, each(0x9000, 0x9084), .translates),
    AliasQuirk(0x1a03, each(0x1150), .keepsIdentifiers),
  ]

  /// The rows by vendor.
  static let byVendor: [UInt16: [AliasQuirk]] = {
    var rows: [UInt16: [AliasQuirk]] = [:]
    for row in table { rows[row.vendor, default: []].append(row) }
    return rows
  }()

  /// Whether a bridge to conventional PCI passes on the ids of what is behind it.
  static func keepsIdentifiers(_ function: Function) -> Bool {
    if let row = row(for: function), case .keepsIdentifiers = row.effect { return true }
    return false
  }

  /// The row for a function, if there is one.
  static func row(for function: Function) -> AliasQuirk? {
    // A Switchtec non-transparent bridge (Microsemi, class 0680) keeps its
    // aliases in a table of its own.
    if function.identity.vendorID == 0x11f8, function.classCode?.baseAndSubClass == 0x0680 {
      return AliasQuirk(0x11f8, [0...0xffff], .unreadable)
    }
    guard let rows = byVendor[function.identity.vendorID] else { return nil }
    return rows.first { $0.covers(function.identity) }
  }

  /// The devices and functions on its own bus that it is seen as, besides itself.
  func aliases(of address: FunctionAddress) -> [UInt8] {
    let own = address.deviceFunction
    switch effect {
    case .functionZero: return own & 7 == 0 ? [] : [own & 0xf8]
    case .functionOne: return own & 7 == 1 ? [] : [own & 0xf8 | 1]
    case .fixed(let list): return list.filter { $0 != own }
    case .firstFiveOfEverySlot:
      return (0..<32).flatMap { slot in (0..<5).map { UInt8(slot << 3 | $0) } }
        .filter { $0 != own }
    case .all: return (0...255).map { UInt8($0) }.filter { $0 != own }
    case .unreadable, .hiddenExpressBridge, .translates, .keepsIdentifiers: return []
    }
  }
}
