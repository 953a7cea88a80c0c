// SPDX-License-Identifier: Apache-2.0

/// The id of a standard or an extended capability.
///
/// PCI Code and ID Assignment Specification 1.16, sections 2 and 3.
public enum CapabilityID: Hashable, Sendable {
  /// A capability of the list that starts at 0x34.
  case standard(StandardCapabilityID)
  /// A capability of the list that starts at 0x100.
  case extended(ExtendedCapabilityID)
}

/// The id of a capability in the first 256 bytes.
public struct StandardCapabilityID: Hashable, Sendable, RawRepresentable {
  /// The number of the capability.
  public let rawValue: UInt8

  /// Names a capability by its number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Null capability.
  public static let null = Self(rawValue: 0x00)
  /// PCI Power Management Interface.
  public static let powerManagement = Self(rawValue: 0x01)
  /// AGP.
  public static let acceleratedGraphicsPort = Self(rawValue: 0x02)
  /// Vital Product Data.
  public static let vitalProductData = Self(rawValue: 0x03)
  /// Slot Identification.
  public static let slotIdentification = Self(rawValue: 0x04)
  /// Message Signaled Interrupts.
  public static let messageSignaledInterrupts = Self(rawValue: 0x05)
  /// CompactPCI Hot Swap.
  public static let compactPCIHotSwap = Self(rawValue: 0x06)
  /// PCI-X.
  public static let pciX = Self(rawValue: 0x07)
  /// HyperTransport.
  public static let hyperTransport = Self(rawValue: 0x08)
  /// Vendor Specific.
  public static let vendorSpecific = Self(rawValue: 0x09)
  /// Debug port.
  public static let debugPort = Self(rawValue: 0x0a)
  /// CompactPCI central resource control.
  ///
  /// Kept as bytes: its registers are in PICMG 2.13 only, of which nothing is public.
  public static let compactPCIResourceControl = Self(rawValue: 0x0b)
  /// PCI Hot-Plug: Standard Hot-Plug Controller.
  public static let hotPlug = Self(rawValue: 0x0c)
  /// PCI Bridge Subsystem Vendor ID.
  public static let bridgeSubsystem = Self(rawValue: 0x0d)
  /// AGP 8x: the registers of ``acceleratedGraphicsPort`` in a PCI-to-PCI bridge.
  public static let acceleratedGraphicsPort8x = Self(rawValue: 0x0e)
  /// Secure Device.
  public static let secureDevice = Self(rawValue: 0x0f)
  /// PCI Express.
  public static let pciExpress = Self(rawValue: 0x10)
  /// MSI-X.
  public static let messageSignaledInterruptsExtended = Self(rawValue: 0x11)
  /// Serial ATA Data/Index Configuration.
  public static let serialATA = Self(rawValue: 0x12)
  /// Advanced Features.
  public static let advancedFeatures = Self(rawValue: 0x13)
  /// Enhanced Allocation.
  public static let enhancedAllocation = Self(rawValue: 0x14)
  /// Flattening Portal Bridge.
  public static let flatteningPortalBridge = Self(rawValue: 0x15)
}

/// The id of a capability in extended configuration space.
public struct ExtendedCapabilityID: Hashable, Sendable, RawRepresentable {
  /// The number of the capability.
  public let rawValue: UInt16

