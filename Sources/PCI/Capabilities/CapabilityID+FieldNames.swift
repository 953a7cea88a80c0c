// SPDX-License-Identifier: Apache-2.0

extension CapabilityID {
  /// The names of the fields that a capability with this id can have.
  ///
  /// Each starts with the short name: `pcie.linkCapabilities.maxSpeed`. `N`
  /// stands for an index. An id that is not decoded has its bytes only.
  public var fieldNames: [String] {
    var names: [String] = []
    for name in registerFieldNames + ["bytes"] {
      let full = shortName + "." + name
      // PCI-X has two layouts with fields in common.
      if !names.contains(full) { names.append(full) }
    }
    return names
  }

  private var registerFieldNames: [String] {
    switch self {
    case .standard(.powerManagement): PowerManagement.fieldNames
    case .standard(.acceleratedGraphicsPort), .standard(.acceleratedGraphicsPort8x):
      AcceleratedGraphicsPort.fieldNames
    case .standard(.vitalProductData): VitalProductData.fieldNames
    case .standard(.slotIdentification): SlotIdentification.fieldNames
    case .standard(.messageSignaledInterrupts): MessageSignaledInterrupts.fieldNames
    case .standard(.compactPCIHotSwap): CompactPCIHotSwap.fieldNames
    case .standard(.pciX): PCIX.fieldNames + PCIXBridge.fieldNames
    case .standard(.hyperTransport): HyperTransport.fieldNames
    case .standard(.vendorSpecific): VendorSpecific.fieldNames
    case .standard(.debugPort): DebugPort.fieldNames
    case .standard(.hotPlug): StandardHotPlug.fieldNames
    case .standard(.bridgeSubsystem): BridgeSubsystem.fieldNames
    case .standard(.secureDevice): SecureDevice.fieldNames
    case .standard(.pciExpress): PCIExpress.fieldNames
    case .standard(.messageSignaledInterruptsExtended): MessageSignaledInterruptsExtended.fieldNames
    case .standard(.serialATA): SerialATA.fieldNames
    case .standard(.advancedFeatures): AdvancedFeatures.fieldNames
    case .standard(.enhancedAllocation): EnhancedAllocation.fieldNames
    case .standard(.flatteningPortalBridge): FlatteningPortalBridge.fieldNames
    case .extended(.advancedErrorReporting): AdvancedErrorReporting.fieldNames
    case .extended(.virtualChannel), .extended(.virtualChannelWithMultiFunction):
      VirtualChannel.fieldNames
    case .extended(.deviceSerialNumber): DeviceSerialNumber.fieldNames
    case .extended(.powerBudgeting): PowerBudgeting.fieldNames
    case .extended(.rootComplexLinkDeclaration): RootComplexLinkDeclaration.fieldNames
    case .extended(.rootComplexInternalLinkControl): RootComplexInternalLinkControl.fieldNames
    case .extended(.rootComplexEventCollector): RootComplexEventCollector.fieldNames
    case .extended(.multiFunctionVirtualChannel): MultiFunctionVirtualChannel.fieldNames
    case .extended(.rootComplexRegisterBlock): RootComplexRegisterBlock.fieldNames
    case .extended(.vendorSpecific): VendorSpecificExtended.fieldNames
    case .extended(.accessControlServices): AccessControlServices.fieldNames
    case .extended(.alternativeRoutingID): AlternativeRoutingID.fieldNames
    case .extended(.addressTranslationServices): AddressTranslationServices.fieldNames
    case .extended(.singleRootIOVirtualization): SingleRootIOVirtualization.fieldNames
    case .extended(.multicast): Multicast.fieldNames
    case .extended(.pageRequest): PageRequest.fieldNames
    case .extended(.resizableBAR): ResizableBAR.fieldNames
    case .extended(.dynamicPowerAllocation): DynamicPowerAllocation.fieldNames
    case .extended(.tphRequester): TPHRequester.fieldNames
    case .extended(.latencyToleranceReporting): LatencyToleranceReporting.fieldNames
    case .extended(.secondaryPCIExpress): SecondaryPCIExpress.fieldNames
    case .extended(.protocolMultiplexing): ProtocolMultiplexing.fieldNames
    case .extended(.processAddressSpaceID): ProcessAddressSpaceID.fieldNames
    case .extended(.lightweightNotification): LightweightNotification.fieldNames
    case .extended(.downstreamPortContainment): DownstreamPortContainment.fieldNames
    case .extended(.l1PowerManagementSubstates): L1PowerManagementSubstates.fieldNames
    case .extended(.precisionTimeMeasurement): PrecisionTimeMeasurement.fieldNames
    case .extended(.functionReadinessQueueing): FunctionReadinessQueueing.fieldNames
    case .extended(.readinessTimeReporting): ReadinessTimeReporting.fieldNames
    case .extended(.designatedVendorSpecific): DesignatedVendorSpecific.fieldNames
    case .extended(.virtualFunctionResizableBAR): VirtualFunctionResizableBAR.fieldNames
    case .extended(.dataLinkFeature): DataLinkFeature.fieldNames
    case .extended(.physicalLayer16GT): PhysicalLayer16GT.fieldNames
    case .extended(.laneMargining): LaneMargining.fieldNames
    case .extended(.hierarchyID): HierarchyID.fieldNames
    case .extended(.nativeEnclosureManagement): NativeEnclosureManagement.fieldNames
    case .extended(.physicalLayer32GT): PhysicalLayer32GT.fieldNames
    case .extended(.alternateProtocol): AlternateProtocol.fieldNames
    case .extended(.systemFirmwareIntermediary): SystemFirmwareIntermediary.fieldNames
    case .extended(.shadowFunctions): ShadowFunctions.fieldNames
    case .extended(.dataObjectExchange): DataObjectExchange.fieldNames
    case .extended(.device3): Device3.fieldNames
    case .extended(.integrityAndDataEncryption): IntegrityAndDataEncryption.fieldNames
    case .extended(.physicalLayer64GT): PhysicalLayer64GT.fieldNames
    case .extended(.flitLogging): FlitLogging.fieldNames
    case .extended(.flitPerformance): FlitPerformance.fieldNames
    case .extended(.flitErrorInjection): FlitErrorInjection.fieldNames
    case .extended(.streamlinedVirtualChannel): StreamlinedVirtualChannel.fieldNames
    case .extended(.configurationAccessCorrelation): ConfigurationAccessCorrelation.fieldNames
    case .extended(.mPHY): PCIExpressOverMPHY.fieldNames
    default: []
    }
  }
}
