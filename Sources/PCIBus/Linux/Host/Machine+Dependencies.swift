// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Reads what the running host itself needs, and which functions that is.
  mutating func readDependencies(
    _ tree: borrowing SystemTree, _ disks: borrowing BlockDevices, _ session: LoginSession
  ) {
    guard tree.hasSysfs, tree.hasProcfs else { return }
    readFileSystems(tree, disks)
    let routes = NetworkRoutes(tree)
    readDefaultRoutes(tree, routes)
    readSession(tree, session)
    readInterfaces(tree, routes)
    readConsole(tree)
    readKeyboards(tree)
    dependencies.sort {
      ($0.function, $0.kind.rawValue, $0.subject) < ($1.function, $1.kind.rawValue, $1.subject)
    }
  }

  mutating func add(
    _ kind: HostDependency.Kind, _ subject: String,
    _ foundations: [(chain: [String], function: FunctionAddress)]
  ) {
    for foundation in foundations {
      let dependency = HostDependency(
        kind: kind, subject: subject, chain: foundation.chain, function: foundation.function)
      if !dependencies.contains(dependency) { dependencies.append(dependency) }
    }
  }

  mutating func noteUnresolved(
    _ fact: String, _ subject: String, _ reason: String, _ remedy: String
  ) {
    let gap = Gap(.host, fact, reason: subject + ": " + reason, remedy: remedy)
    if !gaps.contains(gap) { gaps.append(gap) }
  }

  // MARK: - Storage

  private mutating func readFileSystems(
    _ tree: borrowing SystemTree, _ disks: borrowing BlockDevices
  ) {
    guard let mounts = MountedFileSystem.all(tree) else {
      for fact in [HostDependency.storageFact, HostDependency.networkStorageFact] {
        noteUnresolved(
          fact, "mounted file systems", "no proc/self/mountinfo",
          "record /proc/self/mountinfo too")
      }
      return
    }
    // A device that is mounted as a whole is named by those mounts; parts of it,
    // which container runtimes make by the dozen, only where there is no other.
    var byDevice: [String: [MountedFileSystem]] = [:]
    for mount in mounts {
      let devices = Self.devices(of: mount, tree, disks)
      for device in devices { byDevice[device, default: []].append(mount) }
      noteUnfollowed(mount, devices, tree, disks)
    }
    for (device, mounts) in byDevice.sorted(by: { $0.key < $1.key }) {
      let whole = mounts.filter { !$0.isPart || $0.type == "btrfs" }
      let shown =
        whole.isEmpty
        ? mounts.min { $0.mountPoint.count < $1.mountPoint.count }.map { [$0] } : whole
      for mount in shown ?? [] {
        let found = foundations(device, mounts: byDevice, tree, disks)
        add(.fileSystem, mount.mountPoint, found)
        if found.isEmpty { noteUnfollowed(device, of: mount.mountPoint, tree) }
        if let part = disks.missingPart(of: device) {
          noteUnresolved(
            HostDependency.storageFact, mount.mountPoint,
            "it is on \(device), and sysfs does not show \(part)",
            "see findmnt and lsblk -s for its disks")
        }
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
        if let part = disks.missingPart(of: device) {
          noteUnresolved(
            HostDependency.storageFact, path, "sysfs does not show \(part), which it is on",
            "see lsblk -s for its disks")
        }
      }
    }
    readVolumes(used, disks)
  }

  /// The block devices that a file system is on.
  private static func devices(
    of mount: MountedFileSystem, _ tree: borrowing SystemTree, _ disks: borrowing BlockDevices
  ) -> [String] {
    let further = mount.furtherDevices.compactMap { disks.name(path: $0) }
    if let number = mount.number {
      if let name = disks.name(number: number) { return [name] + further }
      if let name = tree.link("dev/block/" + number)?.name { return [name] + further }
    }
    let named = mount.sourceDevices.compactMap { disks.name(path: $0) }
    guard mount.type == "btrfs", let name = named.first else { return named + further }
    // One btrfs may be on several devices: /sys/fs/btrfs/UUID/devices lists them.
    for identifier in tree.names("fs/btrfs") {
      let members = tree.names("fs/btrfs/" + identifier + "/devices")
      if members.contains(name) { return members }
    }
    return [name]
  }

  /// Notes where a mount leads to no device that sysfs names, and to another machine.
  private mutating func noteUnfollowed(
    _ mount: MountedFileSystem, _ devices: [String], _ tree: borrowing SystemTree,
    _ disks: borrowing BlockDevices
  ) {
    if mount.type.hasPrefix("nfs") || mount.type == "cifs" || mount.type == "ceph" {
      addServer(of: mount, tree)
    } else if mount.type == "overlay", mount.mountPoint == "/" {
      noteUnresolved(
        HostDependency.storageFact, "/",
        "an overlay, as in a container, whose layers are not followed",
        "run outside of the container")
    }
    // A loop device that nothing names any more, and FUSE's own node, are no disks.
    let isDisk = !mount.source.hasPrefix("/dev/loop") && mount.source != "/dev/fuse"
    let named = (mount.number == nil ? mount.sourceDevices : []) + mount.furtherDevices
    for path in named where isDisk && disks.name(path: path) == nil {
      noteUnresolved(
        HostDependency.storageFact, mount.mountPoint,
        "it is on \(path), which is no block device that sysfs names",
        "see findmnt and lsblk -s for its disks")
    }
    if mount.number != nil, devices.isEmpty, mount.source.hasPrefix("/dev/"), isDisk {
      // It may be another machine's (rbd, nbd, iSCSI).
      for fact in [HostDependency.storageFact, HostDependency.networkStorageFact] {
        noteUnresolved(
          fact, mount.mountPoint, "its device \(mount.number ?? "") is not among those of sysfs",
          "see findmnt and lsblk -s for its disks")
      }
    }
  }

  /// Finds the card by which a file system of another machine is reached.
  private mutating func addServer(of mount: MountedFileSystem, _ tree: borrowing SystemTree) {
    let server = mount.option("addr") ?? String(mount.source.prefix { $0 != ":" })
    let interface = RemoteConnection(client: server, own: "").interface(tree)
    let found = interface.map { NetworkInterfaces.foundations(of: $0, tree) } ?? []
    add(.fileSystem, mount.mountPoint, found.map { ([mount.source] + $0.chain, $0.function) })
    if found.isEmpty {
      noteUnresolved(
        HostDependency.networkStorageFact, mount.mountPoint, "it is on " + mount.source,
        "see ip route get \(server) for the card that leads there")
    }
  }

  /// Notes a device that is on no PCI function: another machine's, or a volume of unknown parts.
  ///
  /// What the firmware describes, such as an SD card, is not on PCI at all.
  private mutating func noteUnfollowed(
    _ device: String, of subject: String, _ tree: borrowing SystemTree
  ) {
    let link = tree.link("class/block/" + device) ?? tree.link("block/" + device)
    let components = link?.components ?? []
    // drivers/scsi/scsi_transport_iscsi.c names its sessions so.
    let isRemote =
      device.hasPrefix("nbd") || device.hasPrefix("rbd") || device.hasPrefix("drbd")
      || components.contains { $0.hasPrefix("session") && $0.dropFirst(7).allSatisfy(\.isNumber) }
    if isRemote {
      noteUnresolved(
        HostDependency.networkStorageFact, subject, "it is on \(device), a disk of another machine",
        "find the card that leads there (ip route get SERVER)")
    } else if device.hasPrefix("dm-") || device.hasPrefix("md") || device.hasPrefix("bcache") {
      noteUnresolved(
        HostDependency.storageFact, subject,
        "it is on \(device), whose parts are on no PCI function that sysfs names",
        "see lsblk -s for its disks")
    }
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

  // MARK: - Console

  /// Finds the display or the serial port that a console is on.
  private mutating func readConsole(_ tree: borrowing SystemTree) {
    // Name, operations and flags, number; `tty0` is the virtual terminals.
    let consoles = tree.words("consoles")?.compactMap { $0.first }
    if consoles == nil {
      noteUnresolved(
        HostDependency.consoleFact, "the console", "no proc/consoles", "record /proc/consoles too")
    }
    for console in consoles ?? [] where !Self.isVirtualTerminal(console) {
      let path = "class/tty/" + console
      if let function = deviceFunction(path, tree) {
        add(.console, console, [([console], function)])
      } else if console.hasPrefix("ttyS"), tree.namesIfPresent(path) == nil {
        noteUnresolved(
          HostDependency.consoleFact, console, "sysfs does not show the port that it is on",
          "see /proc/tty/driver/serial, as root")
      }
    }
    // Where the kernel lists its consoles, none on the terminals needs no display.
    if let consoles, !consoles.contains(where: Self.isVirtualTerminal) { return }
    if let display = deviceFunction("class/graphics/fb0", tree) {
      add(.console, "the virtual console", [(["fb0"], display)])
    } else if let display = functions.first(where: { $0.isBootVGA == true }) {
      add(.console, "the virtual console", [(["boot VGA"], display.address)])
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
