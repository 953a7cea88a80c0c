// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Graphics cards of AMD that do not come back from a reset.
  static let resetAMD: Rule = Rule(
    id: "reset.amd", consumers: [.vfio, .bhyve],
    meaning: "Many graphics cards of AMD (Polaris, Vega, Navi) come back from a bus or power "
      + "reset in a state that no driver can use. The guest works once after each boot of the "
      + "host.",
    decision: "A display of vendor 1002 without Function Level Reset, and without a reset of its "
      + "own in the kernel.",
    source: "vendor-reset project, issues 46, 82 and 99; Linux drivers/pci/quirks.c, "
      + "quirk_no_pm_reset"
  ) { context in
    let function = context.function
    guard function.identity.vendorID == 0x1002,
      function.classCode.value(ifNotRecorded: nil)?.baseClass == 0x03
    else {
      return []
    }
    if let methods = function.resetMethods.value(ifNotRecorded: nil), context.consumer == .vfio {
      guard !methods.contains(.functionLevel), !methods.contains(.deviceSpecific) else {
        return []
      }
    } else {
      guard context.capabilities.supportsFunctionLevelReset == false else { return [] }
    }
    return [
      Rule.resetAMD.finding(
        .risk, "an AMD display without Function Level Reset",
        remedy: context.consumer == .vfio
          ? "the module vendor-reset may help (and write device_specific to reset_method); "
            + "otherwise shut the guest down cleanly and reboot the host before its next start"
          : "shut the guest down cleanly and reboot the host before its next start")
    ]
  }
}
