// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The block devices of a machine and what each rests on.
struct BlockDevices {
  /// One step from a device to what it rests on.
  private struct Device {
    var function: FunctionAddress?
    /// The disk that a partition is on.
    var disk: String?
    /// The devices that a stacked one is made of (`slaves`), or the paths of
    /// an NVMe namespace with several.
    var parts: [String] = []
    /// How many parts an array has to have.
    var members = 0
    /// The file that a loop device shows.
    var backingFile: String?
  }

  private var devices: [String: Device] = [:]
  /// The name of each device by its `major:minor`.
  private var names: [String: String] = [:]
  /// The kernel's name of each mapped device by its own: `vg0-root` is `dm-0`.
  private var mapperNames: [String: String] = [:]
  /// Disks, without partitions and without the hidden paths of NVMe namespaces.
  private(set) var wholeDisks: [String] = []

  /// Reads the block devices of a machine.
  init(_ tree: borrowing SystemTree) {
    var folder = "class/block"
    var listed = tree.names(folder)
    if listed.isEmpty {
      folder = "block"
      listed = tree.names(folder)
    }
    let all = Set(listed)
    for name in listed {
      let path = folder + "/" + name
      var device = Device()
      let isLoop = name.hasPrefix("loop") && name.dropFirst(4).allSatisfy { $0.isNumber }
      if isLoop {
        device.backingFile = tree.line(path + "/loop/backing_file")
        // A kernel makes eight loop devices that show nothing: nothing rests on them.
        if device.backingFile == nil { continue }
      }
      let link = tree.link(path) ?? tree.link(path + "/device")
      device.function = link?.function
      if let above = link?.components.dropLast().last, above != name, all.contains(above) {
        device.disk = above
      } else if device.function == nil, !isLoop {
        device.parts = tree.names(path + "/slaves")
      }
      if name.hasPrefix("md"), let count = tree.line(path + "/md/raid_disks").flatMap({ Int($0) }) {
        device.members = count - (tree.line(path + "/md/degraded").flatMap { Int($0) } ?? 0)
      }
      if name.hasPrefix("dm-"), let mapper = tree.line(path + "/dm/name") {
        mapperNames[mapper] = name
      }
      if let number = tree.line(path + "/dev") { names[number] = name }
      devices[name] = device
    }
    addNamespacePaths(listed)
    wholeDisks = listed.filter { name in
      devices[name].map { $0.disk == nil } == true && !Self.isNamespacePath(name)
    }
  }

  /// Gives namespaces of NVMe with native multipath the paths that lead to them.
  ///
  /// `nvme0n1` is then below `nvme-subsystem` and not below a function, and
  /// its paths are the hidden disks `nvme0c0n1`, `nvme0c1n1`
  /// (drivers/nvme/host/multipath.c).
  private mutating func addNamespacePaths(_ listed: [String]) {
    for path in listed where Self.isNamespacePath(path) {
      guard let controller = path.firstIndex(of: "c"), let end = path.lastIndex(of: "n"),
        controller < end
      else { continue }
      let namespace = String(path[..<controller] + path[end...])
      if devices[namespace]?.function == nil { devices[namespace]?.parts.append(path) }
    }
  }

  /// Whether a name is that of one path to an NVMe namespace: `nvme0c1n1`.
  private static func isNamespacePath(_ name: String) -> Bool {
    guard name.hasPrefix("nvme") else { return false }
    let rest = name.dropFirst(4)
    return rest.contains("c") && rest.contains("n")
      && rest.allSatisfy { $0.isNumber || $0 == "c" || $0 == "n" }
  }

  /// The devices by their numbers, sorted by name.
  var numbered: [(number: String, name: String)] {
    names.map { (number: $0.key, name: $0.value) }.sorted { $0.name < $1.name }
  }

  /// The volumes and arrays that are set up and that no other is made of, with
  /// the mapper's names where they have one.
  var topmost: [(name: String, title: String)] {
    var below = Set<String>()
    for device in devices.values { below.formUnion(device.parts) }
    var titles: [String: String] = [:]
    for (title, name) in mapperNames { titles[name] = title }
    return devices.filter { name, device in
      !device.parts.isEmpty && device.function == nil && !below.contains(name)
        && !device.parts.contains(where: Self.isNamespacePath)
    }
    .map { (name: $0.key, title: titles[$0.key] ?? $0.key) }.sorted { $0.name < $1.name }
  }

  /// The disk that a partition is on; `nil` for whatever is no partition.
  func disk(of name: String) -> String? { devices[name]?.disk }

  /// The name of the device with a number: `8:1`.
  func name(number: String) -> String? { names[number] }

  /// The kernel's name of a device by its path below `/dev`.
  func name(path: String) -> String? {
    guard path.hasPrefix("/dev/") else { return nil }
    let rest = String(path.dropFirst(5))
    if rest.hasPrefix("mapper/") {
      return mapperNames[String(rest.dropFirst(7))]
    }
    // Slashes are exclamation marks in sysfs: /dev/cciss/c0d0.
    let name = rest.split(separator: "/").joined(separator: "!")
    return devices[name] == nil ? nil : name
  }

  /// The name that the mapper's user gave a device: `dm-0` is `vg0-root`.
  func title(of name: String) -> String? {
    guard name.hasPrefix("dm-") else { return nil }
    return mapperNames.first { $0.value == name }?.key
  }

  /// The file that a loop device shows.
  func backingFile(_ name: String) -> String? { devices[name]?.backingFile }

  /// The functions that a whole disk is right on, not through others.
  func functionsRightBelow(_ name: String) -> [FunctionAddress] {
    guard let device = devices[name] else { return [] }
    if let function = device.function { return [function] }
    let paths = device.parts.filter(Self.isNamespacePath)
    return Set(paths.compactMap { devices[$0]?.function }).sorted()
  }

  /// What a device is made of and sysfs does not show; `nil` where nothing is missing.
  ///
  /// A part without a device of its own, or an array with fewer members than it has and
  /// fewer than it lacks (drivers/md/md.c, `raid_disks` and `degraded`).
  func missingPart(of name: String) -> String? {
    var visited: Set<String> = []
    var pending = [name]
    while let next = pending.popLast() {
      guard visited.insert(next).inserted else { continue }
      guard let device = devices[next] else { return next }
      if device.function != nil { continue }
      if let disk = device.disk { pending.append(disk) }
      if device.parts.count < device.members {
        return "\(device.members - device.parts.count) of \(device.members) members of " + next
      }
      pending += device.parts
    }
    return nil
  }

  /// Every function that a device rests on, with the steps that lead there.
  func foundations(of name: String) -> [(chain: [String], function: FunctionAddress)] {
    var found: [(chain: [String], function: FunctionAddress)] = []
    var visited: Set<String> = []
    var pending: [[String]] = [[name]]
    while let chain = pending.popLast() {
      // A hostile tree may stack devices in a circle.
      guard let last = chain.last, let device = devices[last], visited.insert(last).inserted
      else { continue }
      if let function = device.function {
        // A partition's link names the function already; its disk makes the chain whole.
        found.append((chain + (device.disk.map { [$0] } ?? []), function))
      } else if let disk = device.disk {
        pending.append(chain + [disk])
      } else {
        for part in device.parts.reversed() { pending.append(chain + [part]) }
      }
    }
    return found
  }
}
