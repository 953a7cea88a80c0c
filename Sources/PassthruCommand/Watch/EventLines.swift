// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruReport

/// The lines of one report: text for a person, or one JSON object a line.
struct EventLines {
  private let time: String
  private let isText: Bool
  private(set) var bytes: [UInt8] = []

  init(time: String, isText: Bool) {
    self.time = time
    self.isText = isText
  }

  mutating func add(
    _ address: FunctionAddress?, _ what: String, _ text: String,
    _ content: EventDocument.Content
  ) {
    if isText {
      let word = what + String(repeating: " ", count: max(8 - what.utf8.count, 1))
      let place = address.map { $0.description + "  " } ?? ""
      bytes.append(contentsOf: (time + "  " + word + place + text + "\n").utf8)
    } else {
      var json = JSONWriter()
      EventDocument(what, at: address, content).write(into: &json)
      bytes.append(contentsOf: json.bytes)
      if bytes.last != 0x0a { bytes.append(0x0a) }
    }
  }
}
