// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// vmm(4) is not loaded.
  static let vmmNotLoaded: Rule = Rule(
    id: "vmm.not-loaded", consumers: [.bhyve],
    meaning: "vmm(4) holds the driver ppt and runs guests. It must be loaded by the boot loader, "
      + "so that it sees devices before the host's drivers do.",
    decision: "The recorded sysctls have none below hw.vmm, or hw.vmm.vmx.initialized is 0 and "
      + "hw.vmm.svm.features 0 or not there: the boot loader's vmm stays where it does not start.",
    source: "FreeBSD vmm(4); sys/amd64/vmm/intel/vmx.c, vmx_modinit; amd/svm.c, svm_modinit"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    if context.sysctl("hw.vmm.vmx.initialized") == 0,
      (context.sysctl("hw.vmm.svm.features") ?? 0) == 0
    {
      return [
        Rule.vmmNotLoaded.finding(
          .blocker, "vmm is loaded and did not start (hw.vmm.vmx.initialized is 0)",
          remedy: "turn VT-x or SVM on in the firmware's setup; dmesg | grep -i vmm says why",
          resolution: .change)
      ]
    }
    guard context.tables.survey.lacksVMM else { return [] }
    return [
      Rule.vmmNotLoaded.finding(
        .advice, "vmm is not loaded",
        remedy: "put vmm_load=\"YES\" into /boot/loader.conf; "
          + "the plan has the lines")
    ]
  }
}
