// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The kernel environment variables that name ppt's devices.
///
/// vmm reads three, `pptdevs`, `pptdevs2` and `pptdevs3`, and nothing beyond;
/// entries are parted by single spaces (sys/amd64/vmm/vmm.c, `vmm_is_pptdev`).
enum PptdevsVariables {
  /// The names, in the order vmm reads them.
  static let names = ["pptdevs", "pptdevs2", "pptdevs3"]

  /// The longest value that no release drops.
  ///
  /// FreeBSD 12.1 and 15 kernels took 131 characters from GRUB; the documented
  /// limit of a value is 128 with its end (sys/kern/kern_environment.c).
  static let longestValue = 127

  /// Fills the variables in order.
  static func values(_ triples: [String]) throws(ConfigurationError) -> [String] {
    var values: [String] = []
    for triple in triples {
      if let last = values.last, last.utf8.count + 1 + triple.utf8.count <= longestValue {
        values[values.count - 1] = last + " " + triple
      } else {
        values.append(triple)
      }
    }
    guard values.count <= names.count else {
      throw ConfigurationError(
        "\(triples.count) devices do not fit the three variables that vmm reads"
          + " (pptdevs, pptdevs2, pptdevs3, \(longestValue) characters each)",
        remedy: "pass fewer devices at boot, and the others with devctl")
    }
    return values
  }
}
