// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension CapabilityFacts {
  /// Reads the facts from the lines that `pciconf -c` or `lspci -v` print for one function.
  ///
  /// pciconf (usr.sbin/pciconf/cap.c) walks the whole standard list, so that
  /// what it does not list is absent. It prints extended capabilities where
  /// there are any that it can read: a PCI Express function without one may
  /// have them on a machine or with a release that cannot read them.
  init(listed: [ListedCapability]) {
    self.init()
    hasCapabilityList = listed.contains { $0.id.isStandard }
    for capability in listed {
      recordPresence(capability.id)
      let words = Words(capability.text)
      if recordLspci(capability.id, words) { continue }
      switch capability.id {
      case MessageSignaledInterrupts.id:
        msiVectors = words.number(after: "supports").flatMap { UInt16(exactly: $0) }
      case MessageSignaledInterruptsExtended.id:
        msixVectors = words.number(after: "supports").flatMap { UInt16(exactly: $0) }
      case PCIExpress.id: recordExpress(words)
      case AdvancedFeatures.id:
        supportsAdvancedFeaturesReset = words.contains("FLR")
        advancedFeaturesShowPending = words.contains("TP")
      case AccessControlServices.id: recordAccessControl(words)
      case SingleRootIOVirtualization.id: recordVirtualFunctions(words)
      default: break
      }
    }
    let seen = listed.map { $0.id }
    // A reader gives this id to what it could not tell: it may be any capability.
    if !seen.contains(.standard(StandardCapabilityID(rawValue: 0))) {
      setStandardAbsent(besides: seen)
    }
    guard !seen.contains(.extended(ExtendedCapabilityID(rawValue: 0))) else { return }
    if isPCIExpress == false || listed.contains(where: { !$0.id.isStandard }) {
      setExtendedAbsent(besides: seen)
    }
  }

  /// Reads `PCI-Express 2 endpoint MSI 1 max data 128(512) FLR RO link x4(x8) ...`.
  private mutating func recordExpress(_ words: Words) {
    portType = Self.portTypes.first { words.contains($0.words) }?.type
    if portType == nil, let number = words.number(after: "type"), number < 16 {
      portType = PortType(rawValue: UInt8(number))
    }
    if words.contains("FLR") {
      supportsFunctionLevelReset = true
    } else {
      // Releases of before the FLR word (seen in FreeBSD 6.4 and 7.4) print the
      // link's width and nothing after it; newer ones at least its speed or ASPM,
      // or no link.
      let isOldForm =
        words.contains("link") && !words.contains("speed") && !words.contains("ASPM")
        && !words.contains("RO") && !words.contains("NS") && !words.contains("read")
      supportsFunctionLevelReset = isOldForm ? nil : false
    }
    // pciconf prints the bit for any function that has it; it means something
    // for the upper end of a link only.
    guard portType?.isDownstreamFacing == true else { return }
    if words.contains("ARI", "enabled") {
      forwardsAlternativeRoutingID = true
    } else if words.contains("ARI", "disabled") {
      forwardsAlternativeRoutingID = false
    }
  }

  private static var portTypes: [(words: [StaticString], type: PortType)] {
    [
      (["legacy", "endpoint"], .legacyEndpoint), (["root", "endpoint"], .rootComplexEndpoint),
      (["endpoint"], .endpoint), (["root", "port"], .rootPort),
      (["upstream", "port"], .upstreamPort), (["downstream", "port"], .downstreamPort),
      (["PCI", "bridge"], .expressToPCIBridge),
      (["PCI", "to", "PCIe", "bridge"], .pciToExpressBridge),
      (["event", "collector"], .rootComplexEventCollector),
    ]
  }

  /// Reads `ACS 1 Source Validation enabled, ... P2P Egress Control unavailable`.
  ///
  /// FreeBSD 14 and later print the services; before, the text ends after the
  /// version. Translation Blocking, Redirect ... are each `unavailable`,
  /// `disabled` or `enabled`.
  private mutating func recordAccessControl(_ words: Words) {
    let services: [(words: [StaticString], service: AccessControlServices.Services)] = [
      (["Source", "Validation"], .sourceValidation),
      (["Translation", "Blocking"], .translationBlocking),
      (["P2P", "Req", "Redirect"], .requestRedirect),
      (["P2P", "Cmpl", "Redirect"], .completionRedirect),
      (["P2P", "Upstream", "Forwarding"], .upstreamForwarding),
      (["P2P", "Egress", "Control"], .egressControl),
      (["P2P", "Direct", "Translated"], .directTranslated),
    ]
    var supported: AccessControlServices.Services = []
    var enabled: AccessControlServices.Services = []
    for (name, service) in services {
      if words.contains(name + ["enabled"]) {
        supported.insert(service)
        enabled.insert(service)
      } else if words.contains(name + ["disabled"]) {
        supported.insert(service)
      } else if !words.contains(name + ["unavailable"]) {
        return
      }
    }
    accessControlSupported = supported
    accessControlEnabled = enabled
  }

  /// Reads `SR-IOV 1 IOV enabled, ... 4 VFs configured out of 64 supported`.
  private mutating func recordVirtualFunctions(_ words: Words) {
    guard let configured = words.number(before: ["VFs", "configured"]),
      let total = words.number(after: "of"), let total = UInt16(exactly: total),
      let configured = UInt16(exactly: configured)
    else { return }
    virtualFunctions = VirtualFunctionState(
      total: total, enabled: words.contains("IOV", "enabled") ? configured : 0)
  }
}

extension CapabilityID {
  /// Whether it is in the list of the first 256 bytes.
  var isStandard: Bool {
    if case .standard = self { true } else { false }
  }
}
