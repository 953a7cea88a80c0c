// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Lint {
  /// xl.cfg(5): the words of the `pci` list.
  mutating func readXen() {
    let keys: Set<String> = [
      "permissive", "msitranslate", "seize", "power_mgmt", "rdm_policy", "name", "bdf", "vslot",
    ]
    var isInList = false
    for (index, text) in statements {
      if let assignment = text.split(separator: "=", maxSplits: 1).first,
        words(String(assignment)) == ["pci"]
      {
        isInList = true
      }
      guard isInList else { continue }
      checkXenList(index, text)
      for (number, part) in text.split(whereSeparator: { $0 == "'" || $0 == "\"" }).enumerated()
      where number % 2 == 1 {
        let fields = part.split(separator: ",").map { String($0) }
        guard let first = fields.first else { continue }
        let parts = first.split(separator: "@").map { String($0) }
        let name = parts.first ?? ""
        if parts.count > 1, !isXenSlot(parts[1]) {
          add(
            index, "xen.slot",
            "\"\(displayText(parts[1].utf8))\" is not a slot of the guest: xl wants one hexadecimal"
              + " number up to 1f, and no function", "write the address alone, or @6")
        }
        let plain = name.hasSuffix(".*") ? String(name.dropLast()) + "0" : name
        if FunctionAddress(plain).map({ $0.function > 7 || $0.domain > 0xffff }) ?? true {
          add(
            index, "xen.address", "\"\(displayText(name.utf8))\" is not an address",
            "write 0000:0a:00.0")
        }
        for field in fields.dropFirst() {
          let halves = field.split(separator: "=", maxSplits: 1).map { String($0) }
          if let key = halves.first, !keys.contains(key) {
            add(
              index, "xen.option",
              "xl knows no option \(displayText(key.utf8)), and refuses the"
                + " file", "take it out")
          }
          if halves.first == "rdm_policy", halves.last != "strict", halves.last != "relaxed" {
            add(
              index, "xen.option", "rdm_policy is strict or relaxed, and xl refuses the file",
              "write rdm_policy=strict")
          }
          if halves == ["seize", "1"] {
            add(
              index, "xen.seize",
              "seize=1 takes the device from a driver that is using it, the"
                + " host's own disk too", "give it to pciback first", .risk)
          }
        }
      }
      if text.utf8.contains(0x5d) { isInList = false }
    }
  }

  /// What stands around the words of `pci = [...]` (xl.cfg(5), "OPTIONS": a list of strings).
  private mutating func checkXenList(_ index: Int, _ text: String) {
    let parts = text.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "'" || $0 == "\"" })
    let outside = parts.enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }
    var value = outside.joined(separator: "S")
    if let mark = value[...].start(of: "=") {
      value = String(value[mark].unicodeScalars.dropFirst())
      if !value.includes("[") {
        add(
          index, "xen.list", "pci is a list, and xl does not take one word for it",
          "write pci = [ '0000:0a:00.0' ]")
        return
      }
    }
    let plain = words(value).joined()
    if plain.includes("SS") {
      add(
        index, "xen.list", "two words of the list have no comma between them, and xl refuses it",
        "write a comma")
    } else if plain.utf8.contains(where: { $0 != 0x53 && $0 != 0x5b && $0 != 0x5d && $0 != 0x2c }) {
      add(
        index, "xen.list", "a word of the list is not in quotes, and xl refuses it",
        "write '0000:0a:00.0'")
    }
  }

  /// A slot after `@`: hexadecimal, up to 1f (libxlu_pci.c, `xlu_pci_parse_bdf`).
  private func isXenSlot(_ text: String) -> Bool {
    UInt32(text, radix: 16).map { $0 <= 0x1f } ?? false
  }
}
