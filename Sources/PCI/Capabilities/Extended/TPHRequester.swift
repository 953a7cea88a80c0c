// SPDX-License-Identifier: Apache-2.0

/// The TPH Requester capability, extended id 0x0017.
///
/// PCI Express Base 6.0, section 7.9.13.
public struct TPHRequester: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x0017, "tph", "TPH Requester", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    public static let noSteeringTagModeSupported = flag(0, "noSteeringTagModeSupported")
    public static let interruptVectorModeSupported = flag(1, "interruptVectorModeSupported")
    public static let deviceSpecificModeSupported = flag(2, "deviceSpecificModeSupported")
    public static let extendedRequesterSupported = flag(8, "extendedRequesterSupported")
    public static let steeringTableLocation = names(
      9...10, "steeringTableLocation", ["none", "TPH capability", "MSI-X table"])
    /// ST Table Size, in entries.
    public static let steeringTableSize = number(16...26, "steeringTableSize", adding: 1)
    static let fields = [
      noSteeringTagModeSupported, interruptVectorModeSupported, deviceSpecificModeSupported,
      extendedRequesterSupported, steeringTableLocation, steeringTableSize,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    /// ST Mode Select.
    public static let steeringTagMode = names(
      0...2, "steeringTagMode", ["no ST", "interrupt vector", "device specific"])
    public static let requesterEnable = names(
      8...9, "requesterEnable", ["disabled", "TPH", "reserved", "TPH and extended TPH"])
    static let fields = [steeringTagMode, requesterEnable]
  }

  /// Entries of the steering table, where it is here.
  public static let steeringTags = RegisterArray(0xc, 2, "steeringTags") {
    // The table is here only where the location says so.
    $0[Capability.steeringTableLocation] == 1 ? Int($0[Capability.steeringTableSize] ?? 0) + 1 : 0
  }

  public static let layout = RegisterLayout(
    registers: [
      Capability.fields, Control.fields,
    ], [steeringTags])
}
