// SPDX-License-Identifier: Apache-2.0

/// The PCI Express capability, id 0x10.
///
/// PCI Express Base 6.0, section 7.5.3. Registers that the port type does not
/// have are `nil`.
public struct PCIExpress: DecodedCapability {
  /// `pcie`
  public static var shortName: String { "pcie" }
  /// `PCI Express`
  public static var title: String { "PCI Express" }

  /// PCI Express Capabilities at +2.
  public let capabilities: UInt16
  /// Device Capabilities at +4.
  public let deviceCapabilities: UInt32
  /// Device Control at +8.
  public let deviceControl: UInt16
  /// Device Status at +0xa.
  public let deviceStatus: UInt16
  /// Link Capabilities at +0xc; `nil` for functions of a root complex.
  public let linkCapabilities: UInt32?
  /// Link Control at +0x10.
  public let linkControl: UInt16?
  /// Link Status at +0x12.
  public let linkStatus: UInt16?
  /// Slot Capabilities at +0x14; `nil` where the port has no slot.
  public let slotCapabilities: UInt32?
  /// Slot Status at +0x1a.
  public let slotStatus: UInt16?

  /// Decodes the registers, 12 to 28 bytes by the port type.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.word(at: offset + 2),
      let deviceCapabilities = space.doubleWord(at: offset + 4),
      let deviceControl = space.word(at: offset + 8),
      let deviceStatus = space.word(at: offset + 0xa)
    else { return nil }
    self.capabilities = capabilities
    self.deviceCapabilities = deviceCapabilities
    self.deviceControl = deviceControl
    self.deviceStatus = deviceStatus
    let type = PortType(rawValue: UInt8(capabilities[bits: 4...7]))
    let hasLink = type != .rootComplexEndpoint && type != .rootComplexEventCollector
    linkCapabilities = hasLink ? space.doubleWord(at: offset + 0xc) : nil
    linkControl = hasLink ? space.word(at: offset + 0x10) : nil
    linkStatus = hasLink ? space.word(at: offset + 0x12) : nil
    let hasSlot =
      capabilities[bit: 8]
      && (type == .rootPort || type == .downstreamPort)
    slotCapabilities = hasSlot ? space.doubleWord(at: offset + 0x14) : nil
    slotStatus = hasSlot ? space.word(at: offset + 0x1a) : nil
  }

  /// The version of the capability.
  public var version: UInt8 { UInt8(capabilities[bits: 0...3]) }
  /// What kind of function it is.
  public var portType: PortType { PortType(rawValue: UInt8(capabilities[bits: 4...7])) }
  /// Slot Implemented.
  public var isSlotImplemented: Bool { capabilities[bit: 8] }
  /// Function Level Reset Capability.
  public var supportsFunctionLevelReset: Bool { deviceCapabilities[bit: 28] }
  /// The largest payload the function can take, in bytes.
  public var maximumPayloadSupported: UInt32 { 128 << deviceCapabilities[bits: 0...2] }
  /// The greatest link speed, in steps of the specification's table; 1 is 2.5 GT/s.
  public var maximumLinkSpeed: LinkSpeed? {
    linkCapabilities.map { LinkSpeed(rawValue: UInt8($0[bits: 0...3])) }
  }
  /// The greatest link width, in lanes.
  public var maximumLinkWidth: UInt8? { linkCapabilities.map { UInt8($0[bits: 4...9]) } }
  /// The present link speed.
  public var currentLinkSpeed: LinkSpeed? {
    linkStatus.map { LinkSpeed(rawValue: UInt8($0[bits: 0...3])) }
  }
  /// The present link width, in lanes; 0 where no link is up.
  public var currentLinkWidth: UInt8? { linkStatus.map { UInt8($0[bits: 4...9]) } }
  /// The number of the physical slot, where the port has one.
  public var slotNumber: UInt16? { slotCapabilities.map { UInt16($0[bits: 19...31]) } }
  /// Whether a card is in the slot.
  public var isCardPresent: Bool? { slotStatus.map { $0[bit: 6] } }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = [
      Field("capabilities.version", version),
      Field(
        "capabilities.portType", raw: UInt64(portType.rawValue),
        .text(portType.description)),
      Field("capabilities.slotImplemented", isSlotImplemented),
      Field("capabilities.interruptMessageNumber", capabilities[bits: 9...13]),
      Field(
        "deviceCapabilities.maxPayload", raw: UInt64(deviceCapabilities[bits: 0...2]),
        .number(UInt64(maximumPayloadSupported), unit: "bytes")),
      Field("deviceCapabilities.functionLevelReset", supportsFunctionLevelReset),
    ]
    if let linkCapabilities, let maximumLinkSpeed {
      fields.append(
        Field(
          "linkCapabilities.maxSpeed", raw: UInt64(maximumLinkSpeed.rawValue),
          .text(maximumLinkSpeed.description)))
      fields.append(Field("linkCapabilities.maxWidth", linkCapabilities[bits: 4...9]))
    }
    if let linkStatus, let currentLinkSpeed {
      fields.append(
        Field(
          "linkStatus.speed", raw: UInt64(currentLinkSpeed.rawValue),
          .text(currentLinkSpeed.description)))
      fields.append(Field("linkStatus.width", linkStatus[bits: 4...9]))
    }
    if let slotNumber { fields.append(Field("slotCapabilities.number", slotNumber)) }
    if let isCardPresent { fields.append(Field("slotStatus.presence", isCardPresent)) }
    return fields
  }
}
