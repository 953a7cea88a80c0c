// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What one line below a header of lspci's text says of the function itself.
///
/// lspci.c of pciutils, `show_terse`, `show_verbose` and `show_kernel`.
enum LspciDetail {
  /// A BAR.
  case region(LspciRegion)
  /// The driver that holds the function.
  case driver(String)
  /// The number of the IOMMU group.
  case group(Int)
  /// The number of the NUMA node.
  case node(Int)
  /// The interrupt, where one is routed.
  case interrupt(UInt32)
  /// The name of the physical slot.
  case slot(String)
  /// The firmware's label.
  case label(String)
  /// The board's ids.
  case subsystem(vendor: UInt16, device: UInt16)
  /// A bridge's bus numbers.
  case buses(BridgeBuses)
  /// The registers of the header were decoded, which needs 64 bytes read.
  case decodedHeader(LspciFlags)
  /// A capability, whose registers `-vv` prints in deeper lines.
  case capability(ListedCapability)
  /// Whether the status register says that there is a list of capabilities.
  case capabilityList(Bool)
  /// The reader had not the right to see the capabilities.
  case deniedCapabilities
  /// The header's layout is unknown to lspci.
  case unknownHeader
  /// A line that only Linux has but whose fact is not kept.
  case linux

  /// Tells what a line is; `nil` for a line whose facts are not kept.
  init?(_ cursor: TextCursor) {
    var cursor = cursor
    if let region = LspciRegion(cursor) {
      self = .region(region)
    } else if cursor.skip("Kernel driver in use: ") {
      self = .driver(cursor.rest)
    } else if cursor.skip("Kernel modules: ") {
      self = .linux
    } else if cursor.skip("IOMMU group: ") {
      guard let number = cursor.decimal().flatMap({ Int(exactly: $0) }) else { return nil }
      self = .group(number)
    } else if cursor.skip("NUMA node: ") {
      guard let number = cursor.decimal().flatMap({ Int(exactly: $0) }) else { return nil }
      self = .node(number)
    } else if cursor.skip("Interrupt: pin ") {
      guard cursor.skip(past: "routed to IRQ "), let number = Self.interrupt(&cursor) else {
        return nil
      }
      self = .interrupt(number)
    } else if cursor.skip("Physical Slot: ") {
      self = .slot(cursor.rest)
    } else if cursor.skip("DeviceName: ") {
      self = .label(cursor.rest)
    } else if cursor.skip("Subsystem: ") {
      guard let pair = LspciHeader.ids(cursor) else { return nil }
      self = .subsystem(vendor: pair.vendor, device: pair.device)
    } else if cursor.skip("Bus: primary=") {
      guard let buses = Self.buses(&cursor) else { return nil }
      self = .buses(buses)
    } else if cursor.skip("Flags: ") {
      self = .decodedHeader(LspciFlags(cursor))
    } else if cursor.skip("Control: ") {
      self = .decodedHeader(LspciFlags())
    } else if cursor.skip("Capabilities: <access denied>") {
      self = .deniedCapabilities
    } else if cursor.skip("Capabilities: ") {
      guard let capability = LspciCapability.read(cursor) else { return nil }
      self = .capability(capability)
    } else if cursor.skip("Status: Cap") {
      guard let sign = cursor.next, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
        return nil
      }
      self = .capabilityList(sign == UInt8(ascii: "+"))
    } else if cursor.skip("!!! Unknown header type") {
      self = .unknownHeader
    } else {
      return nil
    }
  }

  /// Reads an interrupt; 0 and 255 stand for none.
  static func interrupt(_ cursor: inout TextCursor) -> UInt32? {
    guard let number = cursor.decimal().flatMap({ UInt32(exactly: $0) }), number != 0,
      number != 255
    else { return nil }
    return number
  }

  /// Reads `00, secondary=01, subordinate=05`, hexadecimal.
  private static func buses(_ cursor: inout TextCursor) -> BridgeBuses? {
    guard let primary = cursor.hexadecimal(maximumDigits: 2), cursor.skip(", secondary="),
      let secondary = cursor.hexadecimal(maximumDigits: 2), cursor.skip(", subordinate="),
      let subordinate = cursor.hexadecimal(maximumDigits: 2)
    else { return nil }
    return BridgeBuses(
      primary: UInt8(primary), secondary: UInt8(secondary), subordinate: UInt8(subordinate))
  }
}

/// What `-v` prints in its line of flags, where `-vv` has lines of their own.
struct LspciFlags {
  var interrupt: UInt32?
  var node: Int?
  var group: Int?

  /// Starts with nothing known.
  init() {}

  /// Reads `bus master, fast devsel, latency 0, IRQ 43, NUMA node 0, IOMMU group 3`.
  init(_ cursor: TextCursor) {
    var part = cursor
    if part.skip(past: "IRQ ") { interrupt = LspciDetail.interrupt(&part) }
    part = cursor
    if part.skip(past: "NUMA node ") { node = part.decimal().flatMap { Int(exactly: $0) } }
    part = cursor
    if part.skip(past: "IOMMU group ") { group = part.decimal().flatMap { Int(exactly: $0) } }
  }
}
