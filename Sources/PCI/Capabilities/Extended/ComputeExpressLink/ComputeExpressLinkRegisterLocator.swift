// SPDX-License-Identifier: Apache-2.0

/// The registers of the Register Locator DVSEC, DVSEC id 8.
///
/// Compute Express Link 3.0, section 8.1.9.
public struct ComputeExpressLinkRegisterLocator: Hashable, Sendable {
  /// Where one block of registers is.
  public struct Block: Hashable, Sendable {
    /// The lower register: window, kind of block and lower part of the offset.
    public let low: UInt32
    /// The upper part of the offset.
    public let high: UInt32

    /// The index of the base address register (Register BIR).
    public var baseAddressRegister: UInt8 { UInt8(low[bits: 0...2]) }
    /// What the block holds, as a code (Register Block Identifier).
    public var identifier: UInt8 { UInt8(low[bits: 8...15]) }
    /// Where the block starts in the window, in bytes.
    public var offset: UInt64 { UInt64(high) << 32 | UInt64(low & 0xffff_0000) }
  }

  /// The blocks, as many as the length of the capability holds.
  public let blocks: [Block]

  init?(_ space: ConfigurationSpace, at offset: Int, length: Int) {
    var blocks: [Block] = []
    var next = 12
    while next + 8 <= length {
      guard let low = space.doubleWord(at: offset + next),
        let high = space.doubleWord(at: offset + next + 4)
      else { return nil }
      blocks.append(Block(low: low, high: high))
      next += 8
    }
    self.blocks = blocks
  }

  /// Every field, in register order.
  public var fields: [Field] {
    let names = [
      "empty", "component registers", "virtual ACL", "device registers", "PMU registers",
    ]
    var fields: [Field] = []
    for (index, block) in blocks.enumerated() {
      let name =
        Int(block.identifier) < names.count
        ? names[Int(block.identifier)] : "reserved (\(block.identifier))"
      fields.append(Field("blocks.\(index).bar", block.baseAddressRegister))
      fields.append(
        Field("blocks.\(index).identifier", raw: UInt64(block.identifier), .text(name)))
      fields.append(Field("blocks.\(index).offset", hexadecimal: block.offset, digits: 16))
    }
    return fields
  }

  static var fieldNames: [String] {
    ["blocks.N.bar", "blocks.N.identifier", "blocks.N.offset"]
  }
}
