// SPDX-License-Identifier: Apache-2.0

/// One link from an element of a root complex to another.
///
/// PCI Express Base 6.0, section 7.9.8.3.
public struct RootComplexLink: RegisterBlock {
  public let registers: RegisterBytes

  public enum Description: RegisterFields {
    static let itself = Register(0, 4, "")
    public static let valid = flag(0, "valid")
    /// Link Type: the target is in configuration space and not a register block in memory.
    public static let type = names(1...1, "type", ["memory-mapped", "configuration space"])
    public static let associateRCRBHeader = flag(2, "associateRCRBHeader")
    public static let targetComponentID = number(16...23, "targetComponentID")
    public static let targetPortNumber = number(24...31, "targetPortNumber")
    static let fields = [valid, type, associateRCRBHeader, targetComponentID, targetPortNumber]
  }

  /// Link Address: a memory address, or bus, device and function.
  public static let address = Register(8, 8, "address").hexadecimal()

  public static let layout = RegisterLayout(registers: [Description.fields, [address]])

  /// Link Address: a memory address, or bus, device and function.
  public var address: UInt64 { bits(Self.address) }

  /// Bus, device and function of a target in configuration space.
  ///
  /// The address holds the segment in an ECAM too; only the numbers within it
  /// are given here, as many bits of the bus as the address says (section
  /// 7.9.8.3.2.2).
  public var target: (bus: UInt8, device: UInt8, function: UInt8)? {
    guard flag(Description.type) else { return nil }
    let width = address[bits: 0...2] == 0 ? 8 : address[bits: 0...2]
    let bus = (address >> 20) & ((1 << width) - 1)
    return (
      UInt8(truncatingIfNeeded: bus), UInt8(address[bits: 15...19]), UInt8(address[bits: 12...14])
    )
  }

  public var fields: [Field] {
    let fields = Self.layout.fields(registers)
    guard let target else { return fields }
    let text =
      target.bus.hexadecimal(width: 2) + ":" + target.device.hexadecimal(width: 2) + "."
      + target.function.hexadecimal(width: 1)
    return fields + [Field("target", raw: address, .text(text))]
  }

  public static var fieldNames: [String] { layout.names + ["target"] }
}
