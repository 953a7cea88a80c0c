// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// pptdevs names the function, and another driver has it.
  static let pptdevsPending: Rule = Rule(
    id: "pptdevs.pending", consumers: [.bhyve],
    meaning: "pptdevs names the function and ppt(4) does not hold it. Either a reboot is due, or "
      + "vmm was not there when the function was found, or the numbers now mean another device.",
    decision: "The kernel environment's pptdevs names it in the right form, and its driver is not "
      + "ppt.",
    source: "FreeBSD sys/amd64/vmm/vmm.c, vmm_is_pptdev"
  ) { context in
    let function = context.function
    guard !context.isBridgeOrChipset, function.driver.value(ifNotRecorded: nil)?.name != "ppt",
      context.tables.survey.passthroughList.named.contains(function.address)
    else { return [] }
    return [
      Rule.pptdevsPending.finding(
        .risk,
        "pptdevs names \(function.address.bhyveTriple), and "
          + (function.driver.value(ifNotRecorded: nil).map { "\($0)" } ?? "no driver")
          + " holds it",
        remedy: "check that this is the device you mean (\(function.identity.vendorDevice)), that "
          + "vmm_load=\"YES\" is in /boot/loader.conf, and reboot")
    ]
  }
}
