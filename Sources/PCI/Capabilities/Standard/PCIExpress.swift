// SPDX-License-Identifier: Apache-2.0

/// The PCI Express capability, id 0x10.
///
/// PCI Express Base 6.0, section 7.5.3.
///
/// Registers that the port type or the version does not have are `nil`.
public struct PCIExpress: DecodedCapability {
  /// The start of its dotted field names, `pcie`.
  public static var shortName: String { "pcie" }
  /// The specification's name.
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
  /// Slot Control at +0x18.
  public let slotControl: UInt16?
  /// Slot Status at +0x1a.
  public let slotStatus: UInt16?
  /// Root Control at +0x1c; `nil` but for root ports and event collectors.
  public let rootControl: UInt16?
  /// Root Capabilities at +0x1e.
  public let rootCapabilities: UInt16?
  /// Root Status at +0x20.
  public let rootStatus: UInt32?
  /// Device Capabilities 2 at +0x24; `nil` in version 1.
  public let deviceCapabilities2: UInt32?
  /// Device Control 2 at +0x28.
  public let deviceControl2: UInt16?
  /// Link Capabilities 2 at +0x2c; `nil` without a link or in version 1.
  public let linkCapabilities2: UInt32?
  /// Link Control 2 at +0x30.
  public let linkControl2: UInt16?
  /// Link Status 2 at +0x32.
  public let linkStatus2: UInt16?
  /// Slot Capabilities 2 at +0x34; `nil` without a slot or in version 1.
  public let slotCapabilities2: UInt32?

  /// Decodes the registers, 12 bytes or more.
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
    let hasSlot = capabilities[bit: 8] && type.canHaveSlot
    let isRoot = type == .rootPort || type == .rootComplexEventCollector
    let isSecondVersion = capabilities[bits: 0...3] >= 2
    let hasLink2 = hasLink && isSecondVersion
    let hasSlot2 = hasSlot && isSecondVersion
    linkCapabilities = hasLink ? space.doubleWord(at: offset + 0xc) : nil
    linkControl = hasLink ? space.word(at: offset + 0x10) : nil
    linkStatus = hasLink ? space.word(at: offset + 0x12) : nil
    slotCapabilities = hasSlot ? space.doubleWord(at: offset + 0x14) : nil
    slotControl = hasSlot ? space.word(at: offset + 0x18) : nil
    slotStatus = hasSlot ? space.word(at: offset + 0x1a) : nil
    rootControl = isRoot ? space.word(at: offset + 0x1c) : nil
    rootCapabilities = isRoot ? space.word(at: offset + 0x1e) : nil
    rootStatus = isRoot ? space.doubleWord(at: offset + 0x20) : nil
    deviceCapabilities2 = isSecondVersion ? space.doubleWord(at: offset + 0x24) : nil
    deviceControl2 = isSecondVersion ? space.word(at: offset + 0x28) : nil
    linkCapabilities2 = hasLink2 ? space.doubleWord(at: offset + 0x2c) : nil
    linkControl2 = hasLink2 ? space.word(at: offset + 0x30) : nil
    linkStatus2 = hasLink2 ? space.word(at: offset + 0x32) : nil
    slotCapabilities2 = hasSlot2 ? space.doubleWord(at: offset + 0x34) : nil
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
    Self.tables.fields([
      UInt64(capabilities), UInt64(deviceCapabilities), UInt64(deviceControl), UInt64(deviceStatus),
      linkCapabilities.map { UInt64($0) }, linkControl.map { UInt64($0) },
      linkStatus.map { UInt64($0) }, slotCapabilities.map { UInt64($0) },
      slotControl.map { UInt64($0) }, slotStatus.map { UInt64($0) }, rootControl.map { UInt64($0) },
      rootCapabilities.map { UInt64($0) }, rootStatus.map { UInt64($0) },
      deviceCapabilities2.map { UInt64($0) }, deviceControl2.map { UInt64($0) },
      linkCapabilities2.map { UInt64($0) }, linkControl2.map { UInt64($0) },
      linkStatus2.map { UInt64($0) }, slotCapabilities2.map { UInt64($0) },
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  static var tables: [RegisterTable] {
    deviceTables + linkTables + slotTables + rootTables + device2Tables + link2Tables + slot2Tables
  }
}
