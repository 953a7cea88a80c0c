// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What pciconf says of one capability, from its registers.
struct PciconfWords {
  private let space: ConfigurationSpace
  private let offset: Int
  private let isOldForm: Bool

  init(_ space: ConfigurationSpace, _ offset: Int, isOldForm: Bool) {
    self.space = space
    self.offset = offset
    self.isOldForm = isOldForm
  }

  /// The text of a capability, a line each.
  func lines(_ entry: CapabilityEntry) -> [String] {
    switch entry.id {
    case .standard: standard(entry.id)
    case .extended(let id): extended(id, version: entry.version ?? 0)
    }
  }

  private func word(_ at: Int) -> UInt16 { space.word(at: offset + at) ?? 0 }
  private func doubleWord(_ at: Int) -> UInt32 { space.doubleWord(at: offset + at) ?? 0 }

  // MARK: Standard capabilities

  private func standard(_ id: CapabilityID) -> [String] {
    switch id {
    case PowerManagement.id: return [power]
    case AcceleratedGraphicsPort.id: return ["AGP"]
    case VitalProductData.id: return ["VPD"]
    case MessageSignaledInterrupts.id: return [messages]
    case PCIX.id: return ["PCI-X"]
    case HyperTransport.id: return ["HT"]
    case VendorSpecific.id:
      return ["vendor (length \(space.byte(at: offset + 2) ?? 0))"]
    case DebugPort.id:
      let register = word(2)
      return [
        "EHCI Debug Port at offset 0x" + register[bits: 0...12].hexadecimal(width: 1)
          + " in map 0x" + (0x10 + 4 * (max(1, register[bits: 13...15]) - 1)).hexadecimal(width: 1)
      ]
    case BridgeSubsystem.id:
      let vendor = word(4).hexadecimal(width: 4)
      let device = word(6).hexadecimal(width: 4)
      return [
        isOldForm
          ? "PCI Bridge card=0x\(device)\(vendor)"
          : "PCI Bridge subvendor=0x\(vendor) subdevice=0x\(device)"
      ]
    case PCIExpress.id: return PciconfExpress(space, offset, isOldForm: isOldForm).lines
    case MessageSignaledInterruptsExtended.id: return messagesExtended
    case SerialATA.id: return ["SATA Index-Data Pair"]
    case AdvancedFeatures.id:
      let capabilities = space.byte(at: offset + 3) ?? 0
      return [
        "PCI Advanced Features:" + (capabilities[bit: 1] ? " FLR" : "")
          + (capabilities[bit: 0] ? " TP" : "")
      ]
    // pciconf has no words for the rest, slot numbers and hot-plug among them.
    default: return ["unknown"]
    }
  }

  private var power: String {
    let capabilities = word(2)
    return "powerspec \(capabilities[bits: 0...2])  supports D0"
      + (capabilities[bit: 9] ? " D1" : "") + (capabilities[bit: 10] ? " D2" : "")
      + " D3  current D\(word(4)[bits: 0...1])"
  }

  private static func messages(_ count: UInt16) -> String {
    "\(count) message" + (count == 1 ? "" : "s")
  }

  private var messages: String {
    let control = word(2)
    let text =
      "MSI supports " + Self.messages(1 << control[bits: 1...3])
      + (control[bit: 7] ? ", 64 bit" : "") + (control[bit: 8] ? ", vector masks" : "") + " "
    guard control[bit: 0] else { return text }
    return text + "enabled with " + Self.messages(1 << control[bits: 4...6])
  }

  private var messagesExtended: [String] {
    let control = word(2)
    func place(_ register: UInt32) -> String {
      "0x" + (0x10 + 4 * register[bits: 0...2]).hexadecimal(width: 1) + "[0x"
        + (register & ~7).hexadecimal(width: 1) + "]"
    }
    return [
      "MSI-X supports " + Self.messages(control[bits: 0...10] + 1)
        + (control[bit: 15] ? ", enabled" : ""),
      "Table in map " + place(doubleWord(4)) + ", PBA in map " + place(doubleWord(8)),
    ]
  }

  // MARK: Extended capabilities

