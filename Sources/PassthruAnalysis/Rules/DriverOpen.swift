// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Programs of the host use the card.
  static let driverOpen: Rule = Rule(
    id: "driver.open", consumers: [.vfio],
    meaning: "A program has a node of the card open. Its driver releases it only when that "
      + "is closed: until then unbinding waits, or takes the program down.",
    decision: "A link in /proc/PID/fd leads to a node of the card below /dev/dri, or to its "
      + "/dev/nvidiaN. Without root the user's own programs are seen only.",
    source: "Linux drivers/base/dd.c, device_release_driver; proc_pid_fd(5)"
  ) { context in
    let function = context.function
    guard !context.isBridgeOrChipset, function.driver.value(ifNotRecorded: nil) != nil,
      !context.isHandedOver
    else {
      return []
    }
    let open = context.openNodes
    guard !open.isEmpty else {
      // Only a graphics card that its own driver holds has such nodes.
      guard function.classCode.value(ifNotRecorded: nil)?.baseClass == 0x03,
        !context.tables.survey.use.seesAllPrograms
      else { return [] }
      return [
        Rule.driverOpen.finding(
          .unknown, "not known whether a program uses it: the files of programs were not all seen",
          remedy: "as root: fuser -v /dev/dri/* /dev/nvidia*", isDecisive: false)
      ]
    }
    return [
      Rule.driverOpen.finding(
        .risk, "in use: " + listed(open.map { "\($0.path) by \($0.process) (\($0.processID))" }),
        remedy: "stop these programs first; a display manager with systemctl stop "
          + "display-manager")
    ]
  }
}
