// SPDX-License-Identifier: Apache-2.0

/// One link from an element of a root complex to another.
///
/// PCI Express Base 6.0, section 7.9.8.3.
public struct RootComplexLink: Hashable, Sendable {
  /// Link Description.
  public let description: UInt32
  /// Link Address: a memory address, or bus, device and function.
  public let address: UInt64

  /// Link Valid.
  public var isValid: Bool { description[bit: 0] }
  /// Link Type: the target is in configuration space and not a register block in memory.
  public var isConfigurationSpace: Bool { description[bit: 1] }

  /// Bus, device and function of a target in configuration space.
  ///
  /// The address holds the segment in an ECAM too; only the numbers within it
  /// are given here, as many bits of the bus as the address says (section
  /// 7.9.8.3.2.2).
  public var target: (bus: UInt8, device: UInt8, function: UInt8)? {
    guard isConfigurationSpace else { return nil }
    let width = address[bits: 0...2] == 0 ? 8 : address[bits: 0...2]
    let bus = (address >> 20) & ((1 << width) - 1)
    return (
      UInt8(truncatingIfNeeded: bus), UInt8(address[bits: 15...19]), UInt8(address[bits: 12...14])
    )
  }

  private static var table: RegisterTable {
    RegisterTable(
      "",
      [
        .flag(0, "valid"),
        .names(1...1, "type", ["memory-mapped", "configuration space"]),
        .flag(2, "associateRCRBHeader"),
        .number(16...23, "targetComponentID"),
        .number(24...31, "targetPortNumber"),
      ])
  }

  /// The fields under a prefix.
  func fields(prefix: String) -> [Field] {
    var fields = Self.table.fields(UInt64(description), prefix: prefix)
    fields.append(Field(prefix + "address", hexadecimal: address, digits: 16))
    if let target {
      let text =
        target.bus.hexadecimal(width: 2) + ":" + target.device.hexadecimal(width: 2) + "."
        + target.function.hexadecimal(width: 1)
      fields.append(Field(prefix + "target", raw: address, .text(text)))
    }
    return fields
  }

  static var fieldNames: [String] { table.names + ["address", "target"] }
}
