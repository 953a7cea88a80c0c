// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// What the host needs is not recorded.
  static let hostUnrecorded: Rule = Rule(
    id: "host.unrecorded", consumers: [.vfio, .bhyve],
    meaning: "A recording of the bus does not say what is mounted, routed and shown through "
      + "which device. Whether the host needs this one is then for its owner to know.",
    decision: "The recording does not say what the host depends on, and the passthrough driver "
      + "does not hold the function. By class it is said what to look for.",
    source: "Linux /proc/self/mountinfo and /proc/net/route; FreeBSD mount(8) and route(8)"
  ) { context in
    guard !context.host.$dependencies.isRecorded, !context.isBridgeOrChipset,
      !context.isHandedOver || !context.isGroupHandedOver
    else { return [] }
    let code = context.function.classCode.value(ifNotRecorded: nil)
    let question =
      switch (code?.baseClass, code?.subClass) {
      case (0x01, _): "a file system or swap space is on it"
      case (0x02, _): "the host's route or your session goes through it"
      case (0x03, _): "the console is on it"
      case (0x0c, 0x03): "the keyboard is on it"
      default: "a program of the host uses it"
      }
    return [
      Rule.hostUnrecorded.finding(
        context.tables.allowing.contains(context.function.address) ? .risk : .unknown,
        "if the host does not need it: whether \(question) is not recorded",
        remedy: "look on the machine before you hand it over", resolution: .fact)
    ]
  }
}
