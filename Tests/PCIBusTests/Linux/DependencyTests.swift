// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import Testing

@testable import PCIBus

/// What the host depends on, in trees made as the kernel makes them.
@Suite struct DependencyTests {
  private static let disk = "pci0000:00/0000:00:1f.2"
  private static let card = "pci0000:00/0000:00:02.0"
  private static let usb = "pci0000:00/0000:00:14.0"

  private func tree() throws -> SyntheticTree {
    let tree = try SyntheticTree()
    for path in [Self.disk, Self.card, Self.usb] { try tree.addFunction(path) }
    try addBlock(tree, "sda", below: Self.disk + "/ata1/block", "8:0")
    try addBlock(tree, "sda2", below: Self.disk + "/ata1/block/sda", "8:2")
    try tree.link(
      "sys/class/net/eth0", to: "../../devices/\(Self.card)/net/eth0")
    try tree.write("sys/devices/\(Self.card)/net/eth0/ifindex", "2\n")
    try tree.write("proc/version", "Linux version 6.1.0-test (a@b) #1\n")
    try tree.write("proc/self/mountinfo", "")
    return tree
  }

  private func addBlock(
    _ tree: SyntheticTree, _ name: String, below path: String, _ number: String,
    slaves: [String] = []
  ) throws {
    let folder = "sys/devices/\(path)/\(name)"
    try tree.write(folder + "/dev", number + "\n")
    try tree.link("sys/class/block/" + name, to: "../../devices/\(path)/\(name)")
    for slave in slaves { try tree.write(folder + "/slaves/" + slave, "") }
  }

  private func dependencies(
    _ tree: SyntheticTree, session: String? = nil
  ) throws -> [HostDependency] {
    var options = ScanOptions.full
    options.session = session
    return try SysfsScanner(root: tree.root.path).scan(options).dependencies
  }

