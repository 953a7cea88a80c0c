// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A guest has the function already.
  static let guestInUse: Rule = Rule(
    id: "guest.in-use", consumers: [.vfio, .bhyve],
    meaning: "One guest at a time can have a function. A second one that asks for it does not "
      + "start. A physical function whose driver goes takes its virtual ones from their guests.",
    decision: "Linux: a link in /proc/PID/fd leads to the group's node below /dev/vfio, or to the "
      + "function's own or a virtual function's. FreeBSD names no owner, so that it is not known.",
    source: "Linux drivers/vfio/group.c, vfio_group_fops_open; FreeBSD sys/amd64/vmm/io/ppt.c, "
      + "ppt_find (EBUSY)"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    guard context.isHandedOver else {
      // Its virtual functions go when its driver does.
      for virtual in context.tables.survey.virtualFunctions[context.index] ?? []
      where context.tables.isHandedOver(virtual) {
        let open = context.openNodes(of: virtual)
        guard !open.isEmpty else { continue }
        let address = context.host.functions[virtual].address
        return [
          Rule.guestInUse.finding(
            .blocker,
            "its virtual function \(context.spelling(address)) is in use: "
              + listed(open.map { "\($0.path) by \($0.process) (\($0.processID))" }),
            remedy: "stop that guest first", related: [address], resolution: .change)
        ]
      }
      return []
    }
    if context.consumer == .bhyve {
      return [
        Rule.guestInUse.finding(
          .unknown, "not known whether a guest has it now: the kernel names no owner",
          remedy: "ls /dev/vmm names the guests; their configurations name their devices",
          isDecisive: false)
      ]
    }
    let open = context.openNodes
    guard !open.isEmpty else {
      guard !context.tables.survey.use.seesAllPrograms else { return [] }
      return [
        Rule.guestInUse.finding(
          .unknown, "not known whether a guest has it now: the files of programs were not all seen",
          remedy: "as root: fuser -v /dev/vfio/*", isDecisive: false)
      ]
    }
    return [
      Rule.guestInUse.finding(
        .blocker, "in use: " + listed(open.map { "\($0.path) by \($0.process) (\($0.processID))" }),
        remedy: "stop that guest first", resolution: .change)
    ]
  }
}
