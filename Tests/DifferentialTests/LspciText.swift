// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The text of `lspci -vv -n`, cut into functions, capabilities and lines.
struct LspciText {
  /// One line below a function, with what it belongs to.
  struct Line {
    /// The offset of the capability the line is in; `nil` for the header.
    var capability: Int?
    /// How many tabs the line starts with.
    var depth: Int
    /// The line without the tabs.
    var text: String
  }

  /// One function.
  struct Record {
    /// The first line: address, class, ids, revision, interface.
    var head: String
    var lines: [Line]

    /// The address as lspci wrote it, with or without the domain.
    var address: String { String(head.prefix { $0 != " " }) }
  }

  let records: [Record]

  init(_ text: String) {
    var records: [Record] = []
    var capability: Int?
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("\t") else {
        records.append(Record(head: String(line), lines: []))
        capability = nil
        continue
      }
      guard !records.isEmpty else { continue }
      let depth = line.prefix { $0 == "\t" }.count
      let body = line.dropFirst(depth).trimmingCharacters(in: .whitespaces)
      if depth == 1 {
        capability = body.hasPrefix("Capabilities: [") ? Self.offset(body) : nil
      }
      records[records.count - 1].lines.append(
        Line(capability: capability, depth: depth, text: body))
    }
    self.records = records
  }

  private static func offset(_ line: String) -> Int? {
    let digits = line.dropFirst("Capabilities: [".count).prefix { $0.isHexDigit }
    return Int(digits, radix: 16)
  }
}
