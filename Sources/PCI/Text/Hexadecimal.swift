// SPDX-License-Identifier: Apache-2.0

extension FixedWidthInteger where Self: UnsignedInteger {
  /// Lower-case hexadecimal digits without a prefix, padded with zeros.
  package func hexadecimal(width: Int) -> String {
    let digits = String(self, radix: 16)
    guard digits.utf8.count < width else { return digits }
    return String(repeating: "0", count: width - digits.utf8.count) + digits
  }
}

/// The text of UTF-8 bytes from outside, with what is not UTF-8 replaced.
///
/// Control characters become spaces, so that a hostile name cannot drive a
/// terminal.
package func displayText(_ bytes: ArraySlice<UInt8>) -> String {
  // Nearly every text is printable ASCII as it comes.
  if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return String(decoding: bytes, as: UTF8.self) }
  return displayText(bytes.lazy.map { $0 })
}

/// The text of UTF-8 bytes from outside, with what is not UTF-8 replaced.
package func displayText(_ bytes: [UInt8]) -> String { displayText(bytes[...]) }

/// The text of UTF-8 bytes from outside, with what is not UTF-8 replaced.
package func displayText(_ bytes: some Sequence<UInt8>) -> String {
  var clean: [UInt8] = []
  for byte in bytes { clean.append(byte < 0x20 || byte == 0x7f ? 0x20 : byte) }
  return String(decoding: clean, as: UTF8.self)
}
