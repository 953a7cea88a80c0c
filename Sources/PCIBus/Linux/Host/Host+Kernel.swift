// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Host {
  /// Reads which kernel runs, from `/proc/version`.
  mutating func readKernel(_ tree: borrowing SystemTree) {
    if tree.isLive { system.architecture = machineArchitecture() }
    // "Linux version 6.1.0-56-amd64 (builder@host) ..."
    if let words = tree.words("version")?.first, words.count > 2, words[0] == "Linux" {
      system.release = String(words[2].prefix(128))
    } else {
      gaps.append(
        Gap(
          .host, "system.release", reason: "no proc/version beside the tree",
          remedy: "record /proc/version too"))
    }
  }

  /// Reads what sysfs and procfs tell of a Linux host besides its functions.
  mutating func readLinuxFacts(_ tree: borrowing SystemTree) {
    var facts = LinuxFacts()
    facts.commandLine = tree.bytes("cmdline").map { bytes in
      displayText(bytes.prefix { $0 != 0x0a && $0 != 0 })
    }
    facts.acpiTables = tree.namesIfPresent("firmware/acpi/tables")?
      .filter { $0 != "data" && $0 != "dynamic" }
    facts.modules = tree.words("modules")?.compactMap { $0.first }.sorted()
    // The first word is bus and devfn, four digits (drivers/pci/proc.c, `show_device`).
    // As bytes: a line of each function, of which there may be thousands.
    facts.deviceOrder = tree.bytes("bus/pci/devices")?.split(separator: 0x0a).compactMap { line in
      let word = line.prefix { $0 != 0x20 && $0 != 0x09 }
      return word.count == 4 ? UInt16(String(decoding: word, as: UTF8.self), radix: 16) : nil
    }
    for number in Set(functions.lazy.compactMap { $0.iommuGroup }).sorted() {
      let lines =
        tree.sysfsWords("kernel/iommu_groups/\(number)/reserved_regions") ?? []
      for words in lines where words.count >= 3 {
        guard let start = Self.prefixedHexadecimal(words[0]),
          let end = Self.prefixedHexadecimal(words[1])
        else { continue }
        facts.reservedRegions.append(
          ReservedRegion(group: number, start: start, end: end, type: words[2]))
      }
    }
    facts.reservedRegions.sort { ($0.group, $0.start) < ($1.group, $1.start) }
    linux = facts
    if !tree.hasProcfs {
      gaps.append(
        Gap(
          .host, "linux",
          reason: "no proc beside the tree: command line, modules and what the "
            + "host depends on are not known", remedy: "record /proc too"))
    }
  }

  private static func prefixedHexadecimal(_ text: String) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : nil
  }
}
