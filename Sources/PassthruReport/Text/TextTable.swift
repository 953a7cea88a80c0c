// SPDX-License-Identifier: Apache-2.0

/// Rows of cells in aligned columns.
///
/// Columns are as wide as their widest cell. Where a row would pass the
/// width, the flexible column is cut, and at last the end of the line.
///
/// The texts are kept as one block of bytes: the list of a large host has a
/// hundred thousand cells.
struct TextTable {
  /// One cell: a text and the role that colours it.
  struct Cell {
    var text: String
    var role: TextStyle.Role?

    init(_ text: String, _ role: TextStyle.Role? = nil) {
      self.text = text
      self.role = role
    }
  }

  /// Where a cell's text ends in `bytes`, how wide it is, and its role.
  private struct Extent {
    var end: Int
    var columns: Int
    var role: TextStyle.Role?
  }

  private var bytes: [UInt8] = []
  private var extents: [Extent] = []
  /// Where each row's cells end in `extents`.
  private var rowEnds: [Int] = []
  private let flexible: Int
  /// How many spaces stand between two columns.
  private static let separation = 2
  /// The room that the flexible column keeps.
  private static let leastFlexible = 10
  /// What stands for the rest of a text that was cut: `…`.
  private static let ellipsis: [UInt8] = [0xe2, 0x80, 0xa6]

  /// Starts a table whose column `flexible` gives way first.
  init(flexible: Int) { self.flexible = flexible }

  mutating func append(_ row: [Cell]) {
    for cell in row {
      let start = bytes.count
      bytes.append(contentsOf: cell.text.utf8)
      let columns = Self.columns(bytes[start...])
      extents.append(Extent(end: bytes.count, columns: columns, role: cell.role))
    }
    rowEnds.append(extents.count)
  }

  /// Adds the rows of another table.
  mutating func append(_ other: TextTable) {
    let (start, first) = (bytes.count, extents.count)
    bytes.append(contentsOf: other.bytes)
    for extent in other.extents {
      extents.append(
        Extent(end: start + extent.end, columns: extent.columns, role: extent.role))
    }
    for end in other.rowEnds { rowEnds.append(first + end) }
  }

  /// The lines of the table.
  func lines(_ style: TextStyle) -> [String] {
    let widths = widths(style)
    return rowEnds.indices.map { row in
      var line: [UInt8] = []
      write(row, widths, style, into: &line)
      return String(decoding: line, as: UTF8.self)
    }
  }

  /// Writes the lines of the table, each with its end.
  func write(_ style: TextStyle, into output: inout [UInt8]) {
    let widths = widths(style)
    for row in rowEnds.indices {
      write(row, widths, style, into: &output)
      output.append(0x0a)
    }
  }

  private func cells(of row: Int) -> Range<Int> {
    (row == 0 ? 0 : rowEnds[row - 1])..<rowEnds[row]
  }

  /// How wide each column is.
  private func widths(_ style: TextStyle) -> [Int] {
    var widths: [Int] = []
    var last = 0
    for row in rowEnds.indices {
      let cells = cells(of: row)
      while widths.count < cells.count { widths.append(0) }
      for (column, cell) in cells.enumerated() {
        let columns = extents[cell].columns
        let isLast = cell == cells.upperBound - 1
        // The last cell of a row may be long without widening its column.
        if !isLast || column == flexible { widths[column] = max(widths[column], columns) }
        if isLast { last = max(last, columns) }
      }
    }
    guard style.cutsTables else { return widths }
    // The end of the line is what the line is read for: it gets its room first.
    let fixed = widths.reduce(0, +) + Self.separation * max(0, widths.count - 1) + last
    if fixed > style.width, flexible < widths.count {
      widths[flexible] = max(
        min(Self.leastFlexible, widths[flexible]), widths[flexible] - (fixed - style.width))
    }
    return widths
  }

  /// Writes one row, without spaces at its end.
  private func write(
    _ row: Int, _ widths: [Int], _ style: TextStyle, into output: inout [UInt8]
  ) {
    let cells = cells(of: row)
    let first = output.count
    var used = 0
    for (column, cell) in cells.enumerated() {
      let isLast = cell == cells.upperBound - 1
      // A terminal can be narrower than the columns that do not give way.
      let room = style.cutsTables ? max(0, style.width - used) : Int.max
      guard room > 0 else { break }
      let extent = extents[cell]
      let escape = extent.role.flatMap { style.escape($0) }
      if let escape { output.append(contentsOf: escape.utf8) }
      let width = isLast ? room : min(room, widths[column])
      let start = cell == 0 ? 0 : extents[cell - 1].end
      let written = write(bytes[start..<extent.end], extent.columns, cut: width, into: &output)
      used += written
      if !isLast && extent.columns < width { used += Self.pad(width - written, &output) }
      if escape != nil { output.append(contentsOf: TextStyle.plain.utf8) }
      used += Self.separation
      if !isLast && (!style.cutsTables || used < style.width) { Self.pad(Self.separation, &output) }
    }
    while output.count > first, output.last == 0x20 { output.removeLast() }
  }

  /// Writes a text in at most this many columns; returns how many.
  private func write(
    _ text: ArraySlice<UInt8>, _ columns: Int, cut width: Int, into output: inout [UInt8]
  ) -> Int {
    guard columns > width else {
      output.append(contentsOf: text)
      return columns
    }
    guard width > 1 else { return 0 }
    var room = width
    for byte in text {
      if byte & 0xc0 != 0x80 {
        room -= 1
        if room == 0 { break }
      }
      output.append(byte)
    }
    output.append(contentsOf: Self.ellipsis)
    return width
  }

  @discardableResult
  private static func pad(_ count: Int, _ output: inout [UInt8]) -> Int {
    guard count > 0 else { return 0 }
    output.append(contentsOf: repeatElement(0x20, count: count))
    return count
  }

  /// How many columns a terminal gives a text: one a scalar, as `String.columns`.
  private static func columns(_ text: ArraySlice<UInt8>) -> Int {
    var count = 0
    // A scalar has one byte that does not go on from the one before.
    for byte in text where byte & 0xc0 != 0x80 { count &+= 1 }
    return count
  }
}
