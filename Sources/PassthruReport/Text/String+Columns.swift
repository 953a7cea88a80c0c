// SPDX-License-Identifier: Apache-2.0

extension String {
  /// How many columns a terminal gives the text: one a scalar.
  ///
  /// The names in pci.ids are nearly all Latin; a wide script would be
  /// counted short, which shifts a column and loses nothing.
  var columns: Int {
    // A scalar has one byte that does not go on from the one before.
    var count = 0
    for byte in utf8 where byte & 0xc0 != 0x80 { count += 1 }
    return count
  }

  /// The text in exactly this many columns, cut or padded with spaces.
  func fitted(_ width: Int) -> String {
    let count = columns
    if count == width { return self }
    if count < width { return self + String(repeating: " ", count: width - count) }
    return cut(width)
  }

  /// The text in at most this many columns.
  func cut(_ width: Int) -> String {
    guard columns > width else { return self }
    guard width > 1 else { return "" }
    let end = unicodeScalars.index(startIndex, offsetBy: width - 1)
    return String(self[..<end]) + "…"
  }

  /// The text without spaces at its end.
  var trimmedEnd: String {
    guard utf8.last == 0x20 else { return self }
    var bytes = Array(utf8)
    while bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text broken into lines of at most this many columns, at spaces.
  ///
  /// A word longer than a line has a line of its own.
  package func wrapped(_ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: true) {
      let word = String(word)
      if line.isEmpty {
        line = word
      } else if line.columns + 1 + word.columns <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = word
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
