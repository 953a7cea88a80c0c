// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// bhyve passes devices on amd64 only.
  static let systemArchitecture: Rule = Rule(
    id: "system.architecture", consumers: [.bhyve],
    meaning: "vmm(4) exists on arm64 and riscv too, but passes PCI devices on amd64 only.",
    decision: "The machine's architecture is recorded and is not amd64.",
    source: "FreeBSD vmm(4) of 2024-12-30; sys/amd64/vmm/io/ppt.c"
  ) { context in
    guard let architecture = context.host.system.architecture else { return [] }
    switch architecture {
    case "amd64", "x86_64", "AMD64", "X86_64": return []
    default:
      return [
        Rule.systemArchitecture.finding(
          .blocker, "the machine is \(architecture)",
          remedy: "none: bhyve passes devices on "
            + "amd64 only")
      ]
    }
  }
}
