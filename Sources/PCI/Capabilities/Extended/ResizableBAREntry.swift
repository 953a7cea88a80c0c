// SPDX-License-Identifier: Apache-2.0

/// One base address register whose window can be made smaller or larger.
///
/// PCI Express Base 6.0, sections 7.8.6.2 and 7.8.6.3.
public struct ResizableBAREntry: Hashable, Sendable {
  /// The capability register: sizes from 1 MiB to 128 TiB, one bit each from bit 4 on.
  public let capability: UInt32
  /// The control register: index, present size, and sizes from 256 TiB on.
  public let control: UInt32

  /// The index of the base address register.
  public var baseAddressRegister: UInt8 { UInt8(control[bits: 0...2]) }
  /// The present size in bytes: 2^(BAR Size + 20).
  public var size: UInt64? { Self.bytes(control[bits: 8...13]) }

  /// The sizes it can have, in bytes, smallest first.
  public var supportedSizes: [UInt64] {
    var sizes: [UInt64] = []
    for code in UInt32(0)..<28 where capability[bit: Int(code) + 4] {
      if let size = Self.bytes(code) { sizes.append(size) }
    }
    for code in UInt32(28)..<44 where control[bit: Int(code) - 12] {
      if let size = Self.bytes(code) { sizes.append(size) }
    }
    return sizes
  }

  /// The size a code stands for; `nil` for one that 64 bits cannot address.
  private static func bytes(_ code: UInt32) -> UInt64? {
    code <= 43 ? 1 << UInt64(code + 20) : nil
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

  /// Reads the entries; the first says how many there are.
  static func entries(_ space: ConfigurationSpace, at offset: Int) -> [Self]? {
    guard let first = space.doubleWord(at: offset + 8) else { return nil }
    var entries: [Self] = []
    for index in 0..<Int(max(first[bits: 5...7], 1)) {
      guard let capability = space.doubleWord(at: offset + 4 + 8 * index),
        let control = space.doubleWord(at: offset + 8 + 8 * index)
      else { return nil }
      entries.append(Self(capability: capability, control: control))
    }
    return entries
  }

  /// The fields of all entries.
  static func fields(_ entries: [Self]) -> [Field] {
    var fields: [Field] = []
    for (index, entry) in entries.enumerated() {
      let prefix = "entries.\(index)."
      fields.append(Field(prefix + "bar", entry.baseAddressRegister))
      let size = entry.size.map { Field.Meaning.text(text($0)) } ?? .text("reserved")
      fields.append(Field(prefix + "size", raw: UInt64(entry.control[bits: 8...13]), size))
      let all = UInt64(entry.capability >> 4) | UInt64(entry.control >> 16) << 28
      var names = ""
      for size in entry.supportedSizes {
        if !names.isEmpty { names += ", " }
        names += text(size)
      }
      fields.append(Field(prefix + "supportedSizes", raw: all, .text(names)))
    }
    return fields
  }

  static var fieldNames: [String] {
    ["entries.N.bar", "entries.N.size", "entries.N.supportedSizes"]
  }
}
