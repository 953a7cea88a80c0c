// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A text as people paste it, made what the program printed before any reader sees it.
///
/// UTF-16 as PowerShell writes it, colours, no-break spaces of web pages, mail's
/// `> `, fences, and one indent before every line. The number of lines stays, so
/// that what is said of a line is true of the file.
enum PastedText {
  /// The text without what came with the pasting; the same bytes where nothing did.
  static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.first(where: { $0 > 0x20 }) != UInt8(ascii: "{") else { return bytes }
    var bytes = utf8(bytes)
    if bytes.contains(where: { $0 == 0x1b || $0 == 0xc2 }) { bytes = withoutColours(bytes) }
    if hasMarks(bytes) { bytes = withoutMarks(bytes) }
    return withoutFolds(withoutIndent(bytes))
  }

  /// Turns UTF-16 with a byte order mark into UTF-8.
  private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 2 else { return bytes }
    let isLittle = bytes[0] == 0xff && bytes[1] == 0xfe
    guard isLittle || (bytes[0] == 0xfe && bytes[1] == 0xff) else { return bytes }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var place = 2
    while place + 1 < bytes.count {
      let first = UInt16(bytes[place])
      let second = UInt16(bytes[place + 1])
      units.append(isLittle ? second << 8 | first : first << 8 | second)
      place += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Takes out `ESC [ ... letter`, and makes a no-break space a space.
  private static func withoutColours(_ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      let next = place + 1 < bytes.count ? bytes[place + 1] : 0
      if byte == 0x1b, next == UInt8(ascii: "[") {
        place += 2
        // Parameters and intermediate bytes of ECMA-48, section 5.4.
        while place < bytes.count, (0x20...0x3f).contains(bytes[place]) { place += 1 }
        if place < bytes.count, bytes[place] >= 0x40 { place += 1 }
      } else if byte == 0xc2, next == 0xa0 {
        kept.append(0x20)
        place += 2
      } else {
        kept.append(byte)
        place += 1
      }
    }
    return kept
  }

  /// Whether a line starts with a mark of a mail or of Markdown.
  private static func hasMarks(_ bytes: [UInt8]) -> Bool {
    var isStart = true
    for byte in bytes {
      if isStart, byte == UInt8(ascii: ">") || byte == UInt8(ascii: "`") { return true }
      isStart = byte == 0x0a || (isStart && byte == 0x20)
    }
    return false
  }

  /// Takes out `> ` at the start of lines, and empties the lines of fences.
  private static func withoutMarks(_ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var lines = TextLines(bytes)
    while let line = lines.next() {
      var cursor = TextCursor(bytes, line.range)
      while true {
        var mark = cursor
        while mark.skip(0x20) {}
        guard mark.skip(UInt8(ascii: ">")) else { break }
        // One blank belongs to the mark; a tab is the program's.
        _ = mark.skip(0x20)
        cursor = mark
      }
      var fence = cursor
      _ = fence.skipBlanks()
      if !fence.matches("```", at: fence.position) {
        kept.append(contentsOf: bytes[cursor.position..<cursor.end])
      }
      kept.append(0x0a)
    }
    return kept
  }

  /// Takes out the blanks before every line, where headers have them too.
  private static func withoutIndent(_ bytes: [UInt8]) -> [UInt8] {
    var lines = TextLines(bytes)
    var indent: ArraySlice<UInt8> = []
    while let line = lines.next() {
      var cursor = TextCursor(bytes, line.range)
      while cursor.skip(0x20) || cursor.skip(0x09) {}
      guard line.count <= TextLines.maximumLength, startsFunction(cursor) else { continue }
      // A header without blanks: the text is as it was printed.
      if cursor.position == line.range.lowerBound { return bytes }
      indent = bytes[line.range.lowerBound..<cursor.position]
      break
    }
    guard !indent.isEmpty else { return bytes }
    while let line = lines.next() {
      guard line.count <= TextLines.maximumLength else { continue }
      if startsFunction(TextCursor(bytes, line.range)) { return bytes }
    }
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    lines = TextLines(bytes)
    while let line = lines.next() {
      let text = bytes[line.range]
      kept.append(contentsOf: text.starts(with: indent) ? text.dropFirst(indent.count) : text)
      kept.append(0x0a)
    }
    return kept
  }

  private static func startsFunction(_ cursor: TextCursor) -> Bool {
    var cursor = cursor
    let range = cursor.position..<cursor.end
    _ = LspciHeader.group(&cursor)
    return LspciHeader.address(&cursor) != nil
      || PciconfHeader.start(in: cursor.bytes, range) == range.lowerBound
  }

  /// Joins the lines that mail folds a header of pciconf into: each has 100 bytes and more.
  ///
  /// `em0@pci0:0:25:0: class=0x020000 card=0x...` and then `chip=0x... rev=0x04`.
  private static func withoutFolds(_ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    var copied = 0
    var pending = 0
    var isHeader = false
    var lines = TextLines(bytes)
    while let line = lines.next() {
      guard line.count <= TextLines.maximumLength else {
        isHeader = false
        continue
      }
      var cursor = TextCursor(bytes, line.range)
      _ = cursor.skipBlanks()
      if isHeader, startsHeaderField(cursor) {
        // What was copied ends with the header's line end.
        kept.append(contentsOf: bytes[copied..<line.range.lowerBound])
        while let last = kept.last, last <= 0x20 { kept.removeLast() }
        kept.append(0x20)
        copied = cursor.position
        pending += 1
      } else {
        if pending > 0 {
          // Line numbers stay true: the joined lines become empty ones.
          kept.append(contentsOf: bytes[copied..<line.range.lowerBound])
          kept.append(contentsOf: [UInt8](repeating: 0x0a, count: pending))
          copied = line.range.lowerBound
          pending = 0
        }
        isHeader = PciconfHeader.start(in: bytes, line.range) == line.range.lowerBound
      }
    }
    guard copied > 0 else { return bytes }
    kept.append(contentsOf: bytes[copied...])
    return kept
  }

  /// Whether a field of a header starts here; those of details have blanks before the `=`.
  private static func startsHeaderField(_ cursor: TextCursor) -> Bool {
    let names: [StaticString] = [
      "class=0x", "card=0x", "chip=0x", "rev=0x", "hdr=0x", "vendor=0x", "device=0x",
      "subvendor=0x", "subdevice=0x",
    ]
    return names.contains { cursor.matches($0, at: cursor.position) }
  }
}
