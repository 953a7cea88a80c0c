// SPDX-License-Identifier: Apache-2.0

/// The PCI Express capability, id 0x10.
///
/// PCI Express Base 6.0, section 7.5.3.
///
/// Registers that the port type or the version does not have are `nil`.
public struct PCIExpress: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x10, "pcie", "PCI Express", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capabilities: RegisterFields {
    static let itself = Register(2, 2, "capabilities")
    /// The version of the capability.
    public static let version = number(0...3, "version")
    /// What kind of function it is.
    public static let portType = computed(4...7, "portType", FieldMeaning.portType)
    public static let slotImplemented = flag(8, "slotImplemented")
    public static let interruptMessageNumber = number(9...13, "interruptMessageNumber")
    public static let flitModeSupported = flag(15, "flitModeSupported")
    static let fields = [
      version, portType, slotImplemented, interruptMessageNumber, flitModeSupported,
    ]
  }

  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, DeviceCapabilities.fields, DeviceControl.fields, DeviceStatus.fields,
    LinkCapabilities.fields, LinkControl.fields, LinkStatus.fields, SlotCapabilities.fields,
    SlotControl.fields, SlotStatus.fields, RootControl.fields, RootCapabilities.fields,
    RootStatus.fields, DeviceCapabilities2.fields, DeviceControl2.fields, LinkCapabilities2.fields,
    LinkControl2.fields, LinkStatus2.fields, SlotCapabilities2.fields,
  ])

  /// The version of the capability.
  public var version: UInt8 { bits(Capabilities.version) }
  /// What kind of function it is.
  public var portType: PortType { Self.portType(registers) }
  /// Function Level Reset Capability.
  public var supportsFunctionLevelReset: Bool { flag(DeviceCapabilities.functionLevelReset) }
  /// The greatest link speed, in steps of the specification's table; 1 is 2.5 GT/s.
  public var maximumLinkSpeed: LinkSpeed? {
    self[LinkCapabilities.maxSpeed].map { LinkSpeed(rawValue: UInt8($0)) }
  }
  /// The greatest link width, in lanes.
  public var maximumLinkWidth: UInt8? { self[LinkCapabilities.maxWidth].map { UInt8($0) } }
  /// The present link speed.
  public var currentLinkSpeed: LinkSpeed? {
    self[LinkStatus.speed].map { LinkSpeed(rawValue: UInt8($0)) }
  }
  /// The present link width, in lanes; 0 where no link is up.
  public var currentLinkWidth: UInt8? { self[LinkStatus.width].map { UInt8($0) } }
  /// The number of the physical slot, where the port has one.
  public var slotNumber: UInt16? { self[SlotCapabilities.number].map { UInt16($0) } }
  /// Whether a card is in the slot.
  public var isCardPresent: Bool? { isSet(SlotStatus.presence) }

  private static func portType(_ registers: RegisterBytes) -> PortType {
    PortType(rawValue: UInt8(truncatingIfNeeded: registers[Capabilities.portType] ?? 0))
  }

  static func hasLink(_ registers: RegisterBytes) -> Bool {
    let type = portType(registers)
    return type != .rootComplexEndpoint && type != .rootComplexEventCollector
  }

  static func hasSlot(_ registers: RegisterBytes) -> Bool {
    registers[Capabilities.slotImplemented] == 1 && portType(registers).canHaveSlot
  }

  static func isRoot(_ registers: RegisterBytes) -> Bool {
    let type = portType(registers)
    return type == .rootPort || type == .rootComplexEventCollector
  }

  static func isSecondVersion(_ registers: RegisterBytes) -> Bool {
    registers[Capabilities.version] ?? 0 >= 2
  }

  static func hasLink2(_ registers: RegisterBytes) -> Bool {
    hasLink(registers) && isSecondVersion(registers)
  }

  static func hasSlot2(_ registers: RegisterBytes) -> Bool {
    hasSlot(registers) && isSecondVersion(registers)
  }
}
