// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Sentences on functions, each said once with all the functions that it is true of.
///
/// Four ports of one card have one question, not four. A sentence that names the function
/// itself is the same as another's that names that one: it is said with the first.
struct SharedSentences {
  private struct Entry {
    var key: String
    var addresses: [FunctionAddress]
    var text: String
  }

  private var entries: [Entry] = []

  /// Adds what was found of a function.
  mutating func add(_ finding: Finding, of address: FunctionAddress, _ consumer: Consumer) {
    let text = finding.evidence + ": " + finding.remedy
    let key =
      finding.id + " "
      + Self.without(Self.without(text, address.freeBSDSelector), address.description)
    if let place = entries.firstIndex(where: { $0.key == key }) {
      entries[place].addresses.append(address)
    } else {
      entries.append(Entry(key: key, addresses: [address], text: text))
    }
  }

  /// A text without a word that may stand in it, each time.
  private static func without(_ text: String, _ word: String) -> String {
    let word = Array(word.utf8)
    var kept: [UInt8] = []
    for byte in text.utf8 {
      kept.append(byte)
      if kept.suffix(word.count).elementsEqual(word) { kept.removeLast(word.count) }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// The sentences, in the order in which each was first true.
  var texts: [String] {
    entries.map { entry in
      entry.addresses.map { $0.description }.joined(separator: ", ") + ": " + entry.text
    }
  }
}
