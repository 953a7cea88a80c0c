// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// What the host needs is not recorded.
  static let hostUnrecorded: Rule = Rule(
    id: "host.unrecorded", consumers: [.vfio, .bhyve],
    meaning: "A recording of the bus does not say what is mounted, routed and shown through "
      + "which device. Whether the host needs this one is then for its owner to know.",
    decision: "The class is storage, network, display or USB, and the recording names nothing "
      + "that the host depends on.",
    source: "Linux /proc/self/mountinfo and /proc/net/route; FreeBSD mount(8) and route(8)"
  ) { context in
    guard context.host.dependencies.isEmpty, let code = context.function.classCode else {
      return []
    }
    let question: String
    switch code.baseClass {
    case 0x01: question = "whether a file system or swap space is on it"
    case 0x02: question = "whether the host's route or your session goes through it"
    case 0x03: question = "whether the console is on it"
    case 0x0c where code.subClass == 0x03: question = "whether the keyboard is on it"
    default: return []
    }
    return [
      Rule.hostUnrecorded.finding(
        .unknown, "not known \(question)", remedy: "look on the machine before you hand it over",
        isDecisive: false)
    ]
  }
}
