// SPDX-License-Identifier: Apache-2.0

/// This library's words in lspci's spelling.
enum Translations {
  /// `8.0 GT/s` is `8GT/s` there, `2.5 GT/s` is `2.5GT/s`.
  static func speed(_ text: String) -> String {
    guard text.hasSuffix(" GT/s") else { return "unknown" }
    let number = text.dropLast(5)
    return (number.hasSuffix(".0") ? String(number.dropLast(2)) : String(number)) + "GT/s"
  }

  /// `2.5 GT/s, 5.0 GT/s` is `2.5-5GT/s` there.
  static func speeds(_ text: String) -> String {
    let all = text.split(separator: ",").map {
      speed($0.trimmingPrefix(" ").description)
    }
    guard let first = all.first, let last = all.last, text != "none" else { return "Unknown" }
    return all.count == 1 ? first : first.dropLast(4) + "-" + last
  }

  /// `64 ns to less than 128 ns` is `<128ns` there.
  static func latency(_ text: String) -> String {
    if text.hasPrefix("more than") || text == "no limit" { return "unlimited" }
    let words = text.split(separator: " ")
    return "<" + words.suffix(2).joined()
  }

  /// `50 us to 50 ms` is `50us to 50ms` there.
  static func range(_ text: String) -> String {
    var result = ""
    for word in text.split(separator: " ") {
      if !result.isEmpty, word != "us", word != "ms", word != "s" { result += " " }
      result += word
    }
    return result
  }

  /// Milliwatts as watts, with a fraction only where there is one.
  static func watts(_ text: String) -> String {
    let number = Double(text.split(separator: " ")[0]) ?? -1
    let watts = number / 1000
    return watts == watts.rounded() ? "\(Int(watts))W" : "\(watts)W"
  }

  /// Port types by this library's names.
  static let portTypes = [
    "endpoint": "Endpoint", "legacy endpoint": "Legacy Endpoint", "root port": "Root Port",
    "switch upstream port": "Upstream Port", "switch downstream port": "Downstream Port",
    "PCIe-to-PCI bridge": "PCI-Express to PCI/PCI-X Bridge",
    "PCI-to-PCIe bridge": "PCI/PCI-X to PCI-Express Bridge",
    "root complex integrated endpoint": "Root Complex Integrated Endpoint",
    "root complex event collector": "Root Complex Event Collector",
  ]
}
