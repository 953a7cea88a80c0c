// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A program has a disk on it open.
  static let hostProgram: Rule = Rule(
    id: "host.program", consumers: [.vfio, .bhyve],
    meaning: "A guest, a program or the kernel works on a disk behind this function though the "
      + "host's mounts do not show it: a guest's disk, a database, a mount of a container. When "
      + "the disk goes, what is written is lost.",
    decision: "A link in /proc/PID/fd leads to a block device that is on the function, directly "
      + "or through volumes; without root the user's own programs are seen only. Before root "
      + "changes a driver, each disk is opened alone for a moment, which fails where it is held.",
    source: "Linux proc_pid_fd(5), open(2) O_EXCL; block/bdev.c, bd_prepare_to_claim"
  ) { context in
    let remedy = "stop the program first"
    let known = context.dependencies(.program, of: .hostProgram, remedy: remedy)
    let survey = context.tables.survey
    guard known.isEmpty, context.mayCarryDisks,
      let gap = survey.diskGaps[context.function.address] ?? survey.programGap
    else { return known }
    return [context.notFollowed(gap, "a program has it open", of: .hostProgram, remedy: remedy)]
  }
}
