// SPDX-License-Identifier: Apache-2.0

/// The PASID capability, extended id 0x001b.
///
/// PCI Express Base 6.0, section 7.8.9.
public struct ProcessAddressSpaceID: DecodedCapability {
  /// The start of its dotted field names, `pasid`.
  public static var shortName: String { "pasid" }
  /// The specification's name.
  public static var title: String { "Process Address Space ID" }

  /// PASID Capability at +4.
  public let capability: UInt16
  /// PASID Control at +6.
  public let control: UInt16

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 4),
      let control = space.word(at: offset + 6)
    else { return nil }
    self.capability = capability
    self.control = control
  }

  /// Execute Permission Supported.
  public var supportsExecutePermission: Bool { capability[bit: 1] }
  /// Privileged Mode Supported.
  public var supportsPrivilegedMode: Bool { capability[bit: 2] }
  /// Max PASID Width, in bits.
  public var maxWidth: UInt16 { capability[bits: 8...12] }

  /// PASID Enable.
  public var isEnabled: Bool { control[bit: 0] }
  /// Execute Permission Enable.
  public var isExecutePermissionEnabled: Bool { control[bit: 1] }
  /// Privileged Mode Enable.
  public var isPrivilegedModeEnabled: Bool { control[bit: 2] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(capability), UInt64(control)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .flag(1, "executePermissionSupported"),
          .flag(2, "privilegedModeSupported"),
          .number(8...12, "maxWidth"),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "enable"),
          .flag(1, "executePermissionEnable"),
          .flag(2, "privilegedModeEnable"),
        ]),
    ]
  }
}
