// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Reads the line of lspci's text that starts a capability.
///
/// `Capabilities: [40] Express (v2) Root Port (Slot+), MSI 00`, and with a version
/// from pciutils 3.1 on `Capabilities: [148 v1] Access Control Services`. lspci
/// prints names and no ids (ls-caps.c and ls-ecaps.c of pciutils).
enum LspciCapability {
  /// Reads what follows `Capabilities: `, or `nil` where it is no capability.
  ///
  /// One whose words are unknown, and `<chain broken>`, has the id of the null
  /// capability: what else the list holds cannot be told then.
  static func read(_ start: TextCursor) -> ListedCapability? {
    var cursor = start
    guard cursor.skip("["), let offset = cursor.hexadecimal(maximumDigits: 3) else { return nil }
    var version: UInt8?
    if cursor.skip(" v") {
      guard let number = cursor.decimal(), number <= 15 else { return nil }
      version = UInt8(number)
    }
    guard cursor.skip("]") else { return nil }
    _ = cursor.skipBlanks()
    let isExtended = offset >= UInt64(ConfigurationSpace.conventionalSize)
    return ListedCapability(
      id: isExtended
        ? .extended(ExtendedCapabilityID(rawValue: id(cursor, extended)))
        : .standard(
          StandardCapabilityID(rawValue: UInt8(truncatingIfNeeded: id(cursor, standard)))),
      offset: Int(offset), version: version, text: cursor.plainText)
  }

  /// The id of the first name that the text begins with, and 0 for none.
  private static func id(_ cursor: TextCursor, _ names: [(name: StaticString, id: UInt16)])
    -> UInt16
  {
    for (name, id) in names where cursor.matches(name, at: cursor.position) { return id }
    // `#12 [0104]`, and from pciutils 3.7 on `Capability ID 0x2f [0104]`.
    var cursor = cursor
    let isNumber =
      cursor.skip("#") || cursor.skip("Capability ID 0x")
      || cursor.skip("Extended Capability ID 0x")
    guard isNumber, let number = cursor.hexadecimal(maximumDigits: 4) else { return 0 }
    return UInt16(number)
  }

  private static let standard: [(name: StaticString, id: UInt16)] = [
    ("Power Management", 0x01), ("MSI-X: ", 0x11), ("MSI: ", 0x05),
    ("Message Signalled Interrupts", 0x05), ("Message Signaled Interrupts", 0x05),
    ("Express ", 0x10), ("PCI Advanced Features", 0x13), ("Vendor Specific Information", 0x09),
    ("Subsystem: ", 0x0d), ("AGP3", 0x0e), ("AGP version", 0x02), ("Vital Product Data", 0x03),
    ("Slot ID: ", 0x04), ("CompactPCI hot-swap", 0x06), ("PCI-X ", 0x07),
    ("HyperTransport: ", 0x08), ("Debug port", 0x0a),
    ("CompactPCI central resource control", 0x0b), ("Hot-plug capable", 0x0c),
    ("Secure device", 0x0f), ("SATA HBA", 0x12), ("Enhanced Allocation", 0x14),
    ("Flattening Portal Bridge", 0x15),
  ]

  private static let extended: [(name: StaticString, id: UInt16)] = [
    ("Advanced Error Reporting", 0x01), ("Virtual Channel", 0x02), ("Device Serial Number", 0x03),
    ("Power Budgeting", 0x04), ("Root Complex Link", 0x05), ("Root Complex Internal Link", 0x06),
    ("Root Complex Event Collector", 0x07), ("Multi-Function Virtual Channel", 0x08),
    ("Root Bridge Control Block", 0x0a), ("Vendor Specific Information", 0x0b),
    ("Access Control Services", 0x0d), ("Alternative Routing-ID Interpretation", 0x0e),
    ("Address Translation Service", 0x0f), ("Single Root I/O Virtualization", 0x10),
    ("Multi-Root I/O Virtualization", 0x11), ("Multicast", 0x12),
    ("Page Request Interface", 0x13), ("Physical Resizable BAR", 0x15), ("Resizable BAR", 0x15),
    ("Dynamic Power Allocation", 0x16), ("Transaction Processing Hints", 0x17),
    ("Latency Tolerance Reporting", 0x18), ("Secondary PCI Express", 0x19),
    ("Protocol Multiplexing", 0x1a), ("Process Address Space ID", 0x1b), ("LN Requester", 0x1c),
    ("Downstream Port Containment", 0x1d), ("L1 PM Substates", 0x1e),
    ("Precision Time Measurement", 0x1f), ("PCI Express over M_PHY", 0x20),
    ("FRS Queueing", 0x21), ("Readiness Time Reporting", 0x22),
    ("Designated Vendor-Specific", 0x23), ("Virtual Resizable BAR", 0x24),
    ("Data Link Feature", 0x25), ("Physical Layer 16.0 GT/s", 0x26),
    ("Lane Margining at the Receiver", 0x27), ("Hierarchy ID", 0x28),
    ("Native PCIe Enclosure Management", 0x29), ("Physical Layer 32.0 GT/s", 0x2a),
    ("Alternate Protocol", 0x2b), ("Data Object Exchange", 0x2e), ("Device 3", 0x2f),
    ("Integrity & Data Encryption", 0x30), ("Physical Layer 64.0 GT/s", 0x31),
  ]
}

extension TextCursor {
  /// What is left, with a single space for each run of blanks.
  var plainText: String {
    var kept: [UInt8] = []
    for place in position..<max(position, end) {
      if bytes[place] > 0x20 {
        kept.append(bytes[place])
      } else if let last = kept.last, last != 0x20 {
        kept.append(0x20)
      }
    }
    return TextCursor(kept, 0..<kept.count).rest
  }
}
