// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What is worth knowing of a capability, in one line.
struct CapabilitySummary {
  /// The line; empty where the name says enough.
  let text: String

  init(_ capability: Capability) {
    if capability.isTruncated {
      text = "cut off: too few bytes were read"
    } else if !capability.isDecoded {
      text = "not decoded, \(capability.bytes.count) bytes"
    } else {
      text =
        Self.interrupts(capability) ?? Self.express(capability) ?? Self.vendor(capability) ?? ""
    }
  }

  private static func interrupts(_ capability: Capability) -> String? {
    if let msi = capability[MessageSignaledInterrupts.self] {
      return join([
        msi.isEnabled ? "on" : "off",
        "\(msi.vectorsEnabled ?? 1) of \(msi.vectorsCapable ?? 1) vectors",
        msi.has64BitAddress ? "64-bit" : "32-bit", msi.canMaskVectors ? "maskable" : nil,
      ])
    }
    return capability[MessageSignaledInterruptsExtended.self].map { msix in
      join([
        msix.isEnabled ? "on" : "off", "\(msix.vectorCount) vectors",
        msix.isFunctionMasked ? "masked" : nil,
        "table in bar\(msix.tableBaseAddressRegister)",
        "pending bits in bar\(msix.pendingBaseAddressRegister)",
      ])
    }
  }

  /// What PCI Express and its extended capabilities say.
  private static func express(_ capability: Capability) -> String? {
    func onOff(_ isEnabled: Bool) -> String { isEnabled ? "on" : "off" }
    if let it = capability[PCIExpress.self] { return words(it) }
    if let it = capability[PowerManagement.self] { return words(it) }
    if let it = capability[AdvancedFeatures.self] {
      return it.supportsFunctionLevelReset ? "function level reset" : ""
    }
    if let it = capability[AccessControlServices.self] { return words(it) }
    if let it = capability[AlternativeRoutingID.self] { return "next function \(it.nextFunction)" }
    if let it = capability[SingleRootIOVirtualization.self] { return words(it) }
    if let it = capability[AdvancedErrorReporting.self] { return words(it) }
    if let it = capability[AddressTranslationServices.self] { return onOff(it.isEnabled) }
    if let it = capability[ProcessAddressSpaceID.self] {
      return onOff(it.isEnabled) + ", \(it.maxWidth) bits"
    }
    if let it = capability[PageRequest.self] { return onOff(it.isEnabled) }
    if let it = capability[PrecisionTimeMeasurement.self] { return onOff(it.isEnabled) }
    if let it = capability[ResizableBAR.self] { return words(it.entries) }
    if let it = capability[VirtualFunctionResizableBAR.self] { return words(it.entries) }
    return capability[DownstreamPortContainment.self].map { $0.isTriggered ? "triggered" : "" }
  }

  /// What capabilities say that have a vendor's layout, or one of several.
  private static func vendor(_ capability: Capability) -> String? {
    if let it = capability[BridgeSubsystem.self] {
      return it.subsystemVendorID.hexadecimal(width: 4) + ":"
        + it.subsystemID.hexadecimal(width: 4)
    }
    if let it = capability[VendorSpecific.self] {
      return it.virtio.map { "virtio: " + $0.typeName } ?? "\(it.length) bytes"
    }
    if let it = capability[HyperTransport.self] { return it.typeName }
    if let it = capability[EnhancedAllocation.self] { return "\(it.entryCount) entries" }
    if let it = capability[VendorSpecificExtended.self] {
      return "id " + it.id.hexadecimal(width: 4) + ", \(it.length) bytes"
    }
    return capability[DesignatedVendorSpecific.self].map {
      "vendor " + $0.vendorID.hexadecimal(width: 4) + ", id " + $0.id.hexadecimal(width: 4)
    }
  }

  private static func join(_ parts: [String?]) -> String {
    parts.compactMap { $0 }.joined(separator: ", ")
  }

  private static func words(_ pm: PowerManagement) -> String {
    join([
      pm.powerState == 3 ? "D3hot" : "D\(pm.powerState)",
      pm.keepsStateInD3hot ? "keeps its state in D3hot" : "resets on the way from D3hot",
      pm.isPMEEnabled ? "PME on" : nil,
    ])
  }

  private static func words(_ virtualization: SingleRootIOVirtualization) -> String {
    join([
      virtualization.isEnabled ? "on" : "off",
      "\(virtualization.numberOfVirtualFunctions) of "
        + "\(virtualization.totalVirtualFunctions) virtual functions",
      "device id " + virtualization.deviceID.hexadecimal(width: 4),
    ])
  }

  private static func words(_ express: PCIExpress) -> String {
    var link: String?
    if let speed = express.currentLinkSpeed, let width = express.currentLinkWidth,
      let maximum = express.maximumLinkSpeed, let widest = express.maximumLinkWidth
    {
      link =
        width == 0
        ? "no link (x\(widest) at \(maximum) possible)"
        : "x\(width) at \(speed) of x\(widest) at \(maximum)"
    }
    let slot = express.slotNumber.map { number in
      "slot \(number)" + (express.isCardPresent == true ? "" : " empty")
    }
    return join([
      express.portType.description, link, slot,
      express.supportsFunctionLevelReset ? "function level reset" : nil,
    ])
  }

  private static func words(_ services: AccessControlServices) -> String {
    let names: [(AccessControlServices.Services, String)] = [
      (.sourceValidation, "source validation"),
      (.translationBlocking, "translation blocking"),
      (.requestRedirect, "request redirect"),
      (.completionRedirect, "completion redirect"),
      (.upstreamForwarding, "upstream forwarding"),
      (.egressControl, "egress control"),
      (.directTranslated, "direct translated"),
    ]
    let has = names.filter { services.supported.contains($0.0) }
    let on = has.filter { services.enabled.contains($0.0) }
    if has.isEmpty { return "no service" }
    if on.isEmpty { return "none of \(has.count) services on" }
    if on.count == has.count { return "on: all of " + on.map { $0.1 }.joined(separator: ", ") }
    return "on: " + on.map { $0.1 }.joined(separator: ", ") + " (of \(has.count))"
  }

  private static func words(_ errors: AdvancedErrorReporting) -> String {
    join([
      errors.uncorrectableErrors.isEmpty
        ? nil
        : "uncorrectable errors 0x" + errors.uncorrectableErrors.rawValue.hexadecimal(width: 8),
      errors.correctableErrors.isEmpty
        ? nil : "correctable errors 0x" + errors.correctableErrors.rawValue.hexadecimal(width: 8),
      errors.uncorrectableErrors.isEmpty && errors.correctableErrors.isEmpty
        ? "no error logged" : nil,
    ])
  }

  private static func words(_ entries: [ResizableBAREntry]) -> String {
    join(
      entries.map { entry in
        "bar\(entry.baseAddressRegister) "
          + (entry.size.map { sizeText($0) } ?? "of a reserved size")
          + (entry.supportedSizes.max().map { " of at most " + sizeText($0) } ?? "")
      })
  }
}
