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
      + "up though nothing mounts it.",
    source: "Linux /proc/self/mountinfo and /sys/dev/block"
  ) { context in
    context.dependencies(.fileSystem, of: .hostFileSystem, remedy: "move it to another disk first")
  }
}
