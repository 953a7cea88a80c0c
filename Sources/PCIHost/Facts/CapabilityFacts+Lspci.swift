// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension CapabilityFacts {
  /// Takes over what lspci's words say of a capability; false where they are not lspci's.
  ///
  /// ls-caps.c and ls-ecaps.c of pciutils 2.2 to 3.14. `-v` prints the first line
  /// of a capability and `-vv` its registers: a flag that is not printed stays `nil`.
  mutating func recordLspci(_ id: CapabilityID, _ words: Words) -> Bool {
    switch id {
    case PowerManagement.id:
      guard words.contains("Power", "Management", "version") else { return false }
      keepsStateInD3hot = words.flag("NoSoftRst")
    case MessageSignaledInterrupts.id:
      if words.contains("MSI:") {
        msiVectors = words.fraction(after: "Count=").flatMap { UInt16(exactly: $0.whole) }
      } else if words.contains("Message") {
        // Old ones print the exponents: `Queue=0/3`.
        let queue = words.fraction(after: "Queue=")
        msiVectors = queue.flatMap { $0.whole <= 5 ? 1 << UInt16($0.whole) : nil }
      } else {
        return false
      }
    case MessageSignaledInterruptsExtended.id:
      guard words.contains("MSI-X:") else { return false }
      msixVectors =
        (words.number(startingWith: "Count=") ?? words.number(startingWith: "TabSize="))
        .flatMap { UInt16(exactly: $0) }
    case PCIExpress.id:
      guard words.contains("Express") else { return false }
      recordLspciExpress(words)
    case AdvancedFeatures.id:
      guard words.contains("PCI", "Advanced", "Features") else { return false }
      supportsAdvancedFeaturesReset = words.flag("FLR", after: "AFCap:", before: "AFCtrl:")
      advancedFeaturesShowPending = words.flag("TP", after: "AFCap:", before: "AFCtrl:")
    case AccessControlServices.id:
      guard words.contains("Access", "Control", "Services") else { return false }
      accessControlSupported = Self.services(words, after: "ACSCap:", before: "ACSCtl:")
      accessControlEnabled = Self.services(words, after: "ACSCtl:", before: nil)
    case SingleRootIOVirtualization.id:
      guard words.contains("Single", "Root") else { return false }
      guard let isEnabled = words.flag("Enable", after: "IOVCtl:", before: "IOVSta:"),
        let total = words.number(after: ["Total", "VFs:"]).flatMap({ UInt16(exactly: $0) }),
        let count = words.number(after: ["Number", "of", "VFs:"]).flatMap({ UInt16(exactly: $0) })
      else { return true }
      virtualFunctions = VirtualFunctionState(total: total, enabled: isEnabled ? count : 0)
    default: return false
    }
    return true
  }

  /// Reads `Express (v2) Root Port (Slot+), MSI 00 DevCap: ... DevCtl2: ... ARIFwd-`.
  private mutating func recordLspciExpress(_ words: Words) {
    let types: [(words: [StaticString], type: PortType)] = [
      (["Legacy", "Endpoint"], .legacyEndpoint),
      (["Root", "Complex", "Integrated", "Endpoint"], .rootComplexEndpoint),
      (["Root", "Complex", "Event", "Collector"], .rootComplexEventCollector),
      (["Root", "Port"], .rootPort), (["Upstream", "Port"], .upstreamPort),
      (["Downstream", "Port"], .downstreamPort),
      (["PCI-Express", "to", "PCI/PCI-X", "Bridge"], .expressToPCIBridge),
      (["PCI/PCI-X", "to", "PCI-Express", "Bridge"], .pciToExpressBridge),
      (["Endpoint"], .endpoint),
    ]
    // The type is in the first line, before the registers.
    portType = types.first { words.contains($0.words, before: "DevCap:") }?.type
    supportsFunctionLevelReset = words.flag("FLReset", after: "DevCap:", before: "DevCtl:")
    guard portType?.isDownstreamFacing == true else { return }
    if words.contains("(Slot+)") {
      implementsSlot = true
      isHotPlugCapable = words.flag("HotPlug", after: "SltCap:", before: "SltCtl:")
    } else if words.contains("(Slot-)") {
      implementsSlot = false
      isHotPlugCapable = false
    }
    guard let isSupported = words.flag("ARIFwd", after: "DevCap2:", before: "DevCtl2:"),
      let isEnabled = words.flag("ARIFwd", after: "DevCtl2:", before: nil)
    else { return }
    forwardsAlternativeRoutingID = isSupported && isEnabled
  }

  /// Reads `SrcValid+ TransBlk- ...`; `nil` unless all seven are printed.
  private static func services(
    _ words: Words, after start: StaticString, before end: StaticString?
  ) -> AccessControlServices.Services? {
    let names: [(name: StaticString, service: AccessControlServices.Services)] = [
      ("SrcValid", .sourceValidation), ("TransBlk", .translationBlocking),
      ("ReqRedir", .requestRedirect), ("CmpltRedir", .completionRedirect),
      ("UpstreamFwd", .upstreamForwarding), ("EgressCtrl", .egressControl),
      ("DirectTrans", .directTranslated),
    ]
    var found: AccessControlServices.Services = []
    for (name, service) in names {
      guard let isSet = words.flag(name, after: start, before: end) else { return nil }
      if isSet { found.insert(service) }
    }
    return found
  }
}
