// SPDX-License-Identifier: Apache-2.0

extension FunctionAddress: LosslessStringConvertible {}

extension BusAddress: LosslessStringConvertible {
  /// Reads Linux's spelling: `0000:3a`, `3a`.
  public init?(_ text: String) {
    var reader = NumberReader(Array(text.utf8)[...])
    guard let first = reader.hexadecimal(maximumDigits: 8) else { return nil }
    guard reader.skip(UInt8(ascii: ":")) else {
      guard reader.isAtEnd, let bus = UInt8(exactly: first) else { return nil }
      self.init(domain: 0, bus: bus)
      return
    }
    guard let second = reader.hexadecimal(maximumDigits: 2), reader.isAtEnd,
      let bus = UInt8(exactly: second)
    else { return nil }
    self.init(domain: first, bus: bus)
  }
}

// Embedded Swift has no Codable.
#if !hasFeature(Embedded)
  extension FunctionAddress: Codable {
    /// Reads the text that `description` gives.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let address = FunctionAddress(text) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "not a valid PCI address: \(text)")
      }
      self = address
    }

    /// Writes the text that `description` gives.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(description)
    }
  }
#endif
