// SPDX-License-Identifier: Apache-2.0

extension Capability.Body {
  /// Every field, in register order; the bytes of what was not decoded.
  var fields: [Field] {
    switch self {
    case .powerManagement(let body): body.fields
    case .acceleratedGraphicsPort(let body): body.fields
    case .vitalProductData(let body): body.fields
    case .slotIdentification(let body): body.fields
    case .messageSignaledInterrupts(let body): body.fields
    case .compactPCIHotSwap(let body): body.fields
    case .pciX(let body): body.fields
    case .pciXBridge(let body): body.fields
    case .hyperTransport(let body): body.fields
    case .vendorSpecific(let body): body.fields
    case .debugPort(let body): body.fields
    case .hotPlug(let body): body.fields
    case .bridgeSubsystem(let body): body.fields
    case .secureDevice(let body): body.fields
    case .pciExpress(let body): body.fields
    case .messageSignaledInterruptsExtended(let body): body.fields
    case .serialATA(let body): body.fields
    case .advancedFeatures(let body): body.fields
    case .enhancedAllocation(let body): body.fields
    case .flatteningPortalBridge(let body): body.fields
    case .advancedErrorReporting(let body): body.fields
    case .virtualChannel(let body): body.fields
    case .deviceSerialNumber(let body): body.fields
    case .powerBudgeting(let body): body.fields
    case .rootComplexLinkDeclaration(let body): body.fields
    case .rootComplexInternalLinkControl(let body): body.fields
    case .rootComplexEventCollector(let body): body.fields
    case .multiFunctionVirtualChannel(let body): body.fields
    case .rootComplexRegisterBlock(let body): body.fields
    case .vendorSpecificExtended(let body): body.fields
    case .accessControlServices(let body): body.fields
    case .alternativeRoutingID(let body): body.fields
    case .addressTranslationServices(let body): body.fields
    case .singleRootIOVirtualization(let body): body.fields
    case .multicast(let body): body.fields
    case .pageRequest(let body): body.fields
    case .resizableBAR(let body): body.fields
    case .dynamicPowerAllocation(let body): body.fields
    case .tphRequester(let body): body.fields
    case .latencyToleranceReporting(let body): body.fields
    case .secondaryPCIExpress(let body): body.fields
    case .protocolMultiplexing(let body): body.fields
    case .processAddressSpaceID(let body): body.fields
    case .lightweightNotification(let body): body.fields
    case .downstreamPortContainment(let body): body.fields
    case .l1PowerManagementSubstates(let body): body.fields
    case .precisionTimeMeasurement(let body): body.fields
    case .functionReadinessQueueing(let body): body.fields
    case .readinessTimeReporting(let body): body.fields
    case .designatedVendorSpecific(let body): body.fields
    case .virtualFunctionResizableBAR(let body): body.fields
    case .dataLinkFeature(let body): body.fields
    case .physicalLayer16GT(let body): body.fields
    case .laneMargining(let body): body.fields
    case .hierarchyID(let body): body.fields
    case .nativeEnclosureManagement(let body): body.fields
    case .physicalLayer32GT(let body): body.fields
    case .alternateProtocol(let body): body.fields
    case .systemFirmwareIntermediary(let body): body.fields
    case .shadowFunctions(let body): body.fields
    case .dataObjectExchange(let body): body.fields
    case .device3(let body): body.fields
    case .integrityAndDataEncryption(let body): body.fields
    case .physicalLayer64GT(let body): body.fields
    case .flitLogging(let body): body.fields
    case .flitPerformance(let body): body.fields
    case .flitErrorInjection(let body): body.fields
    case .streamlinedVirtualChannel(let body): body.fields
    case .configurationAccessCorrelation(let body): body.fields
    case .pciExpressOverMPHY(let body): body.fields
    case .undecoded(let bytes), .truncated(let bytes): [Field("bytes", bytes: bytes)]
    }
  }
}
