// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What is worth knowing of a capability, in one line.
struct CapabilitySummary {
  /// The line; empty where the name says enough.
  let text: String

  init(_ capability: Capability) {
    switch capability.body {
    case .powerManagement(let pm): text = Self.words(pm)
    case .messageSignaledInterrupts(let msi):
      text = Self.join([
        msi.isEnabled ? "on" : "off",
        "\(msi.vectorsEnabled ?? 1) of \(msi.vectorsCapable ?? 1) vectors",
        msi.has64BitAddress ? "64-bit" : "32-bit", msi.canMaskVectors ? "maskable" : nil,
      ])
    case .messageSignaledInterruptsExtended(let msix):
      text = Self.join([
        msix.isEnabled ? "on" : "off", "\(msix.vectorCount) vectors",
        msix.isFunctionMasked ? "masked" : nil,
        "table in bar\(msix.tableBaseAddressRegister)",
        "pending bits in bar\(msix.pendingBaseAddressRegister)",
      ])
    case .pciExpress(let express): text = Self.words(express)
    case .advancedFeatures(let features):
      text = features.supportsFunctionLevelReset ? "function level reset" : ""
    case .bridgeSubsystem(let board):
      text =
        board.subsystemVendorID.hexadecimal(width: 4) + ":"
        + board.subsystemID.hexadecimal(width: 4)
    case .vendorSpecific(let vendor):
      text = vendor.virtio.map { "virtio: " + $0.typeName } ?? "\(vendor.length) bytes"
    case .hyperTransport(let block): text = block.typeName
    case .enhancedAllocation(let allocation): text = "\(allocation.entryCount) entries"
    case .accessControlServices(let services): text = Self.words(services)
    case .alternativeRoutingID(let routing): text = "next function \(routing.nextFunction)"
    case .singleRootIOVirtualization(let virtualization):
      text = Self.join([
        virtualization.isEnabled ? "on" : "off",
        "\(virtualization.numberOfVirtualFunctions) of "
          + "\(virtualization.totalVirtualFunctions) virtual functions",
        "device id " + virtualization.deviceID.hexadecimal(width: 4),
      ])
    case .advancedErrorReporting(let errors): text = Self.words(errors)
    case .addressTranslationServices(let services): text = services.isEnabled ? "on" : "off"
    case .processAddressSpaceID(let identifier):
      text = (identifier.isEnabled ? "on" : "off") + ", \(identifier.maxWidth) bits"
    case .pageRequest(let request): text = request.isEnabled ? "on" : "off"
    case .precisionTimeMeasurement(let time): text = time.isEnabled ? "on" : "off"
    case .resizableBAR(let registers): text = Self.words(registers.entries)
    case .virtualFunctionResizableBAR(let registers): text = Self.words(registers.entries)
    case .downstreamPortContainment(let containment):
      text = containment.isTriggered ? "triggered" : ""
    case .vendorSpecificExtended(let vendor):
      text = "id " + vendor.id.hexadecimal(width: 4) + ", \(vendor.length) bytes"
    case .designatedVendorSpecific(let vendor):
      text =
        "vendor " + vendor.vendorID.hexadecimal(width: 4) + ", id "
        + vendor.id.hexadecimal(width: 4)
    case .undecoded(let bytes): text = "not decoded, \(bytes.count) bytes"
    case .truncated: text = "cut off: too few bytes were read"
    default: text = ""
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
        ? nil : "uncorrectable errors 0x" + errors.uncorrectableStatus.hexadecimal(width: 8),
      errors.correctableErrors.isEmpty
        ? nil : "correctable errors 0x" + errors.correctableStatus.hexadecimal(width: 8),
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
