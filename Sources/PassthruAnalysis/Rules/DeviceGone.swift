// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Rule {
  /// What does not answer cannot be handed over.
  static let deviceGone: Rule = Rule(
    id: "dev.gone", consumers: [.vfio, .bhyve],
    meaning: "A read that no device answers gives all ones. The function was there once: it lost "
      + "its power or its link, was pulled out, or hangs since a reset.",
    decision: "Every byte of its configuration space is ff, its header type is 7f, or its "
      + "revision is ff and the source knows no header type of it.",
    source: "PCI Express Base 6.0, section 2.3.2; pciutils lspci.c (\"Unknown header type 7f\")"
  ) { context in
    let function = context.function
    let isSilent = function.configuration.isKnown { $0.isAllOnes } == true
    let isUnknownType = function.headerType.isKnown { $0.rawValue == 0x7f } == true
    let isWithoutType = function.identity.revisionID == 0xff && !function.headerType.isRecorded
    guard isSilent || isUnknownType || isWithoutType else { return [] }
    return [
      Rule.deviceGone.finding(
        .blocker,
        isSilent
          ? "it does not answer: all of its configuration space reads ff"
          : isUnknownType
            ? "it does not answer: its header type reads 7f"
            : "it does not answer: its revision reads ff, and it has no header type",
        remedy: "take its power away and give it again (shut the machine down, not only restart "
          + "it), then look again; a reset of the device may have left it like this")
    ]
  }
}
