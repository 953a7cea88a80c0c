// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

/// The facts against what the registers' specifications and pciconf's own words say.
@Suite struct CapabilityFactsTests {
  /// A 4,096-byte space whose standard list is MSI-X at 0x40 and PCI Express at 0x50.
  private func space(_ count: Int, _ edit: (inout [UInt8]) -> Void = { _ in }) -> Function {
    var bytes = [UInt8](repeating: 0, count: 4096)
    bytes[0] = 0x86
    bytes[1] = 0x80
    bytes[0x06] = 0x10
    bytes[0x34] = 0x40
    bytes.replaceSubrange(0x40..<0x44, with: [0x11, 0x50, 0x09, 0x80])
    bytes.replaceSubrange(0x50..<0x58, with: [0x10, 0x00, 0x02, 0x00, 0, 0, 0, 0x10])
    // ACS at 0x100: Source Validation and Upstream Forwarding, the first enabled.
    bytes.replaceSubrange(0x100..<0x108, with: [0x0d, 0, 1, 0, 0x11, 0, 0x01, 0])
    edit(&bytes)
    return function(ConfigurationSpace(Array(bytes[..<count])), nil)
  }

  private func function(_ space: ConfigurationSpace?, _ listed: [ListedCapability]?) -> Function {
    let address = FunctionAddress(domain: 0, bus: 1, deviceFunction: 0)
    var function = Function(address: address, identity: Identity(vendorID: 1, deviceID: 2))
    function.configuration = space
    function.listedCapabilities = listed
    return function
  }

  private func listed(_ lines: (CapabilityID, String)...) -> CapabilityFacts {
    function(
      nil, lines.map { ListedCapability(id: $0.0, offset: nil, version: nil, text: $0.1) }
    ).capabilityFacts
  }

  @Test func wholeSpaceTellsPresenceAndAbsence() {
    let facts = space(4096).capabilityFacts
    #expect(facts.hasCapabilityList == true)
    #expect(facts.msixVectors == 10)
    #expect(facts.msiVectors == 0)
    #expect(facts.portType == .endpoint)
    #expect(facts.supportsFunctionLevelReset == true)
    #expect(facts.supportsAdvancedFeaturesReset == false)
    #expect(facts.hasPowerManagement == false)
    #expect(facts.keepsStateInD3hot == nil)
    #expect(facts.accessControlSupported == [.sourceValidation, .upstreamForwarding])
    #expect(facts.accessControlEnabled == .sourceValidation)
    #expect(facts.hasVirtualization == false)
  }

  @Test func headerAloneTellsOnlyThatThereIsAList() {
    let facts = space(64).capabilityFacts
    var expected = CapabilityFacts()
    expected.hasCapabilityList = true
    #expect(facts == expected)
  }

  @Test func conventionalSpaceOfAnExpressFunctionLeavesExtendedUnknown() {
    let facts = space(256).capabilityFacts
    #expect(facts.msixVectors == 10)
    #expect(facts.hasAccessControlServices == nil)
    #expect(facts.accessControlSupported == nil)
  }

  @Test func extendedSpaceThatAnswersAllOnesIsUnknown() {
    let facts = space(4096) {
      $0.replaceSubrange(0x100..<4096, with: repeatElement(0xff, count: 3840))
    }
    .capabilityFacts
    #expect(facts.isPCIExpress == true)
    #expect(facts.hasAccessControlServices == nil)
  }

  @Test func noListMeansNoCapabilities() {
    let facts = space(64) { $0[0x06] = 0 }.capabilityFacts
    #expect(facts.hasCapabilityList == false)
    #expect(facts.msiVectors == 0)
    #expect(facts.msixVectors == 0)
    #expect(facts.isPCIExpress == false)
    #expect(facts.hasAccessControlServices == false)
    #expect(facts.accessControlSupported == [])
  }

  @Test func loopLeavesTheRestUnknown() {
    let facts = space(256) { $0[0x41] = 0x40 }.capabilityFacts
    #expect(facts.msixVectors == 10)
    #expect(facts.msiVectors == nil)
    #expect(facts.isPCIExpress == nil)
  }

  @Test func truncatedCapabilityIsPresentWithUnknownRegisters() {
    // PCI Express at 0xfc of 256 bytes: the id is there, its registers are not.
    let facts = space(256) {
      $0[0x41] = 0xfc
      $0.replaceSubrange(0xfc..<0x100, with: [0x10, 0, 2, 0])
    }.capabilityFacts
    #expect(facts.isPCIExpress == true)
    #expect(facts.supportsFunctionLevelReset == nil)
    #expect(facts.portType == nil)
    #expect(facts.msiVectors == 0)
  }

