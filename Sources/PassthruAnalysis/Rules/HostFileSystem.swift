// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A file system of the running host is on it.
  static let hostFileSystem: Rule = Rule(
    id: "host.file-system", consumers: [.vfio, .bhyve],
    meaning: "The host runs from a disk or network behind this function. When it goes, open "
      + "files are lost, and with the root file system the host itself.",
    decision: "The chain from the mount through partitions, LVM, dm-crypt, md, ZFS, btrfs, "
      + "multipath and NVMe subsystems ends at the function, or one from a volume that is set "
      + "up though nothing mounts it; or the card leads to the machine that a file system is "
      + "on. Where that cannot be followed, any disk controller may hold it, or any network "
      + "card lead to it.",
    source: "Linux /proc/self/mountinfo, /sys/dev/block and /proc/net/route"
  ) { context in
    let remedy = "move it to another disk first"
    let known = context.dependencies(.fileSystem, of: .hostFileSystem, remedy: remedy)
    guard known.isEmpty else { return known }
    if let gap = context.tables.survey.storageGap, context.mayCarryDisks {
      return [
        context.notFollowed(
          gap, "a file system is behind it", of: .hostFileSystem, remedy: remedy)
      ]
    }
    if let gap = context.tables.survey.networkStorageGap, context.mayCarryPackets {
      return [
        context.notFollowed(
          gap, "a file system is reached through it", of: .hostFileSystem,
          remedy: "move it to a disk of this machine first")
      ]
    }
    return []
  }
}
