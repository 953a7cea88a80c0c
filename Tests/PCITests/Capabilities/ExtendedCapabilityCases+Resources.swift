// SPDX-License-Identifier: Apache-2.0

import PCI

extension ExtendedCapabilityTests {
  private static func words(_ values: UInt32...) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  }

  static let resourceCases: [CapabilityCase] = [
    CapabilityCase(
      "Device Serial Number", extended: DeviceSerialNumber.id, words(0xff00_0102, 0x0304_05ff),
      ["serialNumber": "0x30405ffff000102"]),
    CapabilityCase(
      "Power Budgeting", extended: PowerBudgeting.id, words(2, 0x0007_e519, 1),
      [
        "dataSelect": "2", "data.basePower": "25", "data.dataScale": "0.1x",
        "data.pmSubState": "1", "data.pmState": "D3", "data.type": "maximum",
        "data.powerRail": "3.3 V", "capability.systemAllocated": "yes",
      ]),
    CapabilityCase(
      "Multi-Function Virtual Channel", extended: MultiFunctionVirtualChannel.id,
      words(
        0x0000_0401, 0x0000_0003, 0x0000_0002, 0, 0x8000_00fe, 0, 0x0003_8000, 0x8106_0001,
        0x0002_0000),
      [
        "capability1.extendedChannelCount": "1", "capability1.arbitrationEntrySize": "2 bits",
        "capability2.arbitration": "0x3", "control.arbitrationSelect": "1",
        "resources.0.control.trafficClassMap": "0xfe", "resources.0.control.enable": "yes",
        "resources.1.capability.rejectSnoopTransactions": "yes",
        "resources.1.capability.maxTimeSlots": "4", "resources.1.control.id": "1",
        "resources.1.control.arbitrationSelect": "3",
        "resources.1.status.negotiationPending": "yes",
      ]),
    CapabilityCase(
      "Root Complex Register Block", extended: RootComplexRegisterBlock.id,
      words(0x1234_8086, 1, 1),
      [
        "vendorID": "0x8086", "deviceID": "0x1234",
        "capabilities.crsSoftwareVisibility": "yes",
        "control.crsSoftwareVisibilityEnable": "yes",
      ]),
    CapabilityCase(
      "Address Translation Services", extended: AddressTranslationServices.id,
      words(0x8003_0060),
      [
        "capability.invalidateQueueDepth": "32", "capability.pageAlignedRequest": "yes",
        "capability.globalInvalidateSupported": "yes", "control.enable": "yes",
        "control.smallestTranslationUnit": "3",
      ]),
    CapabilityCase(
      "Multicast", extended: Multicast.id,
      words(0x8003_8a3f, 0xfe00_000c, 0x1, 0xff, 0, 0xf0, 0, 0x0f, 0, 0x0000_1008, 0),
      [
        "capability.maxGroup": "64", "capability.windowSizeRequested": "10",
        "capability.ecrcRegenerationSupported": "yes", "control.numberOfGroups": "4",
        "control.enable": "yes", "baseAddress.indexPosition": "12",
        "baseAddress.base": "0x1fe000000", "receive": "0xff", "blockAll": "0xf0",
        "blockUntranslated": "0xf", "overlay.overlaySize": "8",
        "overlay.overlayBase": "0x1000",
      ]),
    CapabilityCase(
      "Page Request", extended: PageRequest.id, words(0x8101_0001, 512, 64),
      [
        "control.enable": "yes", "status.responseFailure": "yes", "status.stopped": "yes",
        "status.groupResponsePASIDRequired": "yes", "outstandingCapacity": "512",
        "outstandingAllocation": "64",
      ]),
    CapabilityCase(
      "Resizable BAR", extended: ResizableBAR.id,
      // BAR 0: 256 MiB to 8 GiB, now 8 GiB; BAR 2: 1 MiB or 2 MiB, now 1 MiB.
      words(0x0003_f000, 0x0000_0d40, 0x0000_0030, 0x0000_0002),
      [
        "entries.0.bar": "0", "entries.0.size": "8 GiB",
        "entries.0.supportedSizes": "256 MiB, 512 MiB, 1 GiB, 2 GiB, 4 GiB, 8 GiB",
        "entries.1.bar": "2", "entries.1.size": "1 MiB",
        "entries.1.supportedSizes": "1 MiB, 2 MiB",
      ]),
    CapabilityCase(
      "VF Resizable BAR of more than 128 TiB", extended: VirtualFunctionResizableBAR.id,
      words(0x8000_0000, 0x0001_1c21),
      [
        "entries.0.bar": "1", "entries.0.size": "256 TiB",
        "entries.0.supportedSizes": "128 TiB, 256 TiB",
      ]),
    CapabilityCase(
      "Dynamic Power Allocation", extended: DynamicPowerAllocation.id,
      words(0x2010_1102, 0x4, 0x0001_0101, 0x0064_3219),
      [
        "capability.maxSubstate": "2", "capability.transitionLatencyUnit": "10 ms",
        "capability.powerAllocationScale": "1.0x", "capability.transitionLatency0": "16",
        "capability.transitionLatency1": "32", "latencyIndicator": "0x4", "status.substate": "1",
        "status.substateControlEnabled": "yes", "control.substate": "1",
        "powerAllocations.0": "0x19", "powerAllocations.2": "0x64",
      ]),
    CapabilityCase(
      "TPH Requester with its table", extended: TPHRequester.id,
      words(0x0001_0305, 0x0000_0102, 0xbbbb_aaaa),
      [
        "capability.noSteeringTagModeSupported": "yes",
        "capability.deviceSpecificModeSupported": "yes",
        "capability.extendedRequesterSupported": "yes",
        "capability.steeringTableLocation": "TPH capability",
        "capability.steeringTableSize": "2", "control.steeringTagMode": "device specific",
        "control.requesterEnable": "TPH", "steeringTags.0": "0xaaaa", "steeringTags.1": "0xbbbb",
      ]),
    CapabilityCase(
      "Latency Tolerance Reporting", extended: LatencyToleranceReporting.id,
      // 1 at scale 4, which lspci prints as 1048576ns; 3 at scale 1.
      words(0x0403_1001), ["maxSnoopLatency": "1048576 ns", "maxNoSnoopLatency": "96 ns"]),
    CapabilityCase(
      "Process Address Space ID", extended: ProcessAddressSpaceID.id, words(0x0005_1406),
      [
        "capability.executePermissionSupported": "yes",
        "capability.privilegedModeSupported": "yes", "capability.maxWidth": "20",
        "control.enable": "yes", "control.executePermissionEnable": "no",
        "control.privilegedModeEnable": "yes",
      ]),
    CapabilityCase(
      "LN Requester", extended: LightweightNotification.id, words(0x0303_0502),
      [
        "capability.cacheLine64Supported": "no", "capability.cacheLine128Supported": "yes",
        "capability.maxRegistrations": "5", "control.enable": "yes",
        "control.cacheLine128": "yes", "control.registrationLimit": "3",
      ]),
    CapabilityCase(
      "FRS Queueing", extended: FunctionReadinessQueueing.id,
      words(0x0004_0010, 0x0001_0003, 0x0021_0108),
      [
        "capability.queueMaxDepth": "16", "capability.interruptMessageNumber": "4",
        "status.messageReceived": "yes", "status.messageOverflow": "yes",
        "control.interruptEnable": "yes", "messageQueue.functionID": "0x108",
        "messageQueue.reason": "1", "messageQueue.depth": "2",
      ]),
    CapabilityCase(
      "Readiness Time Reporting", extended: ReadinessTimeReporting.id,
      words(0x8000_5664, 0x0000_0401),
      [
        "times1.valid": "yes", "times1.resetTime": "3276800 ns",
        "times1.dataLinkUpTime": "5 ns", "times2.functionLevelResetTime": "1024 ns",
      ]),
    CapabilityCase(
      "Hierarchy ID", extended: HierarchyID.id,
      words(0x3000_0108, 0xabcd_0001, 1, 2, 3, 4, 5),
      [
        "status.messageRequesterID": "0x108", "status.valid": "yes", "status.writeable": "yes",
        "data.systemGUIDAuthorityID": "1", "data.hierarchyID": "0xabcd", "guid5": "0x5",
      ]),
    CapabilityCase(
      "Native PCIe Enclosure Management", extended: NativeEnclosureManagement.id,
      words(0x1200_0c1d, 0x0000_0009, 0x3400_0001),
      [
        "capability.npemCapable": "yes", "capability.okCapable": "yes",
        "capability.failCapable": "yes", "capability.disabledCapable": "yes",
        "capability.enclosureSpecificCapabilities": "0x12", "control.enable": "yes",
        "control.locate": "yes", "status.commandCompleted": "yes",
        "status.enclosureSpecificStatus": "0x34",
      ]),
    CapabilityCase(
      "System Firmware Intermediary", extended: SystemFirmwareIntermediary.id,
      // Bits of tables 7-306 to 7-309: Control 1, 2, 4, 5 = 10b, 7; Status 0, 3, 5.
      words(0x00a6_0001, 0x29, 0x0521_3abc, 0xdead_beef),
      [
        "capability.register": "0x1", "capability.outOfBandPresenceSupported": "yes",
        "control.presenceStateMask": "no", "control.dataLinkStateMask": "yes",
        "control.outOfBandPresenceChangedEnable": "yes",
        "control.dataLinkStateChangedEnable": "no",
        "control.downstreamPortFiltering": "configuration requests",
        "control.hotPlugSurpriseSuppress": "no", "control.drsMask": "yes",
        "control.drsSignalingEnable": "no", "control.drsTrigger": "no",
        "status.register": "0x29", "status.presenceState": "yes",
        "status.outOfBandPresenceState": "no", "status.outOfBandPresenceChanged": "no",
        "status.dataLinkState": "yes", "status.dataLinkStateChanged": "no",
        "status.drsReceived": "yes",
        // 52:02.3, register 0xabc.
        "camAddress.register": "0x5213abc", "camAddress.bus": "0x52",
        "camAddress.device": "0x2", "camAddress.function": "3", "camAddress.offset": "0xabc",
        "camData": "0xdeadbeef",
      ]),
    CapabilityCase(
      "Shadow Functions", extended: ShadowFunctions.id, words(2, 1, 4, 0xdead_0005, 0xfffe),
      [
        "capability.register": "0x2", "capability.count": "3", "control.enable": "yes",
        "instances.0.functionNumber": "0x4", "instances.1.register": "0xdead0005",
        "instances.1.functionNumber": "0x5", "instances.2.functionNumber": "0xfffe",
      ]),
    CapabilityCase(
      "Data Object Exchange", extended: DataObjectExchange.id,
      words(0x0000_0007, 0x8000_0002, 0x8000_0005, 0x11, 0x22),
      [
        "capabilities.interruptSupported": "yes", "capabilities.interruptMessageNumber": "3",
        "control.interruptEnable": "yes", "control.go": "yes", "status.busy": "yes",
        "status.error": "yes", "status.dataObjectReady": "yes", "readDataMailbox": "0x22",
      ]),
  ]

  static let vendorCases: [CapabilityCase] = [
    CapabilityCase(
      "Vendor-Specific", extended: VendorSpecificExtended.id, words(0x00c2_0004, 0x0403_0201),
      ["id": "0x4", "revision": "2", "length": "12 bytes", "data": "1 2 3 4"]),
    CapabilityCase(
      "DVSEC of a CXL device", extended: DesignatedVendorSpecific.id,
      words(0x0381_1e98, 0x0016_0000, 0x6, 0, 0x0102_0000, 0x1, 0x2000_0003, 0x10, 0, 0, 0, 0, 0),
      [
        "vendorID": "0x1e98", "revision": "1", "length": "56 bytes", "id": "0x0",
        "cxl.capability.ioCapable": "yes", "cxl.capability.memCapable": "yes",
        "cxl.capability.cacheCapable": "no", "cxl.capability.hdmCount": "1",
        "cxl.control.memEnable": "yes", "cxl.capability2.cacheSizeUnit": "1 MiB",
        "cxl.capability2.cacheSize": "1", "cxl.range1SizeHigh": "0x1",
        "cxl.range1SizeLow.memoryInfoValid": "yes", "cxl.range1SizeLow.size": "0x20000000",
        "cxl.range1BaseHigh": "0x10",
      ]),
    CapabilityCase(
      "DVSEC of a CXL register locator", extended: DesignatedVendorSpecific.id,
      words(0x01c0_1e98, 0x0000_0008, 0x0000_0102, 0, 0x0001_0302, 0x1),
      [
        "cxl.blocks.0.bar": "2", "cxl.blocks.0.identifier": "component registers",
        "cxl.blocks.1.identifier": "device registers", "cxl.blocks.1.offset": "0x100010000",
      ]),
    CapabilityCase(
      "DVSEC of another vendor", extended: DesignatedVendorSpecific.id,
      words(0x00c0_8086, 0xbbaa_0005), ["vendorID": "0x8086", "id": "0x5", "data": "aa bb"]),
    CapabilityCase(
      "Integrity and Data Encryption", extended: IntegrityAndDataEncryption.id,
      // One link stream, one selective stream with one address block.
      words(
        0x0000_0003, 0x4, 0x0500_0001, 0x2, 0x1, 0x0740_0101, 0x8000_0002, 0x00ff_ff00,
        0x0000_0001, 0x0000_0001, 0xfe, 0xff),
      [
        "capability.linkStreamSupported": "yes", "capability.selectiveStreamsSupported": "yes",
        "control.flowThroughEnable": "yes", "linkStreams.0.control.enable": "yes",
        "linkStreams.0.control.streamID": "5", "linkStreams.0.status.state": "secure",
        "selectiveStreams.0.capability.addressAssociationBlocks": "1",
        "selectiveStreams.0.control.defaultStream": "yes",
        "selectiveStreams.0.control.pcrcEnable": "yes",
        "selectiveStreams.0.status.integrityCheckFailReceived": "yes",
        "selectiveStreams.0.requesterAssociation.0": "0xffff00",
        "selectiveStreams.0.addressAssociations.2": "0xff",
      ]),
  ]
}
