// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// pptdevs names the function in a way that vmm(4) does not read.
  static let pptdevsSyntax: Rule = Rule(
    id: "pptdevs.syntax", consumers: [.bhyve],
    meaning: "pptdevs is read word by word at spaces, and of each word the first BUS/SLOT/FUNCTION "
      + "only. A comma, a tab or a colon hides what follows, silently, and a variable of more "
      + "than 127 characters may be dropped whole.",
    decision: "pptdevs, pptdevs2 or pptdevs3 has the three numbers, and not in the form that is "
      + "read.",
    source: "FreeBSD sys/amd64/vmm/vmm.c, vmm_is_pptdev; seen on 12.1 and 15"
  ) { context in
    let address = context.function.address
    guard !context.isBridgeOrChipset, address.domain == 0,
      context.tables.survey.passthroughList.misspelled.contains(address)
    else { return [] }
    return [
      Rule.pptdevsSyntax.finding(
        .blocker, "pptdevs names \(address.bhyveTriple) in a form that vmm does not read",
        remedy: "write pptdevs as BUS/SLOT/FUNCTION with single spaces between, 127 characters at "
          + "most, and go on in pptdevs2 and pptdevs3", resolution: .change)
    ]
  }
}
