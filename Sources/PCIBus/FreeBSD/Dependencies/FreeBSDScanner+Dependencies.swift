// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension FreeBSDScanner {
  /// Finds what drivers made of the functions, and what the running host needs.
  func readDependencies(into host: inout Machine) {
    let tree = DeviceTree(kernel, functions: host.functions)
    readInterfaces(tree, into: &host)
    readStorage(tree, into: &host)
    readConsole(tree, into: &host)
    host.$dependencies.record()
    host.$childDevices.record()
  }

  // MARK: Network

  private func readInterfaces(_ tree: DeviceTree<Kernel>, into host: inout Machine) {
    guard let bytes = kernel.interfaces() else {
      host.gaps.append(
        Gap(
          .host, "interfaces", reason: "the network interfaces could not be listed",
          remedy: "run outside the jail"))
      return
    }
    var names: [Int: String] = [:]
    var rest = bytes[...]
    while rest.count > 4 {
      let index = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      let name = displayText(rest.dropFirst(4).prefix { $0 != 0 })
      rest = rest.dropFirst(4).drop { $0 != 0 }.dropFirst()
      names[index] = name
      if let (_, function) = path(ofInterface: name, tree) {
        host.childDevices.append(
          ChildDevice(kind: .network, name: name, function: function))
      }
    }
    readDefaultRoute(names, tree, into: &host)
  }

  /// The way from an interface to the function it hangs on.
  ///
  /// Most interfaces have the name of the device; the rest are named here.
  private func path(
    ofInterface name: String, _ tree: DeviceTree<Kernel>
  ) -> (chain: [String], function: FunctionAddress)? {
    if let path = tree.path(from: name) { return path }
    // `em1.10` is VLAN 10 of em1 (rc.conf's vlans_em1).
    let parts = name.utf8.split(separator: UInt8(ascii: "."))
    if parts.count == 2, let path = path(ofInterface: displayText(parts[0]), tree) {
      return ([name] + path.chain, path.function)
    }
    guard let device = DeviceName(name) else { return nil }
    let below: String?
    switch device.driver {
    // mlx5_core's interfaces are mce, with the unit of the function's device
    // (sys/dev/mlx5/mlx5_en, `mlx5e_create_ifp`).
    case "mce": below = "mlx5_core\(device.unit)"
    // net80211's clones say whose they are.
    case "wlan": below = kernel.text("net.wlan.\(device.unit).%parent")
    default: below = nil
    }
    guard let below, let path = tree.path(from: below) else { return nil }
    return ([name] + path.chain, path.function)
  }

  private func readDefaultRoute(
    _ names: [Int: String], _ tree: DeviceTree<Kernel>, into host: inout Machine
  ) {
    guard let routes = kernel.routes() else {
      host.gaps.append(
        Gap(.host, "defaultRoute", reason: "the routing table could not be read"))
      return
    }
    for index in RouteMessages.defaultInterfaces(routes) {
      guard let name = names[index] else { continue }
      guard let (chain, function) = path(ofInterface: name, tree) else {
        host.gaps.append(
          Gap(
            .host, "defaultRoute",
            reason: "the default route is over \(name), whose device is not known",
            remedy: "see ifconfig \(name) for what is below it"))
        continue
      }
      host.dependencies.append(
        HostDependency(
          kind: .defaultRoute, subject: "default route", chain: chain, function: function))
    }
  }

  // MARK: Storage

  private func readStorage(_ tree: DeviceTree<Kernel>, into host: inout Machine) {
    let messages = [kernel.file("/var/run/dmesg.boot"), kernel.sysctl("kern.msgbuf")]
    let storage = Storage(
      graph: StorageGraph(kernel.sysctl("kern.geom.confxml") ?? []),
      controllers: DiskControllers(messages.compactMap { $0 }),
      nvmeControllers: host.functions.count { $0.driver?.name == "nvme" })
    for disk in disks() {
      if let (_, function) = path(ofDisk: disk, storage, tree) {
        host.childDevices.append(ChildDevice(kind: .block, name: disk, function: function))
      }
    }
    var pools: [String] = []
    var rootPool: String?
    for mount in mounts() {
      if mount.type == "zfs" {
        let pool = displayText(mount.source.utf8.prefix { $0 != UInt8(ascii: "/") })
        if !pools.contains(pool) { pools.append(pool) }
        if mount.directory == "/" { rootPool = pool }
      } else if mount.source.hasPrefix("/dev/") {
        let provider = displayText(mount.source.utf8.dropFirst(5))
        add(.fileSystem, mount.directory, provider, storage, tree, into: &host)
      }
    }
    if let first = pools.first {
      // Which pool a disk is in is written on the disk, and nowhere else that
      // needs no privilege: every disk of any pool counts for all of them.
      let subject =
        pools.count > 1
        ? "pools " + pools.joined(separator: ", ") : first == rootPool ? "/" : "pool " + first
      let providers = storage.graph.providers(usedBy: "ZFS::VDEV")
      for provider in providers {
        add(.fileSystem, subject, provider, storage, tree, into: &host)
      }
      if providers.isEmpty {
        host.gaps.append(
          Gap(
            .host, "dependencies.pools",
            reason: "ZFS is mounted, but kern.geom.confxml names no disk of a pool",
            remedy: "see zpool status"))
      }
    }
    for provider in storage.graph.providers(usedBy: "SWAP") {
      add(.swap, "swap", provider, storage, tree, into: &host)
    }
  }

  private func add(
    _ kind: HostDependency.Kind, _ subject: String, _ provider: String, _ storage: Storage,
    _ tree: DeviceTree<Kernel>, into host: inout Machine
  ) {
    var chains = storage.graph.disks(below: provider)
    if storage.graph.isEmpty, let disk = Self.disk(ofPartition: provider) {
      chains = [disk == provider ? [disk] : [provider, disk]]
    }
    for chain in chains {
      guard let disk = chain.last else { continue }
      guard let (devices, function) = path(ofDisk: disk, storage, tree) else {
        host.gaps.append(
          Gap(
            .host, "dependencies.disk",
            reason: "\(subject) is on \(disk), whose controller is not known",
            remedy: "see dmesg | grep '^\(disk) at'"))
        continue
      }
      let dependency = HostDependency(
        kind: kind, subject: subject, chain: chain + devices, function: function)
      if !host.dependencies.contains(dependency) { host.dependencies.append(dependency) }
    }
  }

  /// What the way from a disk to its function needs.
  private struct Storage {
    let graph: StorageGraph
    let controllers: DiskControllers
    let nvmeControllers: Int
  }

  private func path(
    ofDisk disk: String, _ storage: Storage, _ tree: DeviceTree<Kernel>
  ) -> (chain: [String], function: FunctionAddress)? {
    // RAID drivers' disks are devices themselves: mfid0 below mfi0.
    if let (chain, function) = tree.path(from: disk) {
      return (Array(chain.dropFirst()), function)
    }
    if let parent = storage.controllers.parent(of: disk) { return tree.path(from: parent) }
    // nvd(4) says nowhere which controller a namespace is on; with one
    // controller there is no doubt.
    if disk.hasPrefix("nvd"), storage.nvmeControllers == 1 { return tree.path(from: "nvme0") }
    return nil
  }

  private func disks() -> [String] {
    guard let names = kernel.text("kern.disks") else { return [] }
    return names.utf8.split(separator: UInt8(ascii: " ")).map { displayText($0) }
  }

  /// The disk that a partition's name begins with: `ada0` of `ada0p2`, `ada0s1a`.
  static func disk(ofPartition name: String) -> String? {
    let bytes = name.utf8
    let driver = bytes.prefix { $0 >= 0x61 && $0 <= 0x7a }
    let unit = bytes.dropFirst(driver.count).prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard !driver.isEmpty, !unit.isEmpty else { return nil }
    return displayText(driver) + displayText(unit)
  }

  private func mounts() -> [(type: String, source: String, directory: String)] {
    guard let bytes = kernel.mounts() else { return [] }
    let words = bytes.split(separator: 0, omittingEmptySubsequences: false)
    var mounts: [(type: String, source: String, directory: String)] = []
    var index = 0
    while index + 2 < words.count {
      mounts.append(
        (
          displayText(words[index]), displayText(words[index + 1]),
          displayText(words[index + 2])
        ))
      index += 3
    }
    return mounts
  }

  // MARK: Console

  private func readConsole(_ tree: DeviceTree<Kernel>, into host: inout Machine) {
    for unit in 0..<32 {
      let bus = "usbus\(unit)"
      guard let (_, function) = tree.path(from: bus) else { break }
      host.childDevices.append(ChildDevice(kind: .usb, name: bus, function: function))
    }
    for unit in 0..<32 {
      let card = "pcm\(unit)"
      guard let (_, function) = tree.path(from: card) else { break }
      host.childDevices.append(ChildDevice(kind: .sound, name: card, function: function))
    }
    // ukbd(4), and hkbd(4) that replaces it from FreeBSD 13 on where usbhid is
    // enabled: the way up is uhub, usbus, controller.
    for driver in ["ukbd", "hkbd"] {
      for unit in 0..<8 {
        guard let (chain, function) = tree.path(from: "\(driver)\(unit)") else { continue }
        host.dependencies.append(
          HostDependency(
            kind: .keyboard, subject: "keyboard", chain: chain, function: function))
      }
    }
    // The consoles in use come before the slash: "ttyv0,/ttyu0,ttyv0,".
    guard let consoles = kernel.text("kern.console"),
      let used = consoles.utf8.split(
        separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
      ).first
    else { return }
    for console in used.split(separator: UInt8(ascii: ",")) {
      let name = displayText(console)
      guard name.hasPrefix("ttyv"), let unit = kernel.number("hw.pci.default_vgapci_unit"),
        unit >= 0, let function = tree.function(named: "vgapci\(unit)")
      else { continue }
      host.dependencies.append(
        HostDependency(
          kind: .console, subject: "console", chain: [name, "vgapci\(unit)"],
          function: function))
    }
  }
}
