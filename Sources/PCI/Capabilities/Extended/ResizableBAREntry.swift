// SPDX-License-Identifier: Apache-2.0

/// One base address register whose window can be made smaller or larger.
///
/// PCI Express Base 6.0, sections 7.8.6.2 and 7.8.6.3.
public struct ResizableBAREntry: RegisterBlock {
  public let registers: RegisterBytes

  /// The capability register: sizes from 1 MiB to 128 TiB, one bit each.
  static let lowSizes = Register(0, 4, "supportedSizes").hexadecimal(4...31, digits: 7)
  /// The index of the base address register.
  public static let bar = Register(4, 4, "bar").number(0...2)
  /// How many entries there are, in the first of them.
  static let count = Register(4, 4, "count").number(5...7)
  /// The present size: 2^(BAR Size + 20) bytes.
  public static let size = Register(4, 4, "size").computed(8...13) { code in
    bytes(code).map { .text(text($0)) } ?? .text("reserved")
  }
  /// Sizes from 256 TiB on, one bit each.
  static let highSizes = Register(4, 4, "supportedSizes").hexadecimal(16...31, digits: 4)

  /// The fields of one register each; the sizes take two.
  public static let layout = RegisterLayout([bar, size])

  /// The index of the base address register.
  public var baseAddressRegister: UInt8 { bits(Self.bar) }
  /// The present size in bytes.
  public var size: UInt64? { Self.bytes(bits(Self.size)) }

  /// The sizes that are supported, 1 MiB in the lowest bit.
  private var sizes: UInt64 { bits(Self.lowSizes) | (bits(Self.highSizes) as UInt64) << 28 }

  /// The sizes it can have, in bytes, smallest first.
  public var supportedSizes: [UInt64] {
    (UInt64(0)..<44).compactMap { sizes[bit: Int($0)] ? Self.bytes($0) : nil }
  }

  /// The size a code stands for; `nil` for one that 64 bits cannot address.
  private static func bytes(_ code: UInt64) -> UInt64? {
    code <= 43 ? 1 << (code + 20) : nil
  }

  /// A size as people write it: `256 MiB`.
  static func text(_ bytes: UInt64) -> String {
    var value = bytes >> 20
    var index = 0
    while value >= 1024, index < 4 {
      value >>= 10
      index += 1
    }
    return "\(value) " + ["MiB", "GiB", "TiB", "PiB", "EiB"][index]
  }

  /// How many entries a capability has, 1 to 7.
  static func count(_ registers: RegisterBytes) -> Int {
    max(Int(registers.advanced(by: 4)[count] ?? 0), 1)
  }

  /// The entries of a capability.
  static func entries(_ registers: RegisterBytes) -> [Self] {
    (0..<count(registers)).map { Self(registers: registers.advanced(by: 4 + 8 * $0)) }
  }

  public var fields: [Field] {
    let names = supportedSizes.map { Self.text($0) }.joined(separator: ", ")
    return Self.layout.fields(registers) + [Field(Self.lowSizes.name, raw: sizes, .text(names))]
  }

  public static var fieldNames: [String] { layout.names + [lowSizes.name] }
}