  private func expect(
    _ found: [HostDependency], _ kind: HostDependency.Kind, _ subject: String, _ chain: [String],
    on path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let address = String(path.split(separator: "/").last ?? "")
    #expect(
      found.contains {
        $0.kind == kind && $0.subject == subject && $0.chain == chain
          && $0.function.description == address
      }, "\(found)", sourceLocation: sourceLocation)
  }

  @Test func rootOnAPartition() throws {
    let tree = try tree()
    try tree.write(
      "proc/self/mountinfo", "27 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n")
    expect(try dependencies(tree), .fileSystem, "/", ["sda2", "sda"], on: Self.disk)
  }

  @Test func rootOnLogicalVolumeOnEncryptionOnRAID() throws {
    let tree = try tree()
    try addBlock(tree, "md0", below: "virtual/block", "9:0", slaves: ["sda2"])
    try addBlock(tree, "dm-0", below: "virtual/block", "253:0", slaves: ["md0"])
    try addBlock(tree, "dm-1", below: "virtual/block", "253:1", slaves: ["dm-0"])
    try tree.write("sys/devices/virtual/block/dm-1/dm/name", "vg0-root\n")
    try tree.write(
      "proc/self/mountinfo",
      "27 1 253:1 / / rw - ext4 /dev/mapper/vg0-root rw\n"
        + "30 27 253:1 / /my\\040disk rw - ext4 /dev/mapper/vg0-root rw\n")
    let found = try dependencies(tree)
    let chain = ["vg0-root", "dm-1", "dm-0", "md0", "sda2", "sda"]
    expect(found, .fileSystem, "/", chain, on: Self.disk)
    expect(found, .fileSystem, "/my disk", chain, on: Self.disk)
  }

  /// udev's record of a member: what blkid found on the partition.
  @Test func rootOnAPool() throws {
    let tree = try tree()
    try tree.write("proc/self/mountinfo", "27 1 0:25 / / rw - zfs rpool/ROOT/pve-1 rw\n")
    try tree.write("proc/spl/kstat/zfs/arcstats", "")
    try tree.write("proc/spl/kstat/zfs/vms/state", "ONLINE\n")
    let unknown = try SysfsScanner(root: tree.root.path).scan()
    #expect(unknown.dependencies.isEmpty)
    #expect(unknown.gaps.filter { $0.reason.contains("a ZFS pool's disks") }.count == 2)
    try addBlock(tree, "sda3", below: Self.disk + "/ata1/block/sda", "8:3")
    try tree.write("run/udev/data/b8:0", "E:ID_FS_TYPE=zfs_member\nE:ID_FS_LABEL=rpool\n")
    try tree.write(
      "run/udev/data/b8:2", "S:disk/by-id/x\nE:ID_FS_LABEL=rpool\nE:ID_FS_TYPE=zfs_member\n")
    // A disk of a pool that is not imported is not needed.
    try tree.write("run/udev/data/b8:3", "E:ID_FS_TYPE=zfs_member\nE:ID_FS_LABEL=old\n")
    let found = try dependencies(tree)
    expect(found, .fileSystem, "/", ["sda2", "sda"], on: Self.disk)
    #expect(found.count == 1)
  }

  /// A volume that a guest may use, on an array: held, and mounted nowhere.
  @Test func aVolumeThatNothingMounts() throws {
    let tree = try tree()
    try addBlock(tree, "md0", below: "virtual/block", "9:0", slaves: ["sda2"])
    try addBlock(tree, "dm-3", below: "virtual/block", "253:3", slaves: ["md0"])
    try tree.write("sys/devices/virtual/block/dm-3/dm/name", "vg0-vm1\n")
    let found = try dependencies(tree)
    expect(found, .fileSystem, "volume vg0-vm1", ["dm-3", "md0", "sda2", "sda"], on: Self.disk)
    #expect(found.count == 1)
    // Mounted, it goes by its mount alone.
    try tree.write("proc/self/mountinfo", "27 1 253:3 / /srv rw - ext4 /dev/dm-3 rw\n")
    #expect(try dependencies(tree).map(\.subject) == ["/srv"])
  }

  @Test func mountsWithoutNumbersGoByName() throws {
    let tree = try tree()
    try addBlock(tree, "dm-1", below: "virtual/block", "253:1", slaves: ["sda2"])
    try tree.write("sys/devices/virtual/block/dm-1/dm/name", "luks-1234\n")
    try FileManager.default.removeItem(
      at: tree.root.appendingPathComponent("proc/self/mountinfo"))
    try tree.write("proc/self/mounts", "/dev/mapper/luks-1234 / btrfs rw 0 0\n")
    expect(
      try dependencies(tree), .fileSystem, "/", ["luks-1234", "dm-1", "sda2", "sda"], on: Self.disk)
  }

  @Test func swapAndLoopDevices() throws {
    let tree = try tree()
    try addBlock(tree, "loop0", below: "virtual/block", "7:0")
    try tree.write("sys/devices/virtual/block/loop0/loop/backing_file", "/images/a.img\n")
    try tree.write(
      "proc/self/mountinfo",
      "27 1 8:2 / / rw - ext4 /dev/sda2 rw\n28 27 7:0 / /mnt rw - ext4 /dev/loop0 rw\n")
    try tree.write(
      "proc/swaps",
      "Filename Type Size Used Priority\n/swapfile file 1 0 -2\n/dev/sda2 partition 1 0 -3\n")
    let found = try dependencies(tree)
    expect(found, .fileSystem, "/mnt", ["loop0", "sda2", "sda"], on: Self.disk)
    expect(found, .swap, "/swapfile", ["sda2", "sda"], on: Self.disk)
    expect(found, .swap, "/dev/sda2", ["sda2", "sda"], on: Self.disk)
  }

  @Test func namespaceWithSeveralPaths() throws {
    let tree = try tree()
    try addBlock(tree, "nvme0n1", below: "virtual/nvme-subsystem/nvme-subsys0", "259:0")
    try addBlock(tree, "nvme0n1p2", below: "virtual/nvme-subsystem/nvme-subsys0/nvme0n1", "259:2")
    try addBlock(tree, "nvme0c0n1", below: Self.disk + "/nvme/nvme0", "259:8")
    try addBlock(tree, "nvme0c1n1", below: Self.usb + "/nvme/nvme1", "259:9")
    try tree.write("proc/self/mountinfo", "27 1 259:2 / / rw - xfs /dev/nvme0n1p2 rw\n")
    let found = try dependencies(tree)
    expect(found, .fileSystem, "/", ["nvme0n1p2", "nvme0n1", "nvme0c0n1"], on: Self.disk)
    expect(found, .fileSystem, "/", ["nvme0n1p2", "nvme0n1", "nvme0c1n1"], on: Self.usb)
  }

  @Test func bindMountsAreNamedOnceAndOnlyWithoutAWholeOne() throws {
    let tree = try tree()
    try tree.write(
      "proc/self/mountinfo",
      "27 1 8:2 /a /etc/hostname rw - ext4 /dev/sda2 rw\n28 27 8:2 /b /etc/hosts rw - ext4 /dev/sda2 rw\n"
    )
    #expect(try dependencies(tree).map(\.subject) == ["/etc/hosts"])
  }

  @Test func stackedDevicesInACircleEnd() throws {
    let tree = try tree()
    try addBlock(tree, "dm-0", below: "virtual/block", "253:0", slaves: ["dm-1"])
    try addBlock(tree, "dm-1", below: "virtual/block", "253:1", slaves: ["dm-0"])
    try tree.write("proc/self/mountinfo", "27 1 253:0 / / rw - ext4 /dev/dm-0 rw\n")
    #expect(try dependencies(tree).isEmpty)
  }

  private static let route = """
    Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
    NAME\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
    NAME\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0

    """

  @Test func defaultRouteThroughVLANOnBondBelowABridge() throws {
    let tree = try tree()
    for (name, lower) in [("br0", "bond0.5"), ("bond0.5", "bond0"), ("bond0", "eth0")] {
      try tree.link("sys/class/net/" + name, to: "../../devices/virtual/net/" + name)
      try tree.link(
        "sys/devices/virtual/net/\(name)/lower_\(lower)", to: "../\(lower)")
    }
    try tree.write("proc/net/route", Self.route.replacingOccurrences(of: "NAME", with: "br0"))
    expect(
      try dependencies(tree), .defaultRoute, "default route", ["br0", "bond0.5", "bond0", "eth0"],
      on: Self.card)
  }

  @Test func defaultRouteOfIPv6() throws {
    let tree = try tree()
    let zeros = String(repeating: "0", count: 32)
    try tree.write(
      "proc/net/ipv6_route",
      "\(zeros) 00 \(zeros) 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003 eth0\n"
        + "\(zeros) 00 \(zeros) 00 \(zeros) ffffffff 00000001 00000000 00200200 lo\n")
    expect(try dependencies(tree), .defaultRoute, "default route", ["eth0"], on: Self.card)
  }

  @Test func defaultRouteThroughATunnelIsAGap() throws {
    let tree = try tree()
    try tree.link("sys/class/net/tun0", to: "../../devices/virtual/net/tun0")
    try tree.write("sys/devices/virtual/net/tun0/ifindex", "9\n")
    try tree.write("proc/net/route", Self.route.replacingOccurrences(of: "NAME", with: "tun0"))
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.dependencies.isEmpty)
    #expect(
      host.gaps.contains {
        $0.fact == HostDependency.routeFact && $0.reason.contains("tun0")
      })
  }

  /// A management VRF has the only routes, in a table of its own.
  @Test func whatAVRFHoldsCarriesItsRoutes() throws {
    let tree = try tree()
    try tree.link("sys/class/net/mgmt", to: "../../devices/virtual/net/mgmt")
    try tree.write("sys/devices/virtual/net/mgmt/ifindex", "9\n")
    try tree.link("sys/devices/\(Self.card)/net/eth0/master", to: "../../../virtual/net/mgmt")
    try tree.write("proc/net/route", "Iface\tDestination\tGateway\tFlags\n")
    expect(try dependencies(tree), .defaultRoute, "mgmt's routes", ["eth0"], on: Self.card)
  }

  /// A log and a journal on another disk are a part of the file system.
  @Test(arguments: ["xfs;rw,logdev=/dev/sda2", "ext4;rw,journal_path=/dev/sda2"])
  func aLogOnAnotherDiskIsNeeded(_ typeAndOptions: String) throws {
    let words = typeAndOptions.split(separator: ";")
    let tree = try tree()
    try addBlock(tree, "sdb", below: Self.usb + "/usb1/block", "8:16")
    try tree.write(
      "proc/self/mountinfo", "20 1 8:16 / /data rw - \(words[0]) /dev/sdb \(words[1])\n")
    let found = try dependencies(tree)
    expect(found, .fileSystem, "/data", ["sdb"], on: Self.usb)
    expect(found, .fileSystem, "/data", ["sda2", "sda"], on: Self.disk)
  }

  /// What cannot be followed is said, by the fact that keeps the cards that may carry it.
  @Test(arguments: [
    ("0:25 / / rw - btrfs /dev/root rw", HostDependency.storageFact),
    ("0:25 / /data rw - bcachefs /dev/sdx:/dev/sdy rw", HostDependency.storageFact),
    ("0:25 / /home rw - nfs4 192.0.2.9:/home rw,addr=192.0.2.9", HostDependency.networkStorageFact),
    ("0:25 / / rw - overlay overlay rw", HostDependency.storageFact),
  ])
  func whatIsNotFollowedIsAGap(_ line: String, _ fact: String) throws {
    let tree = try tree()
    try tree.write("proc/self/mountinfo", "20 1 " + line + "\n")
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.dependencies.isEmpty)
    #expect(host.gaps.contains { $0.fact == fact })
  }

  /// A server's file system is on the card that the route to the server leaves by.
  @Test func aServerIsReachedByTheRouteToIt() throws {
    let tree = try tree()
    try tree.write(
      "proc/net/route",
      "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n"
        + "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\n")
    try tree.write(
      "proc/self/mountinfo",
      "20 1 0:25 / /home rw - nfs4 192.0.2.9:/home rw,addr=192.0.2.9\n")
    expect(
      try dependencies(tree), .fileSystem, "/home", ["192.0.2.9:/home", "eth0"], on: Self.card)
  }

  @Test func sessionGoesByTheRouteToItsClient() throws {
    let tree = try tree()
    try tree.write("proc/net/route", Self.route.replacingOccurrences(of: "NAME", with: "eth0"))
    let found = try dependencies(tree, session: "192.0.2.77 50000 192.0.2.1 22")
    expect(found, .session, "ssh from 192.0.2.77", ["eth0"], on: Self.card)
    #expect(try dependencies(tree, session: "nonsense").allSatisfy { $0.kind != .session })
  }

  @Test func sessionOverIPv6GoesByItsOwnAddress() throws {
    let tree = try tree()
    try tree.write(
      "proc/net/if_inet6",
      "00000000000000000000000000000001 01 80 10 80       lo\n"
        + "20010db8000000000000000000000001 02 40 00 80     eth0\n")
    let found = try dependencies(tree, session: "2001:db8::99 50000 2001:db8::1 22")
    expect(found, .session, "ssh from 2001:db8::99", ["eth0"], on: Self.card)
  }

  @Test func keyboardAndConsole() throws {
    let tree = try tree()
    let input = Self.usb + "/usb1/1-2/1-2:1.0/0003:046D:C31C.0001/input/input5"
    try tree.link("sys/class/input/input5", to: "../../devices/" + input)
    try tree.write(
      "sys/devices/\(input)/capabilities/key",
      "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\n")
    try tree.write("sys/devices/\(input)/name", "USB Keyboard\n")
    let mouse = Self.usb + "/usb1/1-3/1-3:1.0/0003:046D:C077.0002/input/input6"
    try tree.link("sys/class/input/input6", to: "../../devices/" + mouse)
    try tree.write("sys/devices/\(mouse)/capabilities/key", "ff0000 0 0 0 0\n")
    try tree.link("sys/class/graphics/fb0", to: "../../devices/\(Self.card)/graphics/fb0")
    try tree.write("proc/consoles", "tty0                 -WU (EC p  )    4:7\n")
    let found = try dependencies(tree)
    expect(found, .keyboard, "USB Keyboard", ["input5"], on: Self.usb)
    expect(found, .console, "the virtual console", ["fb0"], on: Self.card)
    #expect(found.count == 2)
  }

  @Test func serialConsoleOnACard() throws {
    let tree = try tree()
    try tree.link("sys/class/tty/ttyS4", to: "../../devices/\(Self.card)/tty/ttyS4")
    try tree.link("sys/class/graphics/fb0", to: "../../devices/\(Self.usb)/graphics/fb0")
    try tree.write("proc/consoles", "ttyS4                -W- (EC p a)    4:68\n")
    let found = try dependencies(tree)
    expect(found, .console, "ttyS4", ["ttyS4"], on: Self.card)
    // The kernel lists its consoles, and none is on the terminals.
    #expect(found.count == 1)
  }
}
