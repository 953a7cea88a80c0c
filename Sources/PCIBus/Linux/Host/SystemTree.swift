// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The sysfs and the procfs of one machine, read as text.
///
/// For what is read once a scan. Functions, of which there may be thousands,
/// are read by `FunctionReader` without text.
struct SystemTree: ~Copyable {
  private let sysfs: Directory
  private let procfs: Directory
  /// What udev knows of devices, by their numbers: `/run/udev/data`.
  private let devices: Directory
  /// The modules of the machine's kernels: `/lib/modules`.
  private let modules: Directory
  /// Whether there is a procfs at all.
  let hasProcfs: Bool
  /// Whether there is a whole sysfs, and not only a `bus/pci`.
  let hasSysfs: Bool
  /// Whether they are the running kernel's.
  let isLive: Bool

  /// Opens what a location has.
  init(_ location: SysfsLocation) {
    sysfs = location.sysfs.map { Directory.openOrNone($0) } ?? .none
    procfs = location.procfs.map { Directory.openOrNone($0) } ?? .none
    devices = location.procfs.map { Directory.openOrNone($0 + "/../run/udev/data") } ?? .none
    modules = location.procfs.map { Directory.openOrNone($0 + "/../lib/modules") } ?? .none
    hasSysfs = sysfs.isOpen
    hasProcfs = procfs.isOpen
    isLive = location.isLive
  }

  /// The names in a directory of sysfs, sorted; empty where it is absent.
  borrowing func names(_ path: String) -> [String] { sysfs.namesIfPresent(in: path) ?? [] }

  /// The names in a directory of sysfs, sorted; `nil` where it is absent.
  borrowing func namesIfPresent(_ path: String) -> [String]? {
    sysfs.namesIfPresent(in: path)
  }

  /// How many names are in a directory of sysfs; 0 where it is absent.
  borrowing func countOfNames(_ path: String) -> Int {
    (try? sysfs.directory(path).names().count) ?? 0
  }

  /// Whether the kernel's directory of IOMMU groups has any.
  var reportedGroups: GroupListing {
    guard hasSysfs else { return .absent }
    do throws(ErrorNumber) {
      return try sysfs.hasNames(in: "kernel/iommu_groups") ? .filled : .empty
    } catch {
      return error == .noEntry ? .absent : .unreadable
    }
  }

  /// Where a link of sysfs leads, as it is written.
  borrowing func link(_ path: String) -> DeviceLink? {
    var buffer = ReadBuffer()
    guard sysfs.readLink(path: path, into: &buffer) == .read else { return nil }
    return DeviceLink(buffer.copy)
  }

  /// The first line of an attribute of sysfs; `nil` where absent or empty.
  borrowing func line(_ path: String) -> String? {
    var buffer = ReadBuffer()
    guard sysfs.read(path: path, into: &buffer) == .read else { return nil }
    let text = displayText(buffer.copy.prefix { $0 != 0x0a && $0 != 0 })
    return text.isEmpty ? nil : text
  }

  /// The lines of a file of procfs, each split at blanks; `nil` where absent.
  borrowing func words(_ path: String) -> [[String]]? {
    procfs.wholeFile(path).map(Self.words)
  }

  /// The words of each line that is not empty.
  ///
  /// Byte by byte: `split` with a closure costs eight times as much, and the lists
  /// of mounts and routes are read for every `passthru list`.
  private static func words(_ text: [UInt8]) -> [[String]] {
    var lines: [[String]] = []
    var words: [String] = []
    var lineStart = 0
    var wordStart = 0
    for position in 0...text.count {
      let byte = position < text.count ? text[position] : 0x0a
      guard byte == 0x20 || byte == 0x09 || byte == 0x0a else { continue }
      if position > wordStart { words.append(displayText(text[wordStart..<position])) }
      wordStart = position + 1
      guard byte == 0x0a else { continue }
      if position > lineStart { lines.append(words) }
      words = []
      lineStart = position + 1
    }
    return lines
  }

  /// The release of the kernel, from `/proc/version`; `nil` where that does not tell.
  var release: String? {
    // "Linux version 6.1.0-56-amd64 (builder@host) ..."
    guard let words = words("version")?.first, words.count > 2, words[0] == "Linux" else {
      return nil
    }
    return String(words[2].prefix(128))
  }

  /// The aliases of a kernel's modules; `nil` where the file is not there.
  borrowing func moduleAliases(_ release: String) -> [UInt8]? {
    modules.wholeFile(release + "/modules.alias", limit: 16 << 20)
  }

  /// A property that udev found on a block device: `ID_FS_TYPE` of `8:1`.
  borrowing func property(_ name: String, ofBlock number: String) -> String? {
    let start = "E:" + name + "="
    for line in (devices.wholeFile("b" + number) ?? []).split(separator: 0x0a)
    where line.starts(with: start.utf8) {
      return displayText(line.dropFirst(start.utf8.count))
    }
    return nil
  }

  /// The names in a directory of procfs; `nil` where absent or refused.
  borrowing func processNames(_ path: String) -> [String]? {
    procfs.namesIfPresent(in: path)
  }

  /// Where a link of procfs leads, as it is written.
  borrowing func processLink(_ path: String, into buffer: inout ReadBuffer) -> [UInt8]? {
    procfs.readLink(path: path, into: &buffer) == .read ? buffer.copy : nil
  }

  /// The first bytes of a file of procfs; `nil` where absent.
  borrowing func start(_ path: String, limit: Int) -> [UInt8]? {
    procfs.wholeFile(path, limit: limit)
  }

  /// The bytes of a file of sysfs; `nil` where absent or refused.
  borrowing func sysfsBytes(_ path: String) -> [UInt8]? { sysfs.wholeFile(path) }

  /// The bytes of a file of procfs; `nil` where absent.
  borrowing func bytes(_ path: String) -> [UInt8]? { procfs.wholeFile(path) }
}

/// Where a link of sysfs leads: the canonical path of a device.
struct DeviceLink {
  /// The path's components, without `..` and empty ones.
  let components: [String]

  /// Splits the text of a link.
  init(_ bytes: [UInt8]) {
    components = bytes.split(separator: UInt8(ascii: "/"))
      .filter { !$0.elementsEqual("..".utf8) && !$0.elementsEqual(".".utf8) }
      .map { displayText($0) }
  }

  /// The name of what the link leads to.
  var name: String { components.last ?? "" }

  /// The function that the device is, or is below; `nil` where it is not on PCI.
  var function: FunctionAddress? {
    for component in components.reversed() {
      if let address = FunctionAddress(component), component.utf8.count >= 12 { return address }
    }
    return nil
  }
}
