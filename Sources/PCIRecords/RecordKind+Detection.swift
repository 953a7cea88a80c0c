// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension RecordKind {
  /// How many bytes from the start decide whether a file is text.
  private static let probedBytes = 4096

  /// Tells the kind of a recording by its content.
  ///
  /// A JSON document is a snapshot if its schema is this project's; a text is of
  /// the kind whose header line comes first. Names and places of files play no
  /// part.
  ///
  /// - Throws: `RecordError` for a file that is empty, is no text, or has no
  ///   header of either kind.
  public init(detecting bytes: [UInt8]) throws(RecordError) {
    try self.init(cleaned: PastedText.cleaned(bytes))
  }

  /// Tells the kind of a text from which what came with the pasting is taken out.
  init(cleaned bytes: [UInt8]) throws(RecordError) {
    let start = try Self.startOfText(bytes)
    if bytes[start] == UInt8(ascii: "{") {
      guard Self.hasSnapshotSchema(bytes, from: start) else { throw .foreignJSON }
      self = .snapshot
      return
    }
    var lines = TextLines(bytes)
    while let line = lines.next() {
      guard line.count <= TextLines.maximumLength else { continue }
      var cursor = TextCursor(bytes, line.range)
      _ = LspciHeader.group(&cursor)
      if LspciHeader.address(&cursor) != nil {
        self = .lspci
        return
      }
      if PciconfHeader.start(in: bytes, line.range) != nil {
        self = .pciconf
        return
      }
    }
    throw .noHeader(lines: lines.number, first: Self.firstLine(bytes, from: start))
  }

  /// The first byte that is not blank, in a file that can be text.
  static func startOfText(_ bytes: [UInt8]) throws(RecordError) -> Int {
    let probed = min(bytes.count, probedBytes)
    for position in 0..<probed where Self.isBinary(bytes[position]) {
      throw .binary(offset: position, size: bytes.count)
    }
    var start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
    guard start < bytes.count else { throw .empty(size: bytes.count) }
    return start
  }

  /// Whether no text holds the byte: a control character that no terminal log has.
  private static func isBinary(_ byte: UInt8) -> Bool {
    // Tab to carriage return, and escape, are in texts copied from terminals.
    byte < 0x20 && !(0x08...0x0d).contains(byte) && byte != 0x1b
  }

  private static func hasSnapshotSchema(_ bytes: [UInt8], from start: Int) -> Bool {
    let end = min(bytes.count, start + probedBytes)
    return TextCursor(bytes, start..<end).contains("\"schema\"")
      && TextCursor(bytes, start..<end).contains("\"passthru.host/")
  }

  private static func firstLine(_ bytes: [UInt8], from start: Int) -> String {
    var end = start
    while end < bytes.count, end - start < 60, bytes[end] != 0x0a { end += 1 }
    return displayText(bytes[start..<end])
  }
}
