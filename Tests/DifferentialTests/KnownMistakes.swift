// SPDX-License-Identifier: Apache-2.0

import PCI

/// Lines in which lspci 3.9 is wrong, each with the evidence asked for.
///
/// `not-compared.md` says more of each.
enum KnownMistakes {
  /// Why a line is wrong; `nil` where it is to be compared.
  static func reason(
    _ line: String, _ fields: [String: Field], _ space: ConfigurationSpace?
  ) -> String? {
    if line.hasPrefix("Link Frequency Capability") { return frequencies(line, fields) }
    if line.hasPrefix("Bridge: PM"), space?.headerType == .endpoint {
      return "power management of a bridge is shown for a function that is none"
    }
    return nil
  }

  /// The register has 16 bits, and lspci reads the lower 8: all others read as 0.
  private static func frequencies(_ line: String, _ fields: [String: Field]) -> String? {
    let upper = ["1.4GHz-", "1.6GHz-", "Vend-"].allSatisfy { line.contains($0) }
    for name in ["linkFrequencyCapability", "linkFrequencyCapability0", "linkFrequencyCapability1"]
    {
      guard let field = fields[name], field.raw & 0x8300 != 0, upper else { continue }
      // The number of the link, which a host does not have.
      let number = name.dropFirst("linkFrequencyCapability".count)
      let isLine = line.contains("Capability" + (number.isEmpty ? ":" : " \(number):"))
      let lower = [
        "200MHz", "300MHz", "400MHz", "500MHz", "600MHz", "800MHz", "1.0GHz", "1.2GHz",
      ]
      let isSame = lower.enumerated().allSatisfy { bit, name in
        line.contains(name + (field.raw[bit: bit] ? "+" : "-"))
      }
      if isLine, isSame {
        return "link frequency capabilities above 1.2 GHz: a byte of a 16-bit register is read"
      }
    }
    return nil
  }
}
