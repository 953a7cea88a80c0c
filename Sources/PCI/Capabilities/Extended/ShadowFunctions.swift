// SPDX-License-Identifier: Apache-2.0

/// The Shadow Functions capability, extended id 0x002d.
///
/// PCI Express Base 6.2, section 7.9.25. A shadow function is a function number
/// without a function, whose Requester ID the function with this capability uses
/// beside its own.
public struct ShadowFunctions: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(extended: 0x002d, "shadow", "Shadow Functions", size: 12)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Shadow Functions Capability.
  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    /// All of its bits.
    public static let register = hexadecimal(0...31, "register", digits: 8)
    /// Number of Shadow Functions, 1 to 256; the field holds one less.
    public static let count = number(0...7, "count", adding: 1)
    static let fields = [register, count]
  }

  /// Shadow Functions Control.
  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    /// All of its bits.
    public static let register = hexadecimal(0...31, "register", digits: 8)
    /// Shadow Functions Enable.
    public static let enable = flag(0, "enable")
    static let fields = [register, enable]
  }

  /// An instance register entry.
  public enum Instance: RegisterFields {
    static let itself = Register(0, 4, "")
    /// All of its bits.
    public static let register = hexadecimal(0...31, "register", digits: 8)
    /// Shadow Function Number: what is added to the Requester ID, in 16 bits.
    public static let functionNumber = hexadecimal(0...15, "functionNumber", digits: 4)
    static let fields = [register, functionNumber]
  }

  /// Shadow Functions Instance register entries, 1 to 256.
  public static let instances = RegisterArray(0xc, 4, "instances", of: Instance.fields) {
    Int($0[Capability.count] ?? 0) + 1
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(
    registers: [
      Capability.fields, Control.fields,
    ], [instances])
}
