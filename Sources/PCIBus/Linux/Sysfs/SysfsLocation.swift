// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Where the parts of a sysfs are, found by content below a path.
struct SysfsLocation: Hashable, Sendable {
  /// The directory with `devices` and `slots`: `/sys/bus/pci`.
  var bus: String
  /// The directory with `class`, `kernel` and `firmware`; `nil` for a lone `bus/pci`.
  var sysfs: String?
  /// The procfs beside it, where there is one.
  var procfs: String?
  /// Whether it is the running kernel's sysfs.
  var isLive: Bool

  /// The directory with one of each IOMMU group; `nil` for a lone `bus/pci`.
  var groups: String? { sysfs.map { $0 + "/kernel/iommu_groups" } }

  /// How many directories below a path are tried as wrappers of a tree.
  private static let wrapperLimit = 64

  /// Finds the parts below a path.
  ///
  /// The path may be a whole tree that holds `sys` and perhaps `proc`, a `sys`,
  /// a `bus/pci`, its `devices`, or a directory in which one of these is
  /// wrapped in one or two further ones, as archives often are.
  init(at path: String) throws(ScanError) {
    let root = try Self.open(path)
    let base = Self.withoutTrailingSlashes(path)
    if let found = Self.direct(base, root) {
      self = found
      return
    }
    if root.has(path: "bus"), root.has(path: "class") || root.has(path: "kernel") {
      throw ScanError(
        .noBus, "a sysfs without bus/pci: this machine has no PCI bus, or hides it",
        remedy: "scan a recording with --from PATH", path: path)
    }
    if root.has(path: "sys/bus"), !root.has(path: "sys/bus/pci") {
      throw ScanError(
        .noBus, "its sys has no bus/pci: the machine has no PCI bus, or hides it",
        remedy: "scan a recording with --from PATH", path: path)
    }
    let wrapped = Self.wrapped(base, root, depth: 2)
    guard let only = wrapped.first else {
      throw ScanError(
        .notRecognised, "a directory, and no sysfs tree: no bus/pci/devices in it",
        remedy: "name a directory that holds sys/bus/pci", path: path)
    }
    guard wrapped.count == 1 else {
      throw ScanError(
        .notRecognised, "holds \(wrapped.count) sysfs trees",
        remedy: "name one of them, such as " + (only.sysfs ?? only.bus), path: path)
    }
    self = only
  }

  private static func open(_ path: String) throws(ScanError) -> Directory {
    do throws(ErrorNumber) { return try Directory.open(path) } catch {
      guard error == .notDirectory else { throw error.scanError(path) }
      throw ScanError(
        .notRecognised, "a file, and no sysfs tree",
        remedy: "name a directory that holds sys/bus/pci", path: path)
    }
  }

  private init(bus: String, sysfs: String?, procfs: String?, isLive: Bool) {
    self.bus = bus
    self.sysfs = sysfs
    self.procfs = procfs
    self.isLive = isLive
  }

  /// The location, if the path is one without wrappers.
  private static func direct(_ base: String, _ root: borrowing Directory) -> SysfsLocation? {
    let join = base == "/" ? "" : base
    if root.has(path: "sys/bus/pci/devices") {
      return SysfsLocation(
        sysfs: join + "/sys", procfs: root.has(path: "proc") ? join + "/proc" : nil, base, root,
        below: "sys")
    }
    if root.has(path: "bus/pci/devices") {
      // A `proc` beside it is the same machine's only if this is called `sys`.
      let beside = base.hasSuffix("/sys") || base == "sys"
      return SysfsLocation(
        sysfs: base, procfs: beside && root.has(path: "../proc") ? base + "/../proc" : nil, base,
        root, below: ".")
    }
    if root.has(path: "devices"), let devices = try? root.directory("devices"),
      holdsFunctions(devices)
    {
      if root.has(path: "../../bus/pci/devices") {
        return SysfsLocation(
          sysfs: base + "/../..",
          procfs: root.has(path: "../../../sys") && root.has(path: "../../../proc")
            ? base + "/../../../proc" : nil,
          base, root, below: "../..")
      }
      return SysfsLocation(bus: base, sysfs: nil, procfs: nil, isLive: false)
    }
    if holdsFunctions(root), let above = try? root.directory("..") {
      return direct(base + "/..", above)
    }
    return nil
  }

  private init(
    sysfs: String, procfs: String?, _ base: String, _ root: borrowing Directory, below: String
  ) {
    let isLive = (try? root.directory(below))?.isKernelSysfs ?? false
    self.init(
      bus: sysfs + "/bus/pci", sysfs: sysfs, procfs: procfs ?? (isLive ? "/proc" : nil),
      isLive: isLive)
  }

  /// Whether a directory has an entry named as a function.
  private static func holdsFunctions(_ directory: borrowing Directory) -> Bool {
    guard let names = try? directory.names() else { return false }
    return (0..<names.count).contains {
      names.storage.span.functionAddress(in: names.range($0)) != nil
    }
  }

  private static func wrapped(
    _ base: String, _ root: borrowing Directory, depth: Int
  ) -> [SysfsLocation] {
    guard depth > 0, let names = try? root.names(), names.count <= wrapperLimit else { return [] }
    var found: [SysfsLocation] = []
    for index in 0..<names.count {
      guard let directory = try? root.directory(names, index) else { continue }
      let path = (base == "/" ? "" : base) + "/" + names.text(index)
      if let location = direct(path, directory) {
        found.append(location)
      } else {
        found += wrapped(path, directory, depth: depth - 1)
      }
    }
    return found
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return String(path)
  }
}