  /// Names a capability by its number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Null capability.
  public static let null = Self(rawValue: 0x0000)
  /// Advanced Error Reporting.
  public static let advancedErrorReporting = Self(rawValue: 0x0001)
  /// Virtual Channel.
  public static let virtualChannel = Self(rawValue: 0x0002)
  /// Device Serial Number.
  public static let deviceSerialNumber = Self(rawValue: 0x0003)
  /// Power Budgeting.
  public static let powerBudgeting = Self(rawValue: 0x0004)
  /// Root Complex Link Declaration.
  public static let rootComplexLinkDeclaration = Self(rawValue: 0x0005)
  /// Root Complex Internal Link Control.
  public static let rootComplexInternalLinkControl = Self(rawValue: 0x0006)
  /// Root Complex Event Collector Endpoint Association.
  public static let rootComplexEventCollector = Self(rawValue: 0x0007)
  /// Multi-Function Virtual Channel.
  public static let multiFunctionVirtualChannel = Self(rawValue: 0x0008)
  /// Virtual Channel, used where a Multi-Function Virtual Channel is present.
  public static let virtualChannelWithMultiFunction = Self(rawValue: 0x0009)
  /// Root Complex Register Block Header.
  public static let rootComplexRegisterBlock = Self(rawValue: 0x000a)
  /// Vendor-Specific.
  public static let vendorSpecific = Self(rawValue: 0x000b)
  /// Configuration Access Correlation.
  public static let configurationAccessCorrelation = Self(rawValue: 0x000c)
  /// Access Control Services.
  public static let accessControlServices = Self(rawValue: 0x000d)
  /// Alternative Routing-ID Interpretation.
  public static let alternativeRoutingID = Self(rawValue: 0x000e)
  /// Address Translation Services.
  public static let addressTranslationServices = Self(rawValue: 0x000f)
  /// Single Root I/O Virtualization.
  public static let singleRootIOVirtualization = Self(rawValue: 0x0010)
  /// Multi-Root I/O Virtualization.
  ///
  /// Kept as bytes: its registers are in Multi-Root I/O Virtualization and Sharing
  /// 1.0 only, of which nothing is public, and later bases forbid the id.
  public static let multiRootIOVirtualization = Self(rawValue: 0x0011)
  /// Multicast.
  public static let multicast = Self(rawValue: 0x0012)
  /// Page Request Interface.
  public static let pageRequest = Self(rawValue: 0x0013)
  /// Reserved for AMD.
  ///
  /// Kept as bytes: it has no public layout.
  public static let amdReserved = Self(rawValue: 0x0014)
  /// Resizable BAR.
  public static let resizableBAR = Self(rawValue: 0x0015)
  /// Dynamic Power Allocation.
  public static let dynamicPowerAllocation = Self(rawValue: 0x0016)
  /// TPH Requester.
  public static let tphRequester = Self(rawValue: 0x0017)
  /// Latency Tolerance Reporting.
  public static let latencyToleranceReporting = Self(rawValue: 0x0018)
  /// Secondary PCI Express.
  public static let secondaryPCIExpress = Self(rawValue: 0x0019)
  /// Protocol Multiplexing.
  public static let protocolMultiplexing = Self(rawValue: 0x001a)
  /// Process Address Space ID.
  public static let processAddressSpaceID = Self(rawValue: 0x001b)
  /// LN Requester.
  public static let lightweightNotification = Self(rawValue: 0x001c)
  /// Downstream Port Containment.
  public static let downstreamPortContainment = Self(rawValue: 0x001d)
  /// L1 PM Substates.
  public static let l1PowerManagementSubstates = Self(rawValue: 0x001e)
  /// Precision Time Measurement.
  public static let precisionTimeMeasurement = Self(rawValue: 0x001f)
  /// PCI Express over M-PHY.
  public static let mPHY = Self(rawValue: 0x0020)
  /// FRS Queueing.
  public static let functionReadinessQueueing = Self(rawValue: 0x0021)
  /// Readiness Time Reporting.
  public static let readinessTimeReporting = Self(rawValue: 0x0022)
  /// Designated Vendor-Specific.
  public static let designatedVendorSpecific = Self(rawValue: 0x0023)
  /// VF Resizable BAR.
  public static let virtualFunctionResizableBAR = Self(rawValue: 0x0024)
  /// Data Link Feature.
  public static let dataLinkFeature = Self(rawValue: 0x0025)
  /// Physical Layer 16.0 GT/s.
  public static let physicalLayer16GT = Self(rawValue: 0x0026)
  /// Lane Margining at the Receiver.
  public static let laneMargining = Self(rawValue: 0x0027)
  /// Hierarchy ID.
  public static let hierarchyID = Self(rawValue: 0x0028)
  /// Native PCIe Enclosure Management.
  public static let nativeEnclosureManagement = Self(rawValue: 0x0029)
  /// Physical Layer 32.0 GT/s.
  public static let physicalLayer32GT = Self(rawValue: 0x002a)
  /// Alternate Protocol.
  public static let alternateProtocol = Self(rawValue: 0x002b)
  /// System Firmware Intermediary.
  public static let systemFirmwareIntermediary = Self(rawValue: 0x002c)
  /// Shadow Functions.
  public static let shadowFunctions = Self(rawValue: 0x002d)
  /// Data Object Exchange.
  public static let dataObjectExchange = Self(rawValue: 0x002e)
  /// Device 3.
  public static let device3 = Self(rawValue: 0x002f)
  /// Integrity and Data Encryption.
  public static let integrityAndDataEncryption = Self(rawValue: 0x0030)
  /// Physical Layer 64.0 GT/s.
  public static let physicalLayer64GT = Self(rawValue: 0x0031)
  /// Flit Logging.
  public static let flitLogging = Self(rawValue: 0x0032)
  /// Flit Performance Measurement.
  public static let flitPerformance = Self(rawValue: 0x0033)
  /// Flit Error Injection.
  public static let flitErrorInjection = Self(rawValue: 0x0034)
  /// Streamlined Virtual Channel.
  public static let streamlinedVirtualChannel = Self(rawValue: 0x0035)
}
