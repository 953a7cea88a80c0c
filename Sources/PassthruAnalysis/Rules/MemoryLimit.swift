// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A user may lock little memory.
  static let memoryLimit: Rule = Rule(
    id: "memory.limit", consumers: [.vfio],
    meaning: "All memory of a guest with a passed device stays in place while it runs. A program "
      + "without root may lock so much only as its limit says, and fails with \"cannot allocate "
      + "memory\" beyond it.",
    decision: "The soft limit of locked memory of the user who asks is finite, and the user has "
      + "no CAP_IPC_LOCK.",
    source: "Linux drivers/vfio/vfio_iommu_type1.c, vfio_lock_acct; getrlimit(2), RLIMIT_MEMLOCK"
  ) { context in
    guard !context.isBridgeOrChipset, let limit = context.tables.survey.use.lockedMemoryLimit
    else { return [] }
    let size = limit >> 20 > 0 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
    return [
      Rule.memoryLimit.finding(
        .advice, "a program of this user may lock \(size) of memory",
        remedy: "run the guest as root or through libvirt, or raise memlock in "
          + "/etc/security/limits.conf to more than the guest's memory")
    ]
  }
}
