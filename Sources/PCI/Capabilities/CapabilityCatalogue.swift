// SPDX-License-Identifier: Apache-2.0

/// Every capability that has a name, and what decodes it.
///
/// PCI Code and ID Assignment Specification 1.16, sections 2 and 3.
enum CapabilityCatalogue {
  /// One line each, in the order of the ids: a type of a file of its own, or a name alone.
  static let listed: [CapabilityDecoder] = [
    CapabilityDecoder(CapabilityKind(standard: 0x00, "null", "Null")),
    CapabilityDecoder(PowerManagement.self),
    CapabilityDecoder(AcceleratedGraphicsPort.self),
    CapabilityDecoder(VitalProductData.self),
    CapabilityDecoder(SlotIdentification.self),
    CapabilityDecoder(MessageSignaledInterrupts.self),
    CapabilityDecoder(CompactPCIHotSwap.self),
    CapabilityDecoder(PCIX.self),
    CapabilityDecoder(PCIXBridge.self),
    CapabilityDecoder(HyperTransport.self),
    CapabilityDecoder(VendorSpecific.self),
    CapabilityDecoder(DebugPort.self),
    // Its registers are in PICMG 2.13 only, of which nothing is public.
    CapabilityDecoder(CapabilityKind(standard: 0x0b, "crc", "CompactPCI Central Resource Control")),
    CapabilityDecoder(StandardHotPlug.self),
    CapabilityDecoder(BridgeSubsystem.self),
    CapabilityDecoder(SecureDevice.self),
    CapabilityDecoder(PCIExpress.self),
    CapabilityDecoder(MessageSignaledInterruptsExtended.self),
    CapabilityDecoder(SerialATA.self),
    CapabilityDecoder(AdvancedFeatures.self),
    CapabilityDecoder(EnhancedAllocation.self),
    CapabilityDecoder(FlatteningPortalBridge.self),
    CapabilityDecoder(CapabilityKind(extended: 0x0000, "enull", "Null")),
    CapabilityDecoder(AdvancedErrorReporting.self),
    CapabilityDecoder(VirtualChannel.self),
    CapabilityDecoder(DeviceSerialNumber.self),
    CapabilityDecoder(PowerBudgeting.self),
    CapabilityDecoder(RootComplexLinkDeclaration.self),
    CapabilityDecoder(RootComplexInternalLinkControl.self),
    CapabilityDecoder(RootComplexEventCollector.self),
    CapabilityDecoder(MultiFunctionVirtualChannel.self),
    CapabilityDecoder(RootComplexRegisterBlock.self),
    CapabilityDecoder(VendorSpecificExtended.self),
    CapabilityDecoder(ConfigurationAccessCorrelation.self),
    CapabilityDecoder(AccessControlServices.self),
    CapabilityDecoder(AlternativeRoutingID.self),
    CapabilityDecoder(AddressTranslationServices.self),
    CapabilityDecoder(SingleRootIOVirtualization.self),
    // Its registers are in Multi-Root I/O Virtualization and Sharing 1.0 only, of which
    // nothing is public, and later bases forbid the id.
    CapabilityDecoder(CapabilityKind(extended: 0x0011, "mriov", "Multi-Root I/O Virtualization")),
    CapabilityDecoder(Multicast.self),
    CapabilityDecoder(PageRequest.self),
    // It has no public layout.
    CapabilityDecoder(CapabilityKind(extended: 0x0014, "amd", "Reserved for AMD")),
    CapabilityDecoder(ResizableBAR.self),
    CapabilityDecoder(DynamicPowerAllocation.self),
    CapabilityDecoder(TPHRequester.self),
    CapabilityDecoder(LatencyToleranceReporting.self),
    CapabilityDecoder(SecondaryPCIExpress.self),
    CapabilityDecoder(ProtocolMultiplexing.self),
    CapabilityDecoder(ProcessAddressSpaceID.self),
    CapabilityDecoder(LightweightNotification.self),
    CapabilityDecoder(DownstreamPortContainment.self),
    CapabilityDecoder(L1PowerManagementSubstates.self),
    CapabilityDecoder(PrecisionTimeMeasurement.self),
    CapabilityDecoder(PCIExpressOverMPHY.self),
    CapabilityDecoder(FunctionReadinessQueueing.self),
    CapabilityDecoder(ReadinessTimeReporting.self),
    CapabilityDecoder(DesignatedVendorSpecific.self),
    CapabilityDecoder(VirtualFunctionResizableBAR.self),
    CapabilityDecoder(DataLinkFeature.self),
    CapabilityDecoder(PhysicalLayer16GT.self),
    CapabilityDecoder(LaneMargining.self),
    CapabilityDecoder(HierarchyID.self),
    CapabilityDecoder(NativeEnclosureManagement.self),
    CapabilityDecoder(PhysicalLayer32GT.self),
    CapabilityDecoder(AlternateProtocol.self),
    CapabilityDecoder(SystemFirmwareIntermediary.self),
    CapabilityDecoder(ShadowFunctions.self),
    CapabilityDecoder(DataObjectExchange.self),
    CapabilityDecoder(Device3.self),
    CapabilityDecoder(IntegrityAndDataEncryption.self),
    CapabilityDecoder(PhysicalLayer64GT.self),
    CapabilityDecoder(FlitLogging.self),
    CapabilityDecoder(FlitPerformance.self),
    CapabilityDecoder(FlitErrorInjection.self),
    CapabilityDecoder(StreamlinedVirtualChannel.self),
  ]

  /// Every capability under each of its ids, in the order of the ids.
  static let all: [CapabilityDecoder] = {
    var all = listed
    for alias in listed.compactMap({ $0.alias }) {
      let next = all.firstIndex { $0.kind.id.order > alias.kind.id.order }
      all.insert(alias, at: next ?? all.count)
    }
    return all
  }()

  /// What is known of an id; of two with one, the first.
  static func kind(of id: CapabilityID) -> CapabilityKind? {
    all.first { $0.kind.id == id }?.kind
  }

  /// What decodes registers with an id.
  static func decoder(of registers: RegisterBytes, _ id: CapabilityID) -> CapabilityDecoder? {
    all.first { $0.kind.id == id && $0.applies(registers) }
  }
}

extension CapabilityID {
  /// Its place among all ids, standard ones first.
  fileprivate var order: Int {
    switch self {
    case .standard(let id): Int(id.rawValue)
    case .extended(let id): 0x100 + Int(id.rawValue)
    }
  }
}
