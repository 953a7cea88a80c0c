// SPDX-License-Identifier: Apache-2.0

/// The Secure Device capability, id 0x0f: where an AMD IOMMU says what it is.
///
/// AMD I/O Virtualization Technology (IOMMU) Specification 3.08, section 3.2.
///
/// The registers after the header are those of an IOMMU block (type 3), the only
/// type that AMD has published.
public struct SecureDevice: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x0f, "secure", "Secure Device", size: 20)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Capability Header.
  public enum Header: RegisterFields {
    static let itself = Register(0, 4, "header")
    /// Capability Block Type.
    public static let type = names(16...18, "type", ["reserved", "reserved", "reserved", "IOMMU"])
    /// Capability Revision.
    public static let revision = number(19...23, "revision")
    /// Remote IOTLB Support.
    public static let ioTLBSupported = flag(24, "ioTLBSupported")
    /// HyperTransport Tunnel Translation.
    public static let hyperTransportTunnel = flag(25, "hyperTransportTunnel")
    /// Not present table entries are cached.
    public static let notPresentCache = flag(26, "notPresentCache")
    /// IOMMU Extended Feature Register Support.
    public static let extendedFeatureSupported = flag(27, "extendedFeatureSupported")
    /// Miscellaneous Information 1 is implemented.
    public static let extendedCapability = flag(28, "extendedCapability")
    static let fields = [
      type, revision, ioTLBSupported, hyperTransportTunnel, notPresentCache,
      extendedFeatureSupported, extendedCapability,
    ]
  }

  public enum BaseAddressLow: RegisterFields {
    static let itself = Register(4, 4, "baseAddressLow")
    /// Enable: the base address is valid and locked.
    public static let enable = flag(0, "enable")
    /// Base Address, low part.
    public static let base = address(14...31, "base", digits: 8)
    static let fields = [enable, base]
  }

  public static let baseAddressHigh = Register(8, 4, "baseAddressHigh").hexadecimal()

  public enum Range: RegisterFields {
    static let itself = Register(0xc, 4, "range")
    /// HyperTransport UnitID.
    public static let unitID = number(0...4, "unitID")
    public static let valid = flag(7, "valid")
    /// Bus Number.
    public static let bus = number(8...15, "bus")
    public static let firstDevice = hexadecimal(16...23, "firstDevice", digits: 2)
    public static let lastDevice = hexadecimal(24...31, "lastDevice", digits: 2)
    static let fields = [unitID, valid, bus, firstDevice, lastDevice]
  }

  /// Miscellaneous Information 0.
  public enum Miscellaneous: RegisterFields {
    static let itself = Register(0x10, 4, "miscellaneous")
    /// MSI message number.
    public static let msiNumber = number(0...4, "msiNumber")
    public static let guestVirtualAddressSize = number(5...7, "guestVirtualAddressSize")
    /// Physical Address Size, in bits.
    public static let physicalAddressSize = number(8...14, "physicalAddressSize")
    /// Virtual Address Size, in bits.
    public static let virtualAddressSize = number(15...21, "virtualAddressSize")
    /// HyperTransport ATS range reserved.
    public static let hyperTransportAddressTranslationReserved = flag(
      22, "hyperTransportAddressTranslationReserved")
    static let fields = [
      msiNumber, guestVirtualAddressSize, physicalAddressSize, virtualAddressSize,
      hyperTransportAddressTranslationReserved,
    ]
  }

  public static let layout = RegisterLayout(registers: [
    Header.fields, BaseAddressLow.fields, [baseAddressHigh], Range.fields, Miscellaneous.fields,
  ])
}
