// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A program has a disk on it open.
  static let hostProgram: Rule = Rule(
    id: "host.program", consumers: [.vfio, .bhyve],
    meaning: "A guest or a program works on a disk behind this function without a mount: a "
      + "guest's disk, a database, a copy. When the disk goes, what it writes is lost.",
    decision: "A link in /proc/PID/fd leads to a block device that is on the function, directly "
      + "or through volumes. Without root the user's own programs are seen only.",
    source: "Linux proc_pid_fd(5)"
  ) { context in
    let remedy = "stop the program first"
    let known = context.dependencies(.program, of: .hostProgram, remedy: remedy)
    guard known.isEmpty, let gap = context.tables.survey.programGap, context.mayCarryDisks else {
      return known
    }
    return [context.notFollowed(gap, "a program has it open", of: .hostProgram, remedy: remedy)]
  }
}
