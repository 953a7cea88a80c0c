// SPDX-License-Identifier: Apache-2.0

extension Capability.Body {
  /// Decodes the registers of an entry; `end` is where the next capability starts.
  init(_ entry: CapabilityEntry, in space: ConfigurationSpace, end: Int?) {
    let offset = entry.offset
    let bytes = { Self.bytes(from: offset, to: end, in: space) }
    switch entry.id {
    case .standard(.powerManagement):
      self = .decoded(PowerManagement(space, at: offset), as: Self.powerManagement, bytes)
    case .standard(.acceleratedGraphicsPort), .standard(.acceleratedGraphicsPort8x):
      self = .decoded(
        AcceleratedGraphicsPort(space, at: offset), as: Self.acceleratedGraphicsPort, bytes)
    case .standard(.vitalProductData):
      self = .decoded(VitalProductData(space, at: offset), as: Self.vitalProductData, bytes)
    case .standard(.slotIdentification):
      self = .decoded(SlotIdentification(space, at: offset), as: Self.slotIdentification, bytes)
    case .standard(.messageSignaledInterrupts):
      self = .decoded(
        MessageSignaledInterrupts(space, at: offset), as: Self.messageSignaledInterrupts, bytes)
    case .standard(.compactPCIHotSwap):
      self = .decoded(CompactPCIHotSwap(space, at: offset), as: Self.compactPCIHotSwap, bytes)
    case .standard(.pciX) where space.headerType == .bridge:
      self = .decoded(PCIXBridge(space, at: offset), as: Self.pciXBridge, bytes)
    case .standard(.pciX):
      self = .decoded(PCIX(space, at: offset), as: Self.pciX, bytes)
    case .standard(.hyperTransport):
      self = .decoded(HyperTransport(space, at: offset), as: Self.hyperTransport, bytes)
    case .standard(.vendorSpecific):
      self = .decoded(VendorSpecific(space, at: offset), as: Self.vendorSpecific, bytes)
    case .standard(.debugPort):
      self = .decoded(DebugPort(space, at: offset), as: Self.debugPort, bytes)
    case .standard(.hotPlug):
      self = .decoded(StandardHotPlug(space, at: offset), as: Self.hotPlug, bytes)
    case .standard(.bridgeSubsystem):
      self = .decoded(BridgeSubsystem(space, at: offset), as: Self.bridgeSubsystem, bytes)
    case .standard(.secureDevice):
      self = .decoded(SecureDevice(space, at: offset), as: Self.secureDevice, bytes)
    case .standard(.pciExpress):
      self = .decoded(PCIExpress(space, at: offset), as: Self.pciExpress, bytes)
    case .standard(.messageSignaledInterruptsExtended):
      self = .decoded(
        MessageSignaledInterruptsExtended(space, at: offset),
        as: Self.messageSignaledInterruptsExtended, bytes)
    case .standard(.serialATA):
      self = .decoded(SerialATA(space, at: offset), as: Self.serialATA, bytes)
    case .standard(.advancedFeatures):
      self = .decoded(AdvancedFeatures(space, at: offset), as: Self.advancedFeatures, bytes)
    case .standard(.enhancedAllocation):
      self = .decoded(EnhancedAllocation(space, at: offset), as: Self.enhancedAllocation, bytes)
    case .standard(.flatteningPortalBridge):
      self = .decoded(
        FlatteningPortalBridge(space, at: offset), as: Self.flatteningPortalBridge, bytes)
    case .extended(.advancedErrorReporting):
      self = .decoded(
        AdvancedErrorReporting(space, at: offset), as: Self.advancedErrorReporting, bytes)
    case .extended(.virtualChannel), .extended(.virtualChannelWithMultiFunction):
      self = .decoded(VirtualChannel(space, at: offset), as: Self.virtualChannel, bytes)
    case .extended(.deviceSerialNumber):
      self = .decoded(DeviceSerialNumber(space, at: offset), as: Self.deviceSerialNumber, bytes)
    case .extended(.powerBudgeting):
      self = .decoded(PowerBudgeting(space, at: offset), as: Self.powerBudgeting, bytes)
    case .extended(.rootComplexLinkDeclaration):
      self = .decoded(
        RootComplexLinkDeclaration(space, at: offset), as: Self.rootComplexLinkDeclaration, bytes)
    case .extended(.rootComplexInternalLinkControl):
      self = .decoded(
        RootComplexInternalLinkControl(space, at: offset), as: Self.rootComplexInternalLinkControl,
        bytes)
    case .extended(.rootComplexEventCollector):
      self = .decoded(
        RootComplexEventCollector(space, at: offset), as: Self.rootComplexEventCollector, bytes)
    case .extended(.multiFunctionVirtualChannel):
      self = .decoded(
        MultiFunctionVirtualChannel(space, at: offset), as: Self.multiFunctionVirtualChannel, bytes)
    case .extended(.rootComplexRegisterBlock):
      self = .decoded(
        RootComplexRegisterBlock(space, at: offset), as: Self.rootComplexRegisterBlock, bytes)
    case .extended(.vendorSpecific):
      self = .decoded(
        VendorSpecificExtended(space, at: offset), as: Self.vendorSpecificExtended, bytes)
    case .extended(.accessControlServices):
      self = .decoded(
        AccessControlServices(space, at: offset), as: Self.accessControlServices, bytes)
    case .extended(.alternativeRoutingID):
      self = .decoded(AlternativeRoutingID(space, at: offset), as: Self.alternativeRoutingID, bytes)
    case .extended(.addressTranslationServices):
      self = .decoded(
        AddressTranslationServices(space, at: offset), as: Self.addressTranslationServices, bytes)
    case .extended(.singleRootIOVirtualization):
      self = .decoded(
        SingleRootIOVirtualization(space, at: offset), as: Self.singleRootIOVirtualization, bytes)
    case .extended(.multicast):
      self = .decoded(Multicast(space, at: offset), as: Self.multicast, bytes)
    case .extended(.pageRequest):
      self = .decoded(PageRequest(space, at: offset), as: Self.pageRequest, bytes)
    case .extended(.resizableBAR):
      self = .decoded(ResizableBAR(space, at: offset), as: Self.resizableBAR, bytes)
    case .extended(.dynamicPowerAllocation):
      self = .decoded(
        DynamicPowerAllocation(space, at: offset), as: Self.dynamicPowerAllocation, bytes)
    case .extended(.tphRequester):
      self = .decoded(TPHRequester(space, at: offset), as: Self.tphRequester, bytes)
    case .extended(.latencyToleranceReporting):
      self = .decoded(
        LatencyToleranceReporting(space, at: offset), as: Self.latencyToleranceReporting, bytes)
    case .extended(.secondaryPCIExpress):
      self = .decoded(SecondaryPCIExpress(space, at: offset), as: Self.secondaryPCIExpress, bytes)
    case .extended(.protocolMultiplexing):
      self = .decoded(ProtocolMultiplexing(space, at: offset), as: Self.protocolMultiplexing, bytes)
    case .extended(.processAddressSpaceID):
      self = .decoded(
        ProcessAddressSpaceID(space, at: offset), as: Self.processAddressSpaceID, bytes)
    case .extended(.lightweightNotification):
      self = .decoded(
        LightweightNotification(space, at: offset), as: Self.lightweightNotification, bytes)
    case .extended(.downstreamPortContainment):
      self = .decoded(
        DownstreamPortContainment(space, at: offset), as: Self.downstreamPortContainment, bytes)
    case .extended(.l1PowerManagementSubstates):
      self = .decoded(
        L1PowerManagementSubstates(space, at: offset), as: Self.l1PowerManagementSubstates, bytes)
    case .extended(.precisionTimeMeasurement):
      self = .decoded(
        PrecisionTimeMeasurement(space, at: offset), as: Self.precisionTimeMeasurement, bytes)
    case .extended(.functionReadinessQueueing):
      self = .decoded(
        FunctionReadinessQueueing(space, at: offset), as: Self.functionReadinessQueueing, bytes)
    case .extended(.readinessTimeReporting):
      self = .decoded(
        ReadinessTimeReporting(space, at: offset), as: Self.readinessTimeReporting, bytes)
    case .extended(.designatedVendorSpecific):
      self = .decoded(
        DesignatedVendorSpecific(space, at: offset), as: Self.designatedVendorSpecific, bytes)
    case .extended(.virtualFunctionResizableBAR):
      self = .decoded(
        VirtualFunctionResizableBAR(space, at: offset), as: Self.virtualFunctionResizableBAR, bytes)
    case .extended(.dataLinkFeature):
      self = .decoded(DataLinkFeature(space, at: offset), as: Self.dataLinkFeature, bytes)
    case .extended(.physicalLayer16GT):
      self = .decoded(PhysicalLayer16GT(space, at: offset), as: Self.physicalLayer16GT, bytes)
    case .extended(.laneMargining):
      self = .decoded(LaneMargining(space, at: offset), as: Self.laneMargining, bytes)
    case .extended(.hierarchyID):
      self = .decoded(HierarchyID(space, at: offset), as: Self.hierarchyID, bytes)
    case .extended(.nativeEnclosureManagement):
      self = .decoded(
        NativeEnclosureManagement(space, at: offset), as: Self.nativeEnclosureManagement, bytes)
    case .extended(.physicalLayer32GT):
      self = .decoded(PhysicalLayer32GT(space, at: offset), as: Self.physicalLayer32GT, bytes)
    case .extended(.alternateProtocol):
      self = .decoded(AlternateProtocol(space, at: offset), as: Self.alternateProtocol, bytes)
    case .extended(.systemFirmwareIntermediary):
      self = .decoded(
        SystemFirmwareIntermediary(space, at: offset), as: Self.systemFirmwareIntermediary, bytes)
    case .extended(.shadowFunctions):
      self = .decoded(ShadowFunctions(space, at: offset), as: Self.shadowFunctions, bytes)
    case .extended(.dataObjectExchange):
      self = .decoded(DataObjectExchange(space, at: offset), as: Self.dataObjectExchange, bytes)
    case .extended(.device3):
      self = .decoded(Device3(space, at: offset), as: Self.device3, bytes)
    case .extended(.integrityAndDataEncryption):
      self = .decoded(
        IntegrityAndDataEncryption(space, at: offset), as: Self.integrityAndDataEncryption, bytes)
    case .extended(.physicalLayer64GT):
      self = .decoded(PhysicalLayer64GT(space, at: offset), as: Self.physicalLayer64GT, bytes)
    case .extended(.flitLogging):
      self = .decoded(FlitLogging(space, at: offset), as: Self.flitLogging, bytes)
    case .extended(.flitPerformance):
      self = .decoded(FlitPerformance(space, at: offset), as: Self.flitPerformance, bytes)
    case .extended(.flitErrorInjection):
      self = .decoded(FlitErrorInjection(space, at: offset), as: Self.flitErrorInjection, bytes)
    case .extended(.streamlinedVirtualChannel):
      self = .decoded(
        StreamlinedVirtualChannel(space, at: offset), as: Self.streamlinedVirtualChannel, bytes)
    case .extended(.configurationAccessCorrelation):
      self = .decoded(
        ConfigurationAccessCorrelation(space, at: offset), as: Self.configurationAccessCorrelation,
        bytes)
    case .extended(.mPHY):
      self = .decoded(PCIExpressOverMPHY(space, at: offset), as: Self.pciExpressOverMPHY, bytes)
    default: self = .undecoded(bytes())
    }
  }

  /// The body, or its bytes where the capability could not be decoded.
  private static func decoded<Registers: DecodedCapability>(
    _ registers: Registers?, as body: (Registers) -> Self, _ bytes: () -> [UInt8]
  ) -> Self {
    guard let registers else { return .truncated(bytes()) }
    return body(registers)
  }

  private static func bytes(
    from offset: Int, to end: Int?, in space: ConfigurationSpace
  ) -> [UInt8] {
    let end = min(end ?? space.count, space.count)
    return offset < end ? Array(space.bytes[offset..<end]) : []
  }
}
