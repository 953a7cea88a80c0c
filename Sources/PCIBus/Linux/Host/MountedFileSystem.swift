// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// One mounted file system, as the kernel lists it.
struct MountedFileSystem: Hashable {
  /// Where it is mounted.
  var mountPoint: String
  /// What is mounted: a path below `/dev`, a pool, a server's path.
  var source: String
  /// The file system's type.
  var type: String
  /// The device's `major:minor`; `nil` where the list has none.
  var number: String?
  /// Whether only a part of the file system is mounted here.
  var isPart: Bool
  /// The file system's own options: `rw,logdev=/dev/sdb1`.
  var options: [String]

  /// The file systems mounted on a machine.
  ///
  /// `mountinfo` has device numbers; recordings often have `mounts` instead.
  static func all(_ tree: borrowing SystemTree) -> [MountedFileSystem]? {
    if let lines = tree.words("self/mountinfo") { return lines.compactMap(fromMountInfo) }
    let lines = tree.words("self/mounts") ?? tree.words("mounts")
    return lines?.compactMap { words in
      guard words.count >= 3 else { return nil }
      return MountedFileSystem(
        mountPoint: unescaped(words[1]), source: unescaped(words[0]), type: words[2],
        number: nil, isPart: false, options: words.count > 3 ? split(words[3]) : [])
    }
  }

  /// Reads one line of `mountinfo` (proc_pid_mountinfo(5)).
  ///
  /// Fields 1 to 6, optional fields, `-`, then type and source.
  private static func fromMountInfo(_ words: [String]) -> MountedFileSystem? {
    guard words.count >= 9, let dash = words.dropFirst(6).firstIndex(of: "-"),
      dash + 2 < words.count
    else { return nil }
    // A major number of 0 is no device: btrfs, overlay, tmpfs.
    return MountedFileSystem(
      mountPoint: unescaped(words[4]), source: unescaped(words[dash + 2]), type: words[dash + 1],
      number: words[2].hasPrefix("0:") ? nil : words[2], isPart: words[3] != "/",
      options: dash + 3 < words.count ? split(words[dash + 3]) : [])
  }

  private static func split(_ options: String) -> [String] {
    options.split(separator: ",").map(unescaped)
  }

  /// The value of an option: of `addr=10.0.0.5` the address.
  func option(_ name: String) -> String? {
    options.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
  }

  /// The devices that hold a part of it besides the one that is mounted: a log, a journal.
  ///
  /// xfs(5) and ext4(5): `logdev`, `rtdev`, `journal_path`.
  var furtherDevices: [String] {
    ["logdev", "rtdev", "journal_path"].compactMap { option($0) }
  }

  /// The device paths of its source: bcachefs has several, with colons between.
  var sourceDevices: [String] {
    guard source.hasPrefix("/dev/") else { return [] }
    guard type == "bcachefs" else { return [source] }
    return source.split(separator: ":").map(String.init)
  }

  private static func unescaped(_ text: Substring) -> String { unescaped(String(text)) }

  /// Undoes the kernel's octal escapes: `\040` is a space.
  static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      let digits = rest.dropFirst().prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        digits.allSatisfy({ (0x30...0x37).contains($0) })
      {
        bytes.append(digits.reduce(0) { $0 &<< 3 | ($1 & 7) })
        rest = rest.dropFirst(4)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return displayText(bytes)
  }
}
