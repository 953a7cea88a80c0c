// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// vmm(4) is not loaded.
  static let vmmNotLoaded: Rule = Rule(
    id: "vmm.not-loaded", consumers: [.bhyve],
    meaning: "vmm(4) holds the driver ppt and runs guests. It must be loaded by the boot loader, "
      + "so that it sees devices before the host's drivers do.",
    decision: "The recorded sysctls have none below hw.vmm.",
    source: "FreeBSD vmm(4)"
  ) { context in
    guard !context.isBridgeOrChipset, context.tables.survey.lacksVMM else { return [] }
    return [
      Rule.vmmNotLoaded.finding(
        .advice, "vmm is not loaded",
        remedy: "put vmm_load=\"YES\" into /boot/loader.conf; "
          + "the plan has the lines")
    ]
  }
}