  @Test(
    arguments: [
      ("PCI-Express 2 endpoint MSI 1 max data 128(512) FLR RO link x4(x8) speed 5.0(5.0)", true),
      ("PCI-Express 2 endpoint max data 128(512) RO NS link x4(x8) speed 5.0(5.0)", false),
      ("PCI-Express 2 endpoint max data 128(128) link x16(x16)", nil),
    ] as [(String, Bool?)])
  func functionLevelResetFromText(_ text: String, _ expected: Bool?) {
    #expect(listed((PCIExpress.id, text)).supportsFunctionLevelReset == expected)
  }

  @Test(arguments: [
    ("PCI-Express 2 endpoint max data 128(512)", PortType.endpoint),
    ("PCI-Express 1 legacy endpoint max data 128(128) link x1(x1)", .legacyEndpoint),
    ("PCI-Express 2 root port max data 128(128) ARI disabled", .rootPort),
    ("PCI-Express 2 upstream port max data 128(128)", .upstreamPort),
    ("PCI-Express 2 downstream port max data 128(128)", .downstreamPort),
    ("PCI-Express 1 PCI bridge max data 128(128)", .expressToPCIBridge),
    ("PCI-Express 1 PCI to PCIe bridge max data 128(128)", .pciToExpressBridge),
    ("PCI-Express 2 root endpoint max data 128(128) FLR", .rootComplexEndpoint),
    ("PCI-Express 2 event collector max data 128(128)", .rootComplexEventCollector),
    ("PCI-Express 2 type 11 max data 128(128)", PortType(rawValue: 11)),
  ])
  func portTypeFromText(_ text: String, _ expected: PortType) {
    #expect(listed((PCIExpress.id, text)).portType == expected)
  }

  @Test func vectorsFromText() {
    let facts = listed(
      (
        MessageSignaledInterrupts.id,
        "MSI supports 4 messages, 64 bit enabled with 1 message"
      ),
      (MessageSignaledInterruptsExtended.id, "MSI-X supports 1 message in map 0x10"))
    #expect(facts.msiVectors == 4)
    #expect(facts.msixVectors == 1)
    #expect(facts.isPCIExpress == false)
    #expect(facts.hasVirtualization == false)
  }

  @Test func accessControlFromText() {
    let express = (PCIExpress.id, "PCI-Express 2 root port max data 128(128)")
    let named = listed(express, (AccessControlServices.id, "ACS 1"))
    #expect(named.hasAccessControlServices == true)
    #expect(named.accessControlSupported == nil)
    let detailed = listed(
      express,
      (
        AccessControlServices.id,
        "ACS 1 Source Validation enabled, Translation Blocking disabled "
          + "P2P Req Redirect enabled, P2P Cmpl Redirect enabled "
          + "P2P Upstream Forwarding disabled, P2P Egress Control unavailable "
          + "P2P Direct Translated unavailable, Enhanced Capability unavailable"
      ))
    #expect(
      detailed.accessControlSupported == [
        .sourceValidation, .translationBlocking, .requestRedirect, .completionRedirect,
        .upstreamForwarding,
      ])
    #expect(
      detailed.accessControlEnabled == [.sourceValidation, .requestRedirect, .completionRedirect])
  }

  @Test func expressTextWithoutExtendedCapabilitiesLeavesThemUnknown() {
    let facts = listed((PCIExpress.id, "PCI-Express 2 endpoint max data 128(128)"))
    #expect(facts.hasAccessControlServices == nil)
    #expect(facts.hasVirtualization == nil)
  }

  @Test func virtualFunctionsFromText() {
    let text =
      "SR-IOV 1 IOV enabled, Memory Space enabled, ARI enabled 4 VFs configured out of 64 supported"
    let facts = listed((SingleRootIOVirtualization.id, text))
    #expect(facts.virtualFunctions == VirtualFunctionState(total: 64, enabled: 4))
  }

  @Test func nothingRecordedIsNothingKnown() {
    #expect(function(nil, nil).capabilityFacts == CapabilityFacts())
    let gone = ConfigurationSpace([UInt8](repeating: 0xff, count: 64))
    #expect(function(gone, nil).capabilityFacts == CapabilityFacts())
  }
}
