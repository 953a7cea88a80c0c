// SPDX-License-Identifier: Apache-2.0

/// One capability of a function, with its registers decoded where they are known.
public struct Capability: Hashable, Sendable {
  /// The registers of a capability.
  public enum Body: Hashable, Sendable {
    /// Power Management.
    case powerManagement(PowerManagement)
    /// AGP and AGP 8x.
    case acceleratedGraphicsPort(AcceleratedGraphicsPort)
    /// Vital Product Data.
    case vitalProductData(VitalProductData)
    /// Slot Identification.
    case slotIdentification(SlotIdentification)
    /// Message Signaled Interrupts.
    case messageSignaledInterrupts(MessageSignaledInterrupts)
    /// CompactPCI Hot Swap.
    case compactPCIHotSwap(CompactPCIHotSwap)
    /// PCI-X of a type 0 header.
    case pciX(PCIX)
    /// PCI-X of a bridge.
    case pciXBridge(PCIXBridge)
    /// HyperTransport.
    case hyperTransport(HyperTransport)
    /// Vendor Specific.
    case vendorSpecific(VendorSpecific)
    /// Debug Port.
    case debugPort(DebugPort)
    /// PCI Hot-Plug.
    case hotPlug(StandardHotPlug)
    /// Bridge Subsystem Vendor ID.
    case bridgeSubsystem(BridgeSubsystem)
    /// Secure Device.
    case secureDevice(SecureDevice)
    /// PCI Express.
    case pciExpress(PCIExpress)
    /// MSI-X.
    case messageSignaledInterruptsExtended(MessageSignaledInterruptsExtended)
    /// Serial ATA Data/Index Configuration.
    case serialATA(SerialATA)
    /// Advanced Features.
    case advancedFeatures(AdvancedFeatures)
    /// Enhanced Allocation.
    case enhancedAllocation(EnhancedAllocation)
    /// Flattening Portal Bridge.
    case flatteningPortalBridge(FlatteningPortalBridge)
    /// Advanced Error Reporting.
    case advancedErrorReporting(AdvancedErrorReporting)
    /// Virtual Channel.
    case virtualChannel(VirtualChannel)
    /// Device Serial Number.
    case deviceSerialNumber(DeviceSerialNumber)
    /// Power Budgeting.
    case powerBudgeting(PowerBudgeting)
    /// Root Complex Link Declaration.
    case rootComplexLinkDeclaration(RootComplexLinkDeclaration)
    /// Root Complex Internal Link Control.
    case rootComplexInternalLinkControl(RootComplexInternalLinkControl)
    /// Root Complex Event Collector Endpoint Association.
    case rootComplexEventCollector(RootComplexEventCollector)
    /// Multi-Function Virtual Channel.
    case multiFunctionVirtualChannel(MultiFunctionVirtualChannel)
    /// Root Complex Register Block Header.
    case rootComplexRegisterBlock(RootComplexRegisterBlock)
    /// Vendor-Specific, extended.
    case vendorSpecificExtended(VendorSpecificExtended)
    /// Access Control Services.
    case accessControlServices(AccessControlServices)
    /// Alternative Routing-ID Interpretation.
    case alternativeRoutingID(AlternativeRoutingID)
    /// Address Translation Services.
    case addressTranslationServices(AddressTranslationServices)
    /// Single Root I/O Virtualization.
    case singleRootIOVirtualization(SingleRootIOVirtualization)
    /// Multicast.
    case multicast(Multicast)
    /// Page Request Interface.
    case pageRequest(PageRequest)
    /// Resizable BAR.
    case resizableBAR(ResizableBAR)
    /// Dynamic Power Allocation.
    case dynamicPowerAllocation(DynamicPowerAllocation)
    /// TPH Requester.
    case tphRequester(TPHRequester)
    /// Latency Tolerance Reporting.
    case latencyToleranceReporting(LatencyToleranceReporting)
    /// Secondary PCI Express.
    case secondaryPCIExpress(SecondaryPCIExpress)
    /// Protocol Multiplexing.
    case protocolMultiplexing(ProtocolMultiplexing)
    /// Process Address Space ID.
    case processAddressSpaceID(ProcessAddressSpaceID)
    /// LN Requester.
    case lightweightNotification(LightweightNotification)
    /// Downstream Port Containment.
    case downstreamPortContainment(DownstreamPortContainment)
    /// L1 PM Substates.
    case l1PowerManagementSubstates(L1PowerManagementSubstates)
    /// Precision Time Measurement.
    case precisionTimeMeasurement(PrecisionTimeMeasurement)
    /// FRS Queueing.
    case functionReadinessQueueing(FunctionReadinessQueueing)
    /// Readiness Time Reporting.
    case readinessTimeReporting(ReadinessTimeReporting)
    /// Designated Vendor-Specific.
    case designatedVendorSpecific(DesignatedVendorSpecific)
    /// VF Resizable BAR.
    case virtualFunctionResizableBAR(VirtualFunctionResizableBAR)
    /// Data Link Feature.
    case dataLinkFeature(DataLinkFeature)
    /// Physical Layer 16.0 GT/s.
    case physicalLayer16GT(PhysicalLayer16GT)
    /// Lane Margining at the Receiver.
    case laneMargining(LaneMargining)
    /// Hierarchy ID.
    case hierarchyID(HierarchyID)
    /// Native PCIe Enclosure Management.
    case nativeEnclosureManagement(NativeEnclosureManagement)
    /// Physical Layer 32.0 GT/s.
    case physicalLayer32GT(PhysicalLayer32GT)
    /// Alternate Protocol.
    case alternateProtocol(AlternateProtocol)
    /// System Firmware Intermediary.
    case systemFirmwareIntermediary(SystemFirmwareIntermediary)
    /// Shadow Functions.
    case shadowFunctions(ShadowFunctions)
    /// Data Object Exchange.
    case dataObjectExchange(DataObjectExchange)
    /// Device 3.
    case device3(Device3)
    /// Integrity and Data Encryption.
    case integrityAndDataEncryption(IntegrityAndDataEncryption)
    /// Physical Layer 64.0 GT/s.
    case physicalLayer64GT(PhysicalLayer64GT)
    /// Flit Logging.
    case flitLogging(FlitLogging)
    /// Flit Performance Measurement.
    case flitPerformance(FlitPerformance)
    /// Flit Error Injection.
    case flitErrorInjection(FlitErrorInjection)
    /// Streamlined Virtual Channel.
    case streamlinedVirtualChannel(StreamlinedVirtualChannel)
    /// Configuration Access Correlation.
    case configurationAccessCorrelation(ConfigurationAccessCorrelation)
    /// PCI Express over M-PHY.
    case pciExpressOverMPHY(PCIExpressOverMPHY)
    /// A capability that this library does not decode, with its bytes.
    ///
    /// The bytes start at the header and end before the next capability, or
    /// where the space or what was read of it ends.
    case undecoded([UInt8])
    /// A known capability of which too few bytes were read, or that claims more than there is.
    case truncated([UInt8])
  }

