// SPDX-License-Identifier: Apache-2.0

/// The text of UTF-8 bytes from outside, with what is not UTF-8 replaced.
///
/// The border that names of devices and drivers, files and recordings come in by. What
/// is no text becomes a space (`isTextScalar`), so that no name can drive a terminal,
/// end a line of a file or turn round what stands beside it.
package func displayText(_ bytes: ArraySlice<UInt8>) -> String {
  // Nearly every text is printable ASCII as it comes.
  if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return String(decoding: bytes, as: UTF8.self) }
  var clean = String.UnicodeScalarView()
  for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
    clean.append(isTextScalar(scalar) ? scalar : " ")
  }
  return String(clean)
}

/// The text of UTF-8 bytes from outside, with what is not UTF-8 replaced.
package func displayText(_ bytes: [UInt8]) -> String { displayText(bytes[...]) }

/// The text of UTF-8 bytes from outside, with what is not UTF-8 replaced.
package func displayText(_ bytes: some Sequence<UInt8>) -> String { displayText(Array(bytes)[...]) }

/// The text as it may be shown and written.
package func displayText(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
  return displayText(Array(text.utf8)[...])
}

/// Whether a scalar is text and no command to a terminal, a parser or a layout.
///
/// Not so are the control characters C0, DEL and C1 (ECMA-48; U+0085 also ends a line of
/// YAML 1.1), the line and paragraph separators U+2028 and U+2029 (they end a line of
/// JavaScript and YAML 1.1), and the directional controls of Unicode's UAX 9, section 2.
package func isTextScalar(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: false
  default: true
  }
}
