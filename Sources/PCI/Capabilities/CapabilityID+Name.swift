// SPDX-License-Identifier: Apache-2.0

extension CapabilityID {
  /// The short name that starts dotted field names: `pcie`, `acs`; `cap-2a` for an unknown one.
  public var shortName: String {
    switch self {
    case .standard(let id): id.names?.short ?? "cap-" + id.rawValue.hexadecimal(width: 2)
    case .extended(let id): id.names?.short ?? "ecap-" + id.rawValue.hexadecimal(width: 4)
    }
  }

  /// The specification's name; the id in hexadecimal for an unknown one.
  public var title: String {
    switch self {
    case .standard(let id):
      id.names?.title ?? "Capability 0x" + id.rawValue.hexadecimal(width: 2)
    case .extended(let id):
      id.names?.title ?? "Extended capability 0x" + id.rawValue.hexadecimal(width: 4)
    }
  }

  /// The number, as JSON and the tables show it: `0x10`, `0x000d`.
  public var hexadecimalDescription: String {
    switch self {
    case .standard(let id): "0x" + id.rawValue.hexadecimal(width: 2)
    case .extended(let id): "0x" + id.rawValue.hexadecimal(width: 4)
    }
  }
}

extension StandardCapabilityID {
  /// The short name and the specification's name of a known id.
  var names: (short: String, title: String)? {
    switch rawValue {
    case 0x00: ("null", "Null")
    case 0x01: ("pm", "Power Management")
    case 0x02: ("agp", "AGP")
    case 0x03: ("vpd", "Vital Product Data")
    case 0x04: ("slotid", "Slot Identification")
    case 0x05: ("msi", "Message Signaled Interrupts")
    case 0x06: ("hotswap", "CompactPCI Hot Swap")
    case 0x07: ("pcix", "PCI-X")
    case 0x08: ("ht", "HyperTransport")
    case 0x09: ("vendor", "Vendor Specific")
    case 0x0a: ("debug", "Debug Port")
    case 0x0b: ("crc", "CompactPCI Central Resource Control")
    case 0x0c: ("hotplug", "PCI Hot-Plug")
    case 0x0d: ("ssvid", "Bridge Subsystem Vendor ID")
    case 0x0e: ("agp3", "AGP 8x")
    case 0x0f: ("secure", "Secure Device")
    case 0x10: ("pcie", "PCI Express")
    case 0x11: ("msix", "MSI-X")
    case 0x12: ("sata", "Serial ATA Data/Index Configuration")
    case 0x13: ("af", "Advanced Features")
    case 0x14: ("ea", "Enhanced Allocation")
    case 0x15: ("fpb", "Flattening Portal Bridge")
    default: nil
    }
  }
}

extension ExtendedCapabilityID {
  /// The short name and the specification's name of a known id.
  var names: (short: String, title: String)? {
    switch rawValue {
    case 0x0000: ("enull", "Null")
    case 0x0001: ("aer", "Advanced Error Reporting")
    case 0x0002: ("vc", "Virtual Channel")
    case 0x0003: ("dsn", "Device Serial Number")
    case 0x0004: ("powerbudget", "Power Budgeting")
    case 0x0005: ("rclink", "Root Complex Link Declaration")
    case 0x0006: ("rcilc", "Root Complex Internal Link Control")
    case 0x0007: ("rcec", "Root Complex Event Collector Endpoint Association")
    case 0x0008: ("mfvc", "Multi-Function Virtual Channel")
    case 0x0009: ("vc9", "Virtual Channel")
    case 0x000a: ("rcrb", "Root Complex Register Block Header")
    case 0x000b: ("vsec", "Vendor-Specific")
    case 0x000c: ("cac", "Configuration Access Correlation")
    case 0x000d: ("acs", "Access Control Services")
    case 0x000e: ("ari", "Alternative Routing-ID Interpretation")
    case 0x000f: ("ats", "Address Translation Services")
    case 0x0010: ("sriov", "Single Root I/O Virtualization")
    case 0x0011: ("mriov", "Multi-Root I/O Virtualization")
    case 0x0012: ("multicast", "Multicast")
    case 0x0013: ("pri", "Page Request Interface")
    case 0x0014: ("amd", "Reserved for AMD")
    case 0x0015: ("rebar", "Resizable BAR")
    case 0x0016: ("dpa", "Dynamic Power Allocation")
    case 0x0017: ("tph", "TPH Requester")
    case 0x0018: ("ltr", "Latency Tolerance Reporting")
    case 0x0019: ("secpcie", "Secondary PCI Express")
    case 0x001a: ("pmux", "Protocol Multiplexing")
    case 0x001b: ("pasid", "Process Address Space ID")
    case 0x001c: ("lnr", "LN Requester")
    case 0x001d: ("dpc", "Downstream Port Containment")
    case 0x001e: ("l1pm", "L1 PM Substates")
    case 0x001f: ("ptm", "Precision Time Measurement")
    case 0x0020: ("mphy", "PCI Express over M-PHY")
    case 0x0021: ("frs", "FRS Queueing")
    case 0x0022: ("rtr", "Readiness Time Reporting")
    case 0x0023: ("dvsec", "Designated Vendor-Specific")
    case 0x0024: ("vfrebar", "VF Resizable BAR")
    case 0x0025: ("dlf", "Data Link Feature")
    case 0x0026: ("phy16", "Physical Layer 16.0 GT/s")
    case 0x0027: ("margining", "Lane Margining at the Receiver")
    case 0x0028: ("hierarchy", "Hierarchy ID")
    case 0x0029: ("npem", "Native PCIe Enclosure Management")
    case 0x002a: ("phy32", "Physical Layer 32.0 GT/s")
    case 0x002b: ("altprotocol", "Alternate Protocol")
    case 0x002c: ("sfi", "System Firmware Intermediary")
    case 0x002d: ("shadow", "Shadow Functions")
    case 0x002e: ("doe", "Data Object Exchange")
    case 0x002f: ("dev3", "Device 3")
    case 0x0030: ("ide", "Integrity and Data Encryption")
    case 0x0031: ("phy64", "Physical Layer 64.0 GT/s")
    case 0x0032: ("flitlog", "Flit Logging")
    case 0x0033: ("flitperf", "Flit Performance Measurement")
    case 0x0034: ("fliterror", "Flit Error Injection")
    case 0x0035: ("svc", "Streamlined Virtual Channel")
    default: nil
    }
  }
}
