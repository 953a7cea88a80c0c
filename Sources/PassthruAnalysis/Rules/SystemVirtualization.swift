// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The processor's virtualization is off.
  static let systemVirtualization: Rule = Rule(
    id: "system.virtualization", consumers: [.vfio, .bhyve],
    meaning: "Without VT-x or SVM bhyve starts no guest at all, and QEMU only slow ones, without "
      + "KVM.",
    decision: "FreeBSD: the sysctl hw.vmm.vmx.initialized is 0 and hw.vmm.svm.features is 0 or "
      + "absent. Linux: the processor's flags name neither vmx nor svm.",
    source: "FreeBSD sys/amd64/vmm/intel/vmx.c; sys/amd64/vmm/amd/svm.c; Linux /proc/cpuinfo"
  ) { context in
    if context.consumer == .vfio {
      guard !context.isBridgeOrChipset, context.tables.survey.use.lacksVirtualization else {
        return []
      }
      return [
        Rule.systemVirtualization.finding(
          .advice, "the processor's virtualization cannot be used",
          remedy: "switch on VT-x or SVM in the firmware's setup; inside a guest, let its host "
            + "nest them")
      ]
    }
    guard !context.isBridgeOrChipset, context.sysctl("hw.vmm.vmx.initialized") == 0,
      (context.sysctl("hw.vmm.svm.features") ?? 0) == 0
    else { return [] }
    return [
      Rule.systemVirtualization.finding(
        .blocker, "vmm(4) found no VT-x and no SVM",
        remedy: "switch on VT-x or SVM in the firmware's setup", resolution: .change)
    ]
  }
}