  /// Which capability it is, where, and its version.
  public let entry: CapabilityEntry
  /// Its registers.
  public let body: Body

  /// Decodes the capability that a list entry points to.
  ///
  /// `end` is where the next capability starts, if there is one.
  public init(_ entry: CapabilityEntry, in space: ConfigurationSpace, end: Int? = nil) {
    self.entry = entry
    // A standard capability ends with conventional space, even where the bytes go on.
    let part =
      if case .standard = entry.id { space.conventionalPart } else { space }
    self.body = Body(entry, in: part, end: end)
  }

  /// The short name that starts its dotted field names: `pcie`.
  public var shortName: String { entry.id.shortName }
  /// The specification's name.
  public var title: String { entry.id.title }
  /// Every field, in register order; the bytes where nothing was decoded.
  public var fields: [Field] { body.fields }
  /// Whether too few bytes were read to decode it.
  public var isTruncated: Bool {
    if case .truncated = body { true } else { false }
  }
}

extension ConfigurationSpace {
  /// The first 256 bytes, where standard capabilities are.
  var conventionalPart: ConfigurationSpace {
    count <= Self.conventionalSize
      ? self : ConfigurationSpace(Array(bytes[..<Self.conventionalSize]))
  }

  /// Every capability, decoded, in list order.
  public var capabilities: [Capability] {
    let entries = capabilityList.entries
    return entries.map { entry in
      var end: Int?
      for other in entries where other.offset > entry.offset {
        end = min(end ?? other.offset, other.offset)
      }
      return Capability(entry, in: self, end: end)
    }
  }

  /// The offset of the first capability with an id, without decoding the rest.
  public func offset(of id: CapabilityID) -> Int? {
    capabilityList.entries.first { $0.id == id }?.offset
  }
}