  private func extended(_ id: ExtendedCapabilityID, version: UInt8) -> [String] {
    switch id.rawValue {
    case 0x0001:
      let status = doubleWord(4)
      let severity = doubleWord(12)
      return [
        "AER \(version) \((status & severity).nonzeroBitCount) fatal "
          + "\((status & ~severity).nonzeroBitCount) non-fatal "
          + "\(doubleWord(16).nonzeroBitCount) corrected"
      ]
    case 0x0002, 0x0009: return ["VC \(version) max VC\(doubleWord(4)[bits: 0...2])"]
    case 0x0003:
      return [
        "Serial \(version) " + doubleWord(8).hexadecimal(width: 8)
          + doubleWord(4).hexadecimal(width: 8)
      ]
    case 0x0004: return ["Power Budgeting \(version)"]
    case 0x0005: return ["Root Complex Link Declaration \(version)"]
    case 0x0006: return ["Root Complex Internal Link Control \(version)"]
    case 0x0007: return ["Root Complex Event Collector ASsociation \(version)"]
    case 0x0008: return ["MFVC \(version)"]
    case 0x000a: return ["RCRB \(version)"]
    case 0x000b:
      let header = doubleWord(4)
      return [
        "Vendor [\(version)] ID " + header[bits: 0...15].hexadecimal(width: 4)
          + " Rev \(header[bits: 16...19]) Length \(header[bits: 20...31])"
      ]
    case 0x000d: return isOldForm ? ["ACS \(version)"] : accessControl(version)
    case 0x000e: return ["ARI \(version)"]
    case 0x000f: return ["ATS \(version)"]
    case 0x0010: return virtualization(version)
    case 0x0012: return ["Multicast \(version)"]
    case 0x0015: return ["Resizable BAR \(version)"]
    case 0x0016: return ["DPA \(version)"]
    case 0x0017: return ["TPH Requester \(version)"]
    case 0x0018: return ["LTR \(version)"]
    case 0x0019:
      let errors = doubleWord(8)
      return [
        "PCIe Sec \(version) lane errors "
          + (errors == 0 ? "0" : "0x" + errors.hexadecimal(width: 1))
      ]
    default: return ["unknown \(version)"]
    }
  }

  private func accessControl(_ version: UInt8) -> [String] {
    let capabilities = word(4)
    let control = word(6)
    func state(_ name: String, _ bit: Int) -> String {
      guard capabilities[bit: bit] else { return name + " unavailable" }
      return name + (control[bit: bit] ? " enabled" : " disabled")
    }
    let pairs = [
      [("Source Validation", 0), ("Translation Blocking", 1)],
      [("P2P Req Redirect", 2), ("P2P Cmpl Redirect", 3)],
      [("P2P Upstream Forwarding", 4), ("P2P Egress Control", 5)],
      [("P2P Direct Translated", 6), ("Enhanced Capability", 7)],
    ]
    var lines = pairs.map { pair in
      pair.map { state($0.0, $0.1) }.joined(separator: ", ")
    }
    lines[0] = "ACS \(version) " + lines[0]
    return lines
  }

  private func virtualization(_ version: UInt8) -> [String] {
    guard let capability = SingleRootIOVirtualization(space, at: offset) else {
      return ["SR-IOV \(version)"]
    }
    func state(_ name: String, _ isEnabled: Bool) -> String {
      name + (isEnabled ? " enabled" : " disabled")
    }
    var sizes: [String] = []
    let supported = capability[SingleRootIOVirtualization.supportedPageSizes] ?? 0
    let used = capability[SingleRootIOVirtualization.systemPageSize] ?? 0
    for bit in 0..<32 where supported[bit: bit] {
      let isUsed = used[bit: bit]
      sizes.append("\(UInt64(4096) << UInt64(bit))" + (isUsed ? " (enabled)" : ""))
    }
    return [
      "SR-IOV \(version) " + state("IOV", capability.isEnabled) + ", "
        + state("Memory Space", capability.isMemorySpaceEnabled) + ", "
        + state(
          "ARI", capability.isSet(SingleRootIOVirtualization.Control.ariCapableHierarchy) == true),
      "\(capability.numberOfVirtualFunctions) VFs configured out of "
        + "\(capability.totalVirtualFunctions) supported",
      "First VF RID Offset 0x" + capability.firstOffset.hexadecimal(width: 4)
        + ", VF RID Stride 0x" + capability.stride.hexadecimal(width: 4),
      "VF Device ID 0x" + capability.deviceID.hexadecimal(width: 4),
      "Page Sizes: " + sizes.joined(separator: ", "),
    ]
  }
}
