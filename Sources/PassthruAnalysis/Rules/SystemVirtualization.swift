// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The processor's virtualization is off.
  static let systemVirtualization: Rule = Rule(
    id: "system.virtualization", consumers: [.bhyve],
    meaning: "vmm(4) is loaded and found neither VT-x nor SVM, so that no guest starts at all.",
    decision: "The sysctl hw.vmm.vmx.initialized is 0 and hw.vmm.svm.features is 0 or absent.",
    source: "FreeBSD sys/amd64/vmm/intel/vmx.c; sys/amd64/vmm/amd/svm.c"
  ) { context in
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
