// SPDX-License-Identifier: Apache-2.0

/// Rows of cells in aligned columns.
///
/// Columns are as wide as their widest cell. Where a row would pass the
/// width, the flexible column is cut, and at last the end of the line.
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

  private(set) var rows: [[Cell]] = []
  private let flexible: Int
  private let separator = "  "

  /// Starts a table whose column `flexible` gives way first.
  init(flexible: Int) { self.flexible = flexible }

  mutating func append(_ row: [Cell]) { rows.append(row) }

  /// The lines of the table.
  func lines(_ style: TextStyle) -> [String] {
    var widths = [Int](repeating: 0, count: rows.map { $0.count }.max() ?? 0)
    for row in rows {
      for (column, cell) in row.enumerated() {
        // The last cell of a row may be long without widening its column.
        if column < row.count - 1 || column == flexible {
          widths[column] = max(widths[column], cell.text.columns)
        }
      }
    }
    let last = rows.map { $0.last?.text.columns ?? 0 }.max() ?? 0
    let wanted = min(last, 30)
    let fixed = widths.reduce(0, +) + separator.columns * max(0, widths.count - 1) + wanted
    if fixed > style.width, flexible < widths.count {
      widths[flexible] = max(min(28, widths[flexible]), widths[flexible] - (fixed - style.width))
    }
    return rows.map { row in
      var line = ""
      var used = 0
      for (column, cell) in row.enumerated() {
        let isLast = column == row.count - 1
        // A terminal can be narrower than the columns that do not give way.
        let room = max(0, style.width - used)
        guard room > 0 else { break }
        let text =
          isLast ? cell.text.cut(room) : cell.text.fitted(min(room, widths[column]))
        used += text.columns + separator.columns
        line += cell.role.map { style.colored(text, $0) } ?? text
        if !isLast && used < style.width { line += separator }
      }
      return line.trimmedEnd
    }
  }
}
