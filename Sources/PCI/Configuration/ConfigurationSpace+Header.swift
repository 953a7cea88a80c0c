// SPDX-License-Identifier: Apache-2.0

extension ConfigurationSpace {
  /// The header's layout; `nil` where the byte was not read.
  public var headerType: HeaderType? { byte(at: 0x0e).map(HeaderType.init(rawValue:)) }

  /// Whether bit 7 of the header type says that the device has more functions.
  public var isMultiFunction: Bool? { byte(at: 0x0e).map { $0[bit: 7] } }

  /// The class code at offset 0x09.
  public var classCode: ClassCode? {
    doubleWord(at: 0x08).map { ClassCode(rawValue: $0 >> 8) }
  }

  /// The command register.
  public var command: CommandRegister? { word(at: 0x04).map(CommandRegister.init(rawValue:)) }

  /// The status register.
  public var status: StatusRegister? { word(at: 0x06).map(StatusRegister.init(rawValue:)) }

  /// Vendor, device, revision and subsystem ids.
  ///
  /// A type 1 header has its subsystem ids in a capability (id 0x0d); a type 2
  /// header has them at 0x40.
  public var identity: Identity? {
    guard let vendor = word(at: 0), let device = word(at: 2) else { return nil }
    var identity = Identity(
      vendorID: vendor, deviceID: device, revisionID: byte(at: 0x08))
    switch headerType {
    case .some(.endpoint):
      identity.subsystemVendorID = word(at: 0x2c)
      identity.subsystemID = word(at: 0x2e)
    case .some(.cardBus):
      identity.subsystemVendorID = word(at: 0x40)
      identity.subsystemID = word(at: 0x42)
    case .some(.bridge):
      for capability in capabilityList.entries where capability.id == BridgeSubsystem.id {
        identity.subsystemVendorID = word(at: capability.offset + 4)
        identity.subsystemID = word(at: capability.offset + 6)
      }
    default: break
    }
    return identity
  }

  /// The INTx pin: 1 is INTA#; 0 and `nil` mean none and not read.
  public var interruptPin: UInt8? { byte(at: 0x3d) }

  /// The interrupt line register, which only firmware and old systems use.
  public var interruptLine: UInt8? { byte(at: 0x3c) }
}
