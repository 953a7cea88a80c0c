// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// One line of a vm-bhyve guest's file, as vm-bhyve itself reads it.
///
/// Only lines that start with a small letter count; a `#` ends the line, in
/// quotes too; spaces at the end and every double quote are taken out, and
/// nothing else is: a single quote, a tab and a carriage return are parts of
/// the value. Of two lines with one key the first is taken (vm-bhyve,
/// lib/vm-config, `config::load` and `config::get`).
struct VMBhyveLine: Hashable, Sendable {
  /// The key, with any blank before `=`.
  var key: String
  /// The value.
  var value: String

  /// Reads a line without its newline; `nil` where vm-bhyve skips it.
  init?(_ line: [UInt8]) {
    guard let first = line.first, first >= 0x61, first <= 0x7a else { return nil }
    var bytes = Array(line.prefix { $0 != Ascii.hash })
    while bytes.last == Ascii.space { bytes.removeLast() }
    bytes.removeAll { $0 == Ascii.quote }
    guard let mark = bytes.firstIndex(of: Ascii.equals) else { return nil }
    key = String(decoding: bytes[..<mark], as: UTF8.self)
    value = String(decoding: bytes[(mark + 1)...], as: UTF8.self)
  }

  /// The device that a passthru value or bhyve's `passthru,` names.
  ///
  /// `10/0/1`, or the selector `pci0:10:0:1` (bhyve(8); pci_passthru.c).
  static func device(_ text: some StringProtocol) -> FunctionAddress? {
    if let address = FunctionAddress(bhyveTriple: text) { return address }
    guard text.hasPrefix("pci") else { return nil }
    return FunctionAddress(freeBSDNumbers: text.dropFirst(3))
  }

  /// The places that `bhyve_options` takes: `-s 21:0,passthru,8/0/0`, by slot and function.
  static func places(inOptions value: String) -> [(slot: UInt8, function: UInt8, device: String)] {
    let words = words(value)
    var places: [(slot: UInt8, function: UInt8, device: String)] = []
    for (index, word) in words.enumerated() {
      var text = word
      if word.hasPrefix("-s"), word.utf8.count > 2 {
        text = String(word.unicodeScalars.dropFirst(2))
      } else if index == 0 || words[index - 1] != "-s" {
        continue
      }
      let fields = text.split(separator: ",")
      guard let first = fields.first else { continue }
      let name = first.utf8.contains(0x3a) ? String(first) : first + ":0"
      guard let place = VMBhyve.place(name) else { continue }
      let isDevice = fields.count > 2 && fields[1] == "passthru"
      places.append((place.slot, place.function, isDevice ? String(fields[2]) : ""))
    }
    return places
  }
}
