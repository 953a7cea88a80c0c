// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Host {
  /// Reads which kernel runs, from `/proc/version`.
  mutating func readKernel(_ location: SysfsLocation) {
    if location.isLive { system.architecture = machineArchitecture() }
    guard let procfs = location.procfs, let directory = try? Directory.open(procfs),
      let version = directory.wholeFile("version", limit: 4096)
    else {
      gaps.append(
        Gap(
          .host, "system.release", reason: "no proc/version beside the tree",
          remedy: "record /proc/version too"))
      return
    }
    // "Linux version 6.1.0-56-amd64 (builder@host) ..."
    let words = version.split(separator: 0x20, maxSplits: 3)
    if words.count > 2, words[0].elementsEqual("Linux".utf8) {
      system.release = displayText(words[2].prefix(128))
    }
  }
}
