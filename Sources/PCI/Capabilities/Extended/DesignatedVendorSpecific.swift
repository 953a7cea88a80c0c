// SPDX-License-Identifier: Apache-2.0

/// The Designated Vendor-Specific capability, extended id 0x0023, with the layouts of CXL.
///
/// PCI Express Base 6.0, section 7.9.6; Compute Express Link 3.0, section 8.1.
public struct DesignatedVendorSpecific: DecodedCapability {
  /// The start of its dotted field names, `dvsec`.
  public static var shortName: String { "dvsec" }
  /// The specification's name.
  public static var title: String { "Designated Vendor-Specific" }

  /// What the bytes mean, where the vendor's layout is known.
  public enum Layout: Hashable, Sendable {
    /// CXL device.
    case device(ComputeExpressLinkDevice)
    /// Functions without CXL.
    case functionMap(ComputeExpressLinkFunctionMap)
    /// CXL extensions for ports.
    case port(ComputeExpressLinkPort)
    /// Global Persistent Flush of a port.
    case flushPort(ComputeExpressLinkFlushPort)
    /// Global Persistent Flush of a device.
    case flushDevice(ComputeExpressLinkFlushDevice)
    /// Flex Bus port.
    case flexBusPort(ComputeExpressLinkFlexBusPort)
    /// Register locator.
    case registerLocator(ComputeExpressLinkRegisterLocator)
    /// Multi-logical device.
    case multiLogicalDevice(ComputeExpressLinkMultiLogicalDevice)
  }

  /// The vendor id that stands for the CXL consortium.
  public static let computeExpressLinkVendorID: UInt16 = 0x1e98

  /// Designated Vendor-Specific Header 1 at +4.
  public let header1: UInt32
  /// Designated Vendor-Specific Header 2 at +8: DVSEC ID.
  public let id: UInt16
  /// The vendor's bytes from +0xa; what was read of them.
  public let data: [UInt8]
  /// What the bytes mean; `nil` for a vendor or an id without a layout here.
  public let layout: Layout?

  /// Decodes the registers: 10 bytes, and as many as the length says.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let header = space.doubleWord(at: offset + 4), let id = space.word(at: offset + 8)
    else { return nil }
    header1 = header
    self.id = id
    let length = Int(header[bits: 20...31])
    let end = min(offset + max(length, 10), space.count)
    data = Array(space.bytes[min(offset + 10, end)..<end])
    // A layout must not run past the length that the capability claims.
    let part =
      end < space.count ? ConfigurationSpace(Array(space.bytes[..<end])) : space
    layout =
      UInt16(header[bits: 0...15]) == Self.computeExpressLinkVendorID
      ? Self.layout(id, part, at: offset, length: length) : nil
  }

  private static func layout(
    _ id: UInt16, _ space: ConfigurationSpace, at offset: Int, length: Int
  ) -> Layout? {
    switch id {
    case 0: ComputeExpressLinkDevice(space, at: offset).map { .device($0) }
    case 2: ComputeExpressLinkFunctionMap(space, at: offset).map { .functionMap($0) }
    case 3: ComputeExpressLinkPort(space, at: offset).map { .port($0) }
    case 4: ComputeExpressLinkFlushPort(space, at: offset).map { .flushPort($0) }
    case 5: ComputeExpressLinkFlushDevice(space, at: offset).map { .flushDevice($0) }
    case 7: ComputeExpressLinkFlexBusPort(space, at: offset).map { .flexBusPort($0) }
    case 8:
      ComputeExpressLinkRegisterLocator(space, at: offset, length: length).map {
        .registerLocator($0)
      }
    case 9:
      ComputeExpressLinkMultiLogicalDevice(space, at: offset).map { .multiLogicalDevice($0) }
    default: nil
    }
  }

  /// DVSEC Vendor ID.
  public var vendorID: UInt16 { UInt16(header1[bits: 0...15]) }
  /// DVSEC Revision.
  public var revision: UInt8 { UInt8(header1[bits: 16...19]) }
  /// DVSEC Length in bytes, all headers included.
  public var length: UInt16 { UInt16(header1[bits: 20...31]) }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = [
      Field("vendorID", hexadecimal: vendorID, digits: 4),
      Field("revision", revision),
      Field("length", length, unit: "bytes"),
      Field("id", hexadecimal: id, digits: 4),
    ]
    let own: [Field] =
      switch layout {
      case .device(let layout): layout.fields
      case .functionMap(let layout): layout.fields
      case .port(let layout): layout.fields
      case .flushPort(let layout): layout.fields
      case .flushDevice(let layout): layout.fields
      case .flexBusPort(let layout): layout.fields
      case .registerLocator(let layout): layout.fields
      case .multiLogicalDevice(let layout): layout.fields
      case nil: [Field("data", bytes: data)]
      }
    for field in own {
      fields.append(
        Field(layout == nil ? field.name : "cxl." + field.name, raw: field.raw, field.meaning))
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] {
    var names = ["vendorID", "revision", "length", "id", "data"]
    let all = [
      ComputeExpressLinkDevice.fieldNames, ComputeExpressLinkFunctionMap.fieldNames,
      ComputeExpressLinkPort.fieldNames, ComputeExpressLinkFlushPort.fieldNames,
      ComputeExpressLinkFlushDevice.fieldNames, ComputeExpressLinkFlexBusPort.fieldNames,
      ComputeExpressLinkRegisterLocator.fieldNames,
      ComputeExpressLinkMultiLogicalDevice.fieldNames,
    ]
    for list in all {
      for name in list where !names.contains("cxl." + name) { names.append("cxl." + name) }
    }
    return names
  }
}
