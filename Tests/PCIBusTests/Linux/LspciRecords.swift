// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What `lspci -vmm` printed: one dictionary a function, by tag.
///
/// Only `-vmm` is a stable format (lspci(8)); `Module` may occur several times
/// and is left out, tags that are not known are kept.
struct LspciRecords {
  let functions: [String: [String: String]]

  init(_ text: String) {
    var functions: [String: [String: String]] = [:]
    for block in text.components(separatedBy: "\n\n") {
      var fields: [String: String] = [:]
      for line in block.split(separator: "\n") {
        guard let colon = line.firstIndex(of: ":"), line[..<colon] != "Module" else { continue }
        let value = line[line.index(after: colon)...].drop { $0 == "\t" || $0 == " " }
        fields[String(line[..<colon])] = Self.number(in: String(value))
      }
      guard let slot = fields["Slot"] else { continue }
      // Domain 0 is left out by the guests' lspci.
      functions[slot.filter { $0 == ":" }.count == 1 ? "0000:" + slot : slot] = fields
    }
    self.functions = functions
  }

  /// The number in brackets where `-nn` printed it behind a name, else the value.
  private static func number(in value: String) -> String {
    guard value.hasSuffix("]"), let open = value.lastIndex(of: "[") else { return value }
    return String(value[value.index(after: open)...].dropLast())
  }
}
