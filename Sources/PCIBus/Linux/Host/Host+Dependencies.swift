// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Host {
  /// Reads what the running host itself needs, and which functions that is.
  mutating func readDependencies(
    _ tree: borrowing SystemTree, _ disks: borrowing BlockDevices, _ session: LoginSession
  ) {
    guard tree.hasSysfs, tree.hasProcfs else { return }
    readFileSystems(tree, disks)
    readDefaultRoutes(tree)
    readSession(tree, session)
    readConsole(tree)
    readKeyboards(tree)
    dependencies.sort {
      ($0.function, $0.kind.rawValue, $0.subject) < ($1.function, $1.kind.rawValue, $1.subject)
    }
  }

  private mutating func add(
    _ kind: HostDependency.Kind, _ subject: String,
    _ foundations: [(chain: [String], function: FunctionAddress)]
  ) {
    for foundation in foundations {
      let dependency = HostDependency(
        kind: kind, subject: subject, chain: foundation.chain, function: foundation.function)
      if !dependencies.contains(dependency) { dependencies.append(dependency) }
    }
  }

  private mutating func noteUnresolved(_ subject: String, _ reason: String, _ remedy: String) {
    gaps.append(Gap(.host, "dependencies", reason: subject + ": " + reason, remedy: remedy))
  }

  // MARK: - Storage

  private mutating func readFileSystems(
    _ tree: borrowing SystemTree, _ disks: borrowing BlockDevices
  ) {
    guard let mounts = MountedFileSystem.all(tree) else {
      noteUnresolved(
        "mounted file systems", "no proc/self/mountinfo", "record /proc/self/mountinfo too")
      return
    }
    // A device that is mounted as a whole is named by those mounts; parts of it,
    // which container runtimes make by the dozen, only where there is no other.
    var byDevice: [String: [MountedFileSystem]] = [:]
    for mount in mounts {
      for device in Self.devices(of: mount, tree, disks) {
        byDevice[device, default: []].append(mount)
      }
      if mount.type.hasPrefix("nfs"), mount.mountPoint == "/" {
        noteUnresolved("/", "it is on " + mount.source, "keep the interface that leads there")
      } else if mount.type == "overlay", mount.mountPoint == "/" {
        noteUnresolved(
          "/", "an overlay, as in a container, whose layers are not followed",
          "run outside of the container")
      }
    }
    for (device, mounts) in byDevice.sorted(by: { $0.key < $1.key }) {
      let whole = mounts.filter { !$0.isPart || $0.type == "btrfs" }
      let shown =
        whole.isEmpty
        ? mounts.min { $0.mountPoint.count < $1.mountPoint.count }.map { [$0] } : whole
      for mount in shown ?? [] {
        add(.fileSystem, mount.mountPoint, foundations(device, mounts: byDevice, tree, disks))
      }
    }
    readPools(mounts, tree, disks)
    var used = Set(byDevice.keys)
    for words in (tree.words("swaps") ?? []).dropFirst() {
      guard let path = words.first.map(MountedFileSystem.unescaped) else { continue }
      let device = disks.name(path: path) ?? Self.device(ofFile: path, byDevice)
      if let device {
        used.insert(device)
        add(.swap, path, foundations(device, mounts: byDevice, tree, disks))
      }
    }
    readVolumes(used, disks)
  }

  /// The block devices that a file system is on.
  private static func devices(
    of mount: MountedFileSystem, _ tree: borrowing SystemTree, _ disks: borrowing BlockDevices
  ) -> [String] {
    if let number = mount.number {
      if let name = disks.name(number: number) { return [name] }
      if let name = tree.link("dev/block/" + number)?.name { return [name] }
    }
    guard let name = disks.name(path: mount.source) else { return [] }
    guard mount.type == "btrfs" else { return [name] }
    // One btrfs may be on several devices: /sys/fs/btrfs/UUID/devices lists them.
    for identifier in tree.names("fs/btrfs") {
      let members = tree.names("fs/btrfs/" + identifier + "/devices")
      if members.contains(name) { return members }
    }
    return [name]
  }

  /// What a device rests on; through a loop device, what its file is on.
  private func foundations(
    _ device: String, mounts: [String: [MountedFileSystem]], _ tree: borrowing SystemTree,
    _ disks: borrowing BlockDevices
  ) -> [(chain: [String], function: FunctionAddress)] {
    var name = device
    var chain: [String] = []
    // A loop device may be on a file system that is on a loop device.
    for _ in 0..<8 {
      guard let file = disks.backingFile(name), let below = Self.device(ofFile: file, mounts),
        below != name
      else { break }
      chain.append(name)
      name = below
    }
    return disks.foundations(of: name).map { found in
      // A volume goes by the name its owner gave it, and then by the kernel's.
      let named = found.chain.flatMap { step in disks.title(of: step).map { [$0, step] } ?? [step] }
      return (chain + named, found.function)
    }
  }

  /// The device whose mount point is the longest beginning of a file's path.
  private static func device(
    ofFile path: String, _ mounts: [String: [MountedFileSystem]]
  ) -> String? {
    var best: (device: String, length: Int)?
    for (device, mounted) in mounts.sorted(by: { $0.key < $1.key }) {
      for mount in mounted {
        let point = mount.mountPoint == "/" ? "/" : mount.mountPoint + "/"
        if path.hasPrefix(point), point.utf8.count > best?.length ?? 0 {
          best = (device, point.utf8.count)
        }
      }
    }
    return best?.device
  }

  // MARK: - Network

  private mutating func readDefaultRoutes(_ tree: borrowing SystemTree) {
    var interfaces: Set<String> = []
    for route in (tree.words("net/route") ?? []).compactMap(Route.init)
    where route.destination == 0 && route.mask == 0 && route.isUsable {
      interfaces.insert(route.interface)
    }
    // Destination, its prefix length, ..., flags, interface (net/ipv6/route.c).
    for words in tree.words("net/ipv6_route") ?? [] where words.count >= 10 {
      guard words[0].allSatisfy({ $0 == "0" }), words[1] == "00", words[9] != "lo",
        let flags = UInt32(words[8], radix: 16), flags & 0x1 != 0, flags & 0x200 == 0
      else { continue }
      interfaces.insert(words[9])
    }
    for interface in interfaces.sorted() {
      addInterface(.defaultRoute, "default route", interface, tree)
    }
  }

  private mutating func addInterface(
    _ kind: HostDependency.Kind, _ subject: String, _ interface: String,
    _ tree: borrowing SystemTree
  ) {
    let found = NetworkInterfaces.foundations(of: interface, tree)
    add(kind, subject, found)
    if found.isEmpty {
      noteUnresolved(
        subject,
        "it leaves through " + interface + ", which rests on no PCI function that sysfs names",
        "find out what carries it before a network card is given away")
    }
  }

  /// Finds the interface that the packets to the session's other end leave by.
  private mutating func readSession(_ tree: borrowing SystemTree, _ session: LoginSession) {
    switch session {
    case .local: return
    case .unknown(let reason): noteSession(reason)
    case .connections(let connections):
      for connection in connections {
        let subject = "ssh from " + connection.client
        guard let interface = connection.interface(tree) else {
          noteSession(subject + " comes in by an interface that no route names")
          continue
        }
        let found = NetworkInterfaces.foundations(of: interface, tree)
        add(.session, subject, found)
        if found.isEmpty {
          noteSession(
            "\(subject) comes in by \(interface), which rests on no PCI function that sysfs names")
        }
      }
    }
  }

  private mutating func noteSession(_ reason: String) {
    gaps.append(
      Gap(
        .host, HostDependency.sessionFact, reason: reason,
        remedy: "find out with ss -tp which connection it is"))
  }

  // MARK: - Console

  /// Finds the display or the serial port that a console is on.
  private mutating func readConsole(_ tree: borrowing SystemTree) {
    // Name, operations and flags, number; `tty0` is the virtual terminals.
    let consoles = tree.words("consoles")?.compactMap { $0.first }
    for console in consoles ?? [] where !Self.isVirtualTerminal(console) {
      if let function = deviceFunction("class/tty/" + console, tree) {
        add(.console, console, [([console], function)])
      }
    }
    // Where the kernel lists its consoles, none on the terminals needs no display.
    if let consoles, !consoles.contains(where: Self.isVirtualTerminal) { return }
    if let display = deviceFunction("class/graphics/fb0", tree) {
      add(.console, "virtual terminals", [(["fb0"], display)])
    } else if let display = functions.first(where: { $0.isBootVGA == true }) {
      add(.console, "virtual terminals", [(["boot VGA"], display.address)])
    }
  }

  private static func isVirtualTerminal(_ console: String) -> Bool {
    console.hasPrefix("tty") && console.dropFirst(3).allSatisfy { $0.isNumber }
  }

  /// Finds the functions that keyboards are on, among the child devices.
  ///
  /// A device is a keyboard if it has every key from Escape to D, the first 31
  /// key codes: what udev's input_id asks (its `ID_INPUT_KEYBOARD`).
  private mutating func readKeyboards(_ tree: borrowing SystemTree) {
    for input in childDevices where input.kind == .input {
      let path = "class/input/" + input.name
      guard let keys = tree.line(path + "/capabilities/key")?.split(separator: " ").last,
        let lowest = UInt64(keys, radix: 16), lowest & 0xffff_fffe == 0xffff_fffe
      else { continue }
      add(
        .keyboard, tree.line(path + "/name") ?? input.name, [([input.name], input.function)])
    }
  }
}
