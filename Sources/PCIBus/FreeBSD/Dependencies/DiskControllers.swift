// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Which device each disk is on, from the messages of the kernel's boot.
///
/// CAM's disks are not in the device tree, and asking CAM itself needs root;
/// but it announces every one: `ada0 at ahcich0 bus 0 scbus0 target 0 lun 0`
/// (sys/cam/cam_xpt.c, `xpt_announce_periph`).
struct DiskControllers {
  private var parents: [String: String] = [:]

  /// Reads messages; a later one replaces an earlier one of the same disk.
  init(_ messages: [[UInt8]]) {
    for text in messages {
      for line in text.split(separator: UInt8(ascii: "\n")) { read(line) }
    }
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    var line = line
    // The message buffer has priorities: "<118>".
    if line.first == UInt8(ascii: "<"), let end = line.firstIndex(of: UInt8(ascii: ">")) {
      line = line[(end + 1)...]
    }
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
    guard words.count >= 5, words[1].elementsEqual("at".utf8),
      words[3].elementsEqual("bus".utf8)
    else { return }
    let disk = displayText(words[0])
    guard DeviceName(disk) != nil else { return }
    parents[disk] = displayText(words[2])
  }

  /// The device that a disk is on: `ahcich0`.
  func parent(of disk: String) -> String? {
    if let parent = parents[disk] {
      // A USB disk is on a CAM bus that its driver simulates.
      let simulated = "umass-sim"
      guard parent.hasPrefix(simulated) else { return parent }
      return "umass" + displayText(parent.utf8.dropFirst(simulated.utf8.count))
    }
    // virtio_blk's device is vtblk0 and its disk vtbd0.
    guard disk.hasPrefix("vtbd") else { return nil }
    return "vtblk" + displayText(disk.utf8.dropFirst(4))
  }
}
