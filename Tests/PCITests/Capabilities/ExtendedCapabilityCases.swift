// SPDX-License-Identifier: Apache-2.0

import PCI

extension ExtendedCapabilityTests {
  private static func words(_ values: UInt32...) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  }

  static let errorCases: [CapabilityCase] = [
    CapabilityCase(
      "Advanced Error Reporting of a root port", extended: AdvancedErrorReporting.id, version: 2,
      words(
        0x0010_0010, 0x0040_0000, 0x0006_2030, 0x0000_2041, 0x0000_2000, 0x0000_08a4,
        0x1111_1111, 0x2222_2222, 0x3333_3333, 0x4444_4444, 0x7, 0x1000_0045, 0x0108_0200,
        0xaaaa_0001, 0xaaaa_0002, 0xaaaa_0003, 0xaaaa_0004),
      [
        "uncorrectableStatus.dataLinkProtocol": "yes",
        "uncorrectableStatus.unsupportedRequest": "yes",
        "uncorrectableStatus.poisonedTLP": "no", "uncorrectableMask.uncorrectableInternal": "yes",
        "uncorrectableSeverity.malformedTLP": "yes", "uncorrectableSeverity.surpriseDown": "yes",
        "correctableStatus.receiver": "yes", "correctableStatus.badTLP": "yes",
        "correctableStatus.advisoryNonFatal": "yes", "correctableMask.advisoryNonFatal": "yes",
        "control.firstErrorPointer": "0x4", "control.ecrcGenerationCapable": "yes",
        "control.ecrcCheckCapable": "yes", "control.tlpPrefixLogPresent": "yes",
        "headerLog2": "0x33333333", "rootCommand.fatalReportingEnable": "yes",
        "rootStatus.errCorReceived": "yes", "rootStatus.errFatalOrNonFatalReceived": "yes",
        "rootStatus.fatalMessagesReceived": "yes", "rootStatus.interruptMessageNumber": "2",
        "errorSource.errCorSource": "0x200", "errorSource.errFatalOrNonFatalSource": "0x108",
        "prefixLog3": "0xaaaa0004",
      ]),
    CapabilityCase(
      "Downstream Port Containment", extended: DownstreamPortContainment.id,
      words(
        0x0009_15e3, 0x0100_0f0d, 0x0001_0001, 0x0007_0707, 0, 0, 0, 0x0a, 0x0b, 0x0c, 0x0d, 0xee),
      [
        "capability.interruptMessageNumber": "3", "capability.rootPortExtensions": "yes",
        "capability.poisonedTLPEgressBlockingSupported": "yes",
        "capability.rootPortPIOLogSize": "5 doublewords",
        "capability.dlActiveErrCorSupported": "yes", "control.trigger": "fatal errors",
        "control.interruptEnable": "yes", "status.triggered": "yes",
        "status.triggerReason": "ERR_FATAL", "status.interrupt": "yes",
        "status.rootPortPIOFirstError": "0xf", "errorSourceID": "0x100",
        "rootPortPIOStatus.configurationUnsupportedRequest": "yes",
        "rootPortPIOStatus.memoryUnsupportedRequest": "yes",
        "rootPortPIOMask.ioTimeout": "yes", "headerLog0": "0xa", "headerLog3": "0xd",
        "implementationSpecificLog": "0xee",
      ]),
    CapabilityCase(
      "Root Complex Event Collector", extended: RootComplexEventCollector.id, version: 2,
      words(0x0000_0006, 0x0005_0300),
      [
        "associationBitmap": "0x6", "associatedBusNumbers.nextBus": "3",
        "associatedBusNumbers.lastBus": "5",
      ]),
    CapabilityCase(
      "Flit Logging", extended: FlitLogging.id,
      words(0xab12_e2b7, 0x4433_2211, 0x070c_02ab, 0x0000_0017)
        + words(1, 0xffff_0002, 0x0004_0003, 4, 5, 6, 7, 8, 9, 0x000a_0009),
      [
        "errorLog1.valid": "yes", "errorLog1.linkWidth": "x8", "errorLog1.flitOffset": "11",
        "errorLog1.consecutiveErrors": "2", "errorLog1.moreEntries": "yes",
        "errorLog1.unrecognizedFlit": "yes", "errorLog1.uncorrectable": "yes",
        "errorLog1.syndromeCheck0": "0xab", "errorLog1.syndromeParity0": "0x12",
        "errorLog2.syndromeCheck2": "0x44", "errorLog2.syndromeParity1": "0x11",
        "errorCounterControl.enable": "yes", "errorCounterControl.interruptEnable": "yes",
        "errorCounterControl.eventsToCount": "2", "errorCounterControl.triggerCount": "42",
        "errorCounterStatus.linkWidth": "x16", "errorCounterStatus.errorCount": "7",
        "errorCounterStatus.interruptGenerated": "yes",
        "measurementControl.longestBurst": "yes",
        "measurementControl.enable": "yes", "measurementControl.clearCounters": "yes",
        "measurementControl.granularity": "even half", "flitCount": "1",
        "invalidFlitCount": "2", "laneErrors.0": "3", "laneErrors.1": "4",
        "laneErrors.14": "9", "laneErrors.15": "10",
      ]),
    CapabilityCase(
      "Flit Performance Measurement", extended: FlitPerformance.id,
      // Vector 5, two LTSSM registers; each field of the control has a value of its own.
      words(
        0x0000_0805, 0x2a55_51c5, 0x0012_34d6, 0x0000_2b0d, 0x0001_0083, 0xffff_ffff, 0, 0),
      [
        "capability.register": "0x805", "capability.interruptVector": "5",
        "capability.ltssmTrackingRegisterCount": "2",
        "control.latencyMeasurementEnable": "yes", "control.responseType": "flit to Nak",
        "control.instancesToTrack": "7", "control.interruptThreshold": "200 ns",
        "control.trackL0ToRecovery": "yes", "control.trackL0p": "no",
        "control.trackL1ToL0": "yes", "control.trackL11ToL0": "no",
        "control.trackL12ToL0": "yes", "control.ltssmInstancesToTrack": "10",
        "control.ltssmInterruptThreshold": "12.8 ms",
        "control.l1SubstateInterruptThreshold": "5 s", "status.register": "0x1234d6",
        "status.trackingStatus": "completed", "status.flitsTracked": "21",
        "status.interruptGenerated": "yes", "status.latencyCounter": "4660",
        "ltssmStatus.0.trackingStatus": "started", "ltssmStatus.0.transitionsTracked": "3",
        "ltssmStatus.0.interruptGenerated": "no", "ltssmStatus.0.counter": "2752 us",
        "ltssmStatus.1.trackingStatus": "error", "ltssmStatus.1.transitionsTracked": "0",
        "ltssmStatus.1.interruptGenerated": "yes", "ltssmStatus.1.counter": "16384 us",
      ]),
    CapabilityCase(
      "Flit Error Injection", extended: FlitErrorInjection.id,
      words(
        1, 0x4225_0105, 0x0008_1abf, 6, 0x2002_224b, 0x00ff_8001, 0x0c00_0004, 0x0000_8000),
      [
        "capability": "0x1", "control1.enable": "yes", "control1.transmitted": "no",
        "control1.received": "yes", "control1.at32GT": "no", "control1.at64GT": "yes",
        "control1.errorCount": "5", "control1.spacing": "17", "control1.flitType": "payload",
        "control2.consecutive": "7 to 15 at random", "control2.errorType": "uncorrectable",
        "control2.offset": "85", "control2.magnitude": "129", "status.transmit": "completed",
        "status.receive": "started", "orderedSetControl1.transmitted": "yes",
        "orderedSetControl1.received": "no", "orderedSetControl1.errorCount": "9",
        "orderedSetControl1.spacing": "34", "orderedSetControl1.ts1": "yes",
        "orderedSetControl1.ts0": "no", "orderedSetControl1.equalization3": "yes",
        "orderedSetControl2.bytes": "0x8001", "orderedSetControl2.lanes": "0xff",
        "orderedSetTransmitStatus.ts1": "started",
        "orderedSetTransmitStatus.equalization3": "error",
        "orderedSetTransmitStatus.l0": "not started",
        "orderedSetReceiveStatus.polling": "completed",
      ]),
    CapabilityCase(
      "Streamlined Virtual Channel with UIO", extended: StreamlinedVirtualChannel.id,
      words(1, 0, 1, 0, 0x0000_0000, 0x8000_0001, 0, 0x0000_3200, 0xf800_0208, 2),
      [
        "capability1.extendedCount": "1", "control.enablementCompleted": "yes",
        "status.useVirtualChannel": "no", "resources.0.capability.protocols": "as channel 0",
        "resources.0.control.enable": "yes", "resources.0.control.trafficClassMap": "0x1",
        "resources.1.capability.protocols": "UIO", "resources.1.capability.id": "3",
        "resources.1.control.trafficClassMap": "0x8", "resources.1.control.protocol": "UIO",
        "resources.1.control.sharedFlowControlLimit": "7",
        "resources.1.control.sharedFlowControlLimitEnable": "yes",
        "resources.1.status.negotiationPending": "yes",
      ]),
    CapabilityCase(
      "Configuration Access Correlation", extended: ConfigurationAccessCorrelation.id,
      words(0x3322_1100), ["deviceCorrelation": "0x33221100"]),
    CapabilityCase(
      "PCI Express over M-PHY", extended: PCIExpressOverMPHY.id,
      words(0x0f0f_8001, 2, 0x0c04_8002, 0x5, 0xc30a_0055, 0x4000_0013),
      [
        "capabilities.highSpeedGear1": "yes", "capabilities.highSpeedGear2": "no",
        "capabilities.configurationSoftware": "yes",
        "capabilities.maxTransmitWidths": "x1 x2 x4 x8", "control.targetHighSpeedGear2": "yes",
        "status.highSpeedGear2": "yes", "status.transmitWidth": "x4",
        "status.receiveWidth": "x12", "laneErrorStatus": "0x5",
        "phyControlAddress.lowerAddress": "0x55", "phyControlAddress.read": "yes",
        "phyControlAddress.upperAddress": "42", "phyControlAddress.phyLocation": "remote PHY",
        "phyControlAddress.register": "0xc30a0055", "status.register": "0xc048002",
        "phyControlAddress.configuration": "yes", "phyControlData.data": "0x13",
        "phyControlData.rrapAbort": "yes", "phyControlData.pending": "no",
      ]),
  ]

  static let linkCases: [CapabilityCase] = [
    CapabilityCase(
      "Root Complex Internal Link Control", extended: RootComplexInternalLinkControl.id,
      words(0x0004_8c43, 0x0041_0082),
      [
        "linkCapabilities.maxSpeed": "8.0 GT/s", "linkCapabilities.maxWidth": "4",
        "linkCapabilities.aspmSupport": "L0s and L1",
        "linkCapabilities.l1ExitLatency": "1 us to less than 2 us",
        "linkCapabilities.supportedSpeeds": "0x1", "linkControl.aspmControl": "L1",
        "linkControl.extendedSynch": "yes", "linkStatus.speed": "2.5 GT/s",
        "linkStatus.width": "4",
      ]),
    CapabilityCase(
      "Secondary PCI Express, four lanes", extended: SecondaryPCIExpress.id,
      words(0x0000_0203, 0x0000_0005, 0x1122_3344, 0x5566_7788),
      [
        "linkControl3.performEqualization": "yes",
        "linkControl3.equalizationRequestInterruptEnable": "yes",
        "linkControl3.lowerSKPGeneration": "0x1", "laneErrorStatus": "0x5",
        "laneEqualization.0": "0x3344", "laneEqualization.3": "0x5566",
      ]),
    CapabilityCase(
      "Protocol Multiplexing", extended: ProtocolMultiplexing.id,
      words(0x0000_0702, 0x0201_0001, 0, 0x1234_0001, 0x5678_0002),
      [
        "capability.protocolArraySize": "2", "capability.supportedSpeeds": "0x7",
        "control.channel0Assignment": "1", "control.channel2Assignment": "1",
        "control.channel3Assignment": "2", "protocols.1": "0x56780002",
      ]),
    CapabilityCase(
      "L1 PM Substates", extended: L1PowerManagementSubstates.id,
      // The registers of the dump that lspci reads as 40us, 10us, 60us, 163840ns, 60us.
      words(0x0028_281f, 0x40a0_3c0f, 0x0000_00f0),
      [
        "capabilities.pciPML12Supported": "yes", "capabilities.l1PMSubstatesSupported": "yes",
        "capabilities.commonModeRestoreTime": "40 us", "capabilities.powerOnTime": "10 us",
        "control1.aspmL11Enable": "yes", "control1.commonModeRestoreTime": "60 us",
        "control1.ltrL12Threshold": "163840 ns", "control2.powerOnTime": "60 us",
      ]),
    CapabilityCase(
      "Precision Time Measurement", extended: PrecisionTimeMeasurement.id,
      words(0x0000_1007, 0x0000_ff03),
      [
        "capability.requesterCapable": "yes", "capability.rootCapable": "yes",
        "capability.localClockGranularity": "16 ns", "control.enable": "yes",
        "control.rootSelect": "yes", "control.effectiveGranularity": "more than 254 ns",
      ]),
    CapabilityCase(
      "Data Link Feature", extended: DataLinkFeature.id, words(0x8000_0001, 0x8000_0001),
      [
        "capabilities.localScaledFlowControlSupported": "yes",
        "capabilities.exchangeEnable": "yes", "status.remoteScaledFlowControlSupported": "yes",
        "status.remoteValid": "yes",
      ]),
    CapabilityCase(
      "Physical Layer 16.0 GT/s, four lanes", extended: PhysicalLayer16GT.id,
      words(0, 0, 0x1f, 1, 2, 4, 0, 0x5544_3322),
      [
        "status.equalizationComplete": "yes", "status.linkEqualizationRequest": "yes",
        "localDataParityMismatch": "0x1", "firstRetimerParityMismatch": "0x2",
        "secondRetimerParityMismatch": "0x4", "laneEqualization.0": "0x22",
        "laneEqualization.3": "0x55",
      ]),
    CapabilityCase(
      "Lane Margining, four lanes", extended: LaneMargining.id,
      words(0x0003_0001, 0x0000_9c38, 0, 0, 0x1234_5678),
      [
        "portCapabilities.driverSoftware": "yes", "portStatus.ready": "yes",
        "portStatus.softwareReady": "yes", "lanes.0": "0x9c38", "lanes.3": "0x12345678",
      ]),
    CapabilityCase(
      "Physical Layer 32.0 GT/s, four lanes", extended: PhysicalLayer32GT.id,
      words(0x0000_0103, 0x0000_0200, 0x0000_06af, 0x1e98_0001, 0x0100_0abc, 0, 0, 0x0403_0201),
      [
        "capabilities.equalizationBypassSupported": "yes",
        "capabilities.modifiedTSUsageMode0Supported": "yes",
        "control.modifiedTSUsageModeSelected": "2", "status.equalizationComplete": "yes",
        "status.modifiedTSReceived": "yes",
        "status.receivedEnhancedLinkBehavior": "no equalization needed",
        "status.transmitterPrecodeRequest": "yes",
        "receivedModifiedTSData1.receivedVendorID": "0x1e98",
        "receivedModifiedTSData2.receivedInformation2": "0xabc",
        "receivedModifiedTSData2.alternateProtocolNegotiation": "1", "laneEqualization.2": "0x3",
      ]),
    CapabilityCase(
      "Physical Layer 64.0 GT/s, four lanes", extended: PhysicalLayer64GT.id,
      words(0, 0, 0xa1, 0x4433_2211),
      [
        "status.equalizationComplete": "yes", "status.transmitterPrecodingOn": "yes",
        "status.noEqualizationNeededReceived": "yes", "laneEqualization.0": "0x11",
        "laneEqualization.3": "0x44",
      ]),
    CapabilityCase(
      "Alternate Protocol", extended: AlternateProtocol.id,
      words(0x0000_0102, 0x0000_0101, 0x1e98_0022, 0x00ab_cdef, 0x0000_0003),
      [
        "capabilities.count": "2", "capabilities.selectiveEnableSupported": "yes",
        "control.indexSelect": "1", "control.globalEnable": "yes", "data1.usageInformation": "2",
        "data1.details": "0x1", "data1.vendorID": "0x1e98",
        "data2.modifiedTSInformation": "0xabcdef", "selectiveEnableMask": "0x3",
      ]),
    CapabilityCase(
      "Device 3", extended: Device3.id, words(0x0000_00fc, 0x0000_0048, 0x0000_001b),
      [
        "capabilities.tag14BitRequesterSupported": "yes",
        "capabilities.receiverL0pSupported": "yes",
        "capabilities.portL0pExitLatency": "more than 64 us",
        "capabilities.retimerL0pExitLatency": "1 us to less than 2 us",
        "control.l0pEnable": "yes", "control.targetLinkWidth": "x16",
        "status.initialLinkWidth": "x8", "status.segmentCaptured": "yes",
        "status.remoteL0pSupported": "yes",
      ]),
  ]
}
