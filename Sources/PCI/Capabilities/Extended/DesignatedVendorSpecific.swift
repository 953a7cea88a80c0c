// SPDX-License-Identifier: Apache-2.0

/// The Designated Vendor-Specific capability, extended id 0x0023, with the layouts of CXL.
///
/// PCI Express Base 6.0, section 7.9.6; Compute Express Link 3.0, section 8.1.
public struct DesignatedVendorSpecific: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0023, "dvsec", "Designated Vendor-Specific", size: 10)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// The vendor id that stands for the CXL consortium.
  public static let computeExpressLinkVendorID: UInt16 = 0x1e98

  /// What the bytes mean, by the id, where the vendor is the CXL consortium.
  static let computeExpressLinkLayouts: [PartDecoder] = [
    PartDecoder(ComputeExpressLinkDevice.self),
    PartDecoder(ComputeExpressLinkFunctionMap.self),
    PartDecoder(ComputeExpressLinkPort.self),
    PartDecoder(ComputeExpressLinkFlushPort.self),
    PartDecoder(ComputeExpressLinkFlushDevice.self),
    PartDecoder(ComputeExpressLinkFlexBusPort.self),
    PartDecoder(ComputeExpressLinkRegisterLocator.self),
    PartDecoder(ComputeExpressLinkMultiLogicalDevice.self),
  ]

  /// Designated Vendor-Specific Header 1.
  public enum Header: RegisterFields {
    static let itself = Register(4, 4, "")
    public static let vendorID = hexadecimal(0...15, "vendorID", digits: 4)
    public static let revision = number(16...19, "revision")
    /// DVSEC Length in bytes, all headers included.
    public static let length = number(20...31, "length", unit: "bytes")
    static let fields = [vendorID, revision, length]
  }

  /// DVSEC ID, of Designated Vendor-Specific Header 2.
  public static let id = Register(8, 2, "id").hexadecimal()

  /// The headers; what follows them depends on vendor and id.
  public static let layout = RegisterLayout(registers: [Header.fields, [id]])

  /// DVSEC Vendor ID.
  public var vendorID: UInt16 { bits(Header.vendorID) }
  /// DVSEC Revision.
  public var revision: UInt8 { bits(Header.revision) }
  /// DVSEC Length in bytes, all headers included.
  public var length: UInt16 { bits(Header.length) }
  /// DVSEC ID.
  public var id: UInt16 { bits(Self.id) }
  /// The vendor's bytes after the headers; what was read of them.
  public var data: [UInt8] { registers.bytes(10..<max(Int(length), 10)) }

  // A layout must not run past the length that the capability claims.
  private var claimed: RegisterBytes { registers.prefix(max(Int(length), 10)) }

  private var computeExpressLink: PartDecoder? {
    guard vendorID == Self.computeExpressLinkVendorID,
      let part = Self.computeExpressLinkLayouts.part(id), part.isComplete(claimed)
    else { return nil }
    return part
  }

  /// The registers of a layout; `nil` where the vendor's bytes have another or too few.
  public subscript<Layout: CapabilityPart>(_ layout: Layout.Type) -> Layout? {
    guard vendorID == Self.computeExpressLinkVendorID, id == Layout.part.number,
      Layout.isComplete(claimed)
    else { return nil }
    return Layout(claimed)
  }

  public var fields: [Field] {
    let own = Self.layout.fields(registers)
    guard let part = computeExpressLink else { return own + [Field("data", bytes: data)] }
    return own
      + part.fields(claimed).map { Field("cxl." + $0.name, raw: $0.raw, $0.meaning) }
  }

  public static var fieldNames: [String] {
    layout.names + ["data"] + computeExpressLinkLayouts.fieldNames.map { "cxl." + $0 }
  }
}
