// SPDX-License-Identifier: Apache-2.0

extension Field {
  /// What the field means, as people read it: `yes`, `256 bytes`, `0xfee00000`, `8.0 GT/s`.
  public var text: String {
    switch meaning {
    case .flag(let flag): flag ? "yes" : "no"
    case .number(let number, let unit): unit.map { "\(number) " + $0 } ?? String(number)
    case .hexadecimal(let digits): "0x" + raw.hexadecimal(width: digits)
    case .text(let text): text.isEmpty ? "none" : text
    case .bytes(let bytes): Self.hexadecimal(bytes)
    }
  }

  /// The field's bits in hexadecimal, without what they mean.
  public var rawText: String {
    if case .bytes(let bytes) = meaning { return Self.hexadecimal(bytes) }
    return "0x" + raw.hexadecimal(width: 1)
  }

  /// Bytes as pairs of digits, separated by spaces.
  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes {
      if !text.isEmpty { text += " " }
      text += byte.hexadecimal(width: 2)
    }
    return text.isEmpty ? "none" : text
  }
}
