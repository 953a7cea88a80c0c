// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The lines of `pciconf -c` for one function.
///
/// The wording is that of usr.sbin/pciconf/cap.c as 12.1 and 15 print it.
struct PciconfCapabilities {
  /// The lines, in the order of the capability lists.
  let lines: [String]

  init(_ function: Function, isOldForm: Bool) {
    var lines: [String] = []
    if let space = function.configuration {
      for entry in space.capabilityList.entries {
        let words = PciconfWords(space, entry.offset, isOldForm: isOldForm)
        let texts = words.lines(entry)
        lines.append(Self.start(entry.id, entry.offset) + (texts.first ?? ""))
        // Further lines stand under the first word.
        let indent = String(repeating: " ", count: entry.id.isExtended ? 21 : 17)
        for text in texts.dropFirst() { lines.append(indent + text) }
      }
    } else {
      // A text holds the words already, its lines joined.
      for capability in function.listedCapabilities ?? [] {
        guard let offset = capability.offset, offset >= 0 else { continue }
        lines.append(Self.start(capability.id, offset) + capability.text)
      }
    }
    self.lines = lines
  }

  private static func start(_ id: CapabilityID, _ offset: Int) -> String {
    switch id {
    case .standard(let id):
      "    cap " + id.rawValue.hexadecimal(width: 2) + "["
        + UInt(offset).hexadecimal(width: 2) + "] = "
    case .extended(let id):
      "    ecap " + id.rawValue.hexadecimal(width: 4) + "["
        + UInt(offset).hexadecimal(width: 3) + "] = "
    }
  }
}

extension CapabilityID {
  fileprivate var isExtended: Bool {
    if case .extended = self { true } else { false }
  }
}
