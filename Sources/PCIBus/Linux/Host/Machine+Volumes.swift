// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Finds the disks of ZFS pools that are imported.
  ///
  /// sysfs does not tell them; udev looked at every disk when it came, and found
  /// `ID_FS_TYPE=zfs_member` with the pool's name as label.
  mutating func readPools(
    _ mounts: [MountedFileSystem], _ tree: borrowing SystemTree, _ disks: borrowing BlockDevices
  ) {
    var pools: [String: String] = [:]
    // A pool without a mount, of volumes only, has its state there.
    for name in tree.processNames("spl/kstat/zfs") ?? [] {
      if tree.start("spl/kstat/zfs/" + name + "/state", limit: 64) != nil {
        pools[name] = "pool " + name
      }
    }
    for mount in mounts where mount.type == "zfs" {
      let pool = String(mount.source.prefix { $0 != "/" })
      if mount.mountPoint == "/" {
        pools[pool] = "/"
      } else if pools[pool] == nil {
        pools[pool] = "pool " + pool
      }
    }
    guard !pools.isEmpty else { return }
    var found: Set<String> = []
    for (number, name) in disks.numbered {
      guard tree.property("ID_FS_TYPE", ofBlock: number) == "zfs_member" else { continue }
      let label = tree.property("ID_FS_LABEL", ofBlock: number) ?? ""
      // A disk of some other pool may be of one that was exported: not needed.
      guard let subject = pools[label] else { continue }
      // udev shows a whole disk like its partition, whose chain says more.
      if disks.numbered.contains(where: { disks.disk(of: $0.name) == name }) { continue }
      found.insert(label)
      for foundation in disks.foundations(of: name) {
        let dependency = HostDependency(
          kind: .fileSystem, subject: subject, chain: foundation.chain,
          function: foundation.function)
        if !dependencies.contains(dependency) { dependencies.append(dependency) }
      }
    }
    for pool in pools.keys.sorted() where !found.contains(pool) {
      gaps.append(
        Gap(
          .host, HostDependency.storageFact,
          reason: (pools[pool] ?? pool) + ": sysfs does not tell a ZFS pool's disks, nor did udev",
          remedy: "see zpool status -P " + pool))
    }
  }

  /// Finds volumes and arrays that are set up though nothing is mounted from them.
  ///
  /// A guest's disk, a pool of Ceph or a swap file's volume may be on them: what
  /// they are made of is held (`/sys/block/*/holders`).
  mutating func readVolumes(_ used: Set<String>, _ disks: borrowing BlockDevices) {
    for volume in disks.topmost where !used.contains(volume.name) {
      let partIsUsed = used.contains { disks.disk(of: $0) == volume.name }
      if partIsUsed { continue }
      for foundation in disks.foundations(of: volume.name) {
        let dependency = HostDependency(
          kind: .fileSystem, subject: "volume " + volume.title, chain: foundation.chain,
          function: foundation.function)
        if !dependencies.contains(dependency) { dependencies.append(dependency) }
      }
    }
  }
}
