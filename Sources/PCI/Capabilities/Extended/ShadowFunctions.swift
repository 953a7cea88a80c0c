// SPDX-License-Identifier: Apache-2.0

/// The Shadow Functions capability, extended id 0x002d.
///
/// PCI Express Base 6.2, section 7.9.25. A shadow function is a function number
/// without a function, whose Requester ID the function with this capability uses
/// beside its own.
public struct ShadowFunctions: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x002d, "shadow", "Shadow Functions", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    /// Number of Shadow Functions, 1 to 256; the field holds one less.
    public static let count = number(0...7, "count", adding: 1)
    static let fields = [whole, count]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    public static let enable = flag(0, "enable")
    static let fields = [whole, enable]
  }

  /// An instance register entry.
  public enum Instance: RegisterFields {
    static let itself = Register(0, 4, "")
    /// Shadow Function Number: what is added to the Requester ID, in 16 bits.
    public static let functionNumber = hexadecimal(0...15, "functionNumber", digits: 4)
    static let fields = [whole, functionNumber]
  }

  /// Shadow Functions Instance register entries, 1 to 256.
  public static let instances = RegisterArray(0xc, 4, "instances", of: Instance.fields) {
    Int($0[Capability.count] ?? 0) + 1
  }

  public static let layout = RegisterLayout(
    registers: [
      Capability.fields, Control.fields,
    ], [instances])
}
