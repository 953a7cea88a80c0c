// SPDX-License-Identifier: Apache-2.0

/// The rules of all capabilities, by this library's short name.
enum RuleTable {
  static let rules: [String: Rules] = {
    var all: [String: Rules] = [
      "pm": StandardRules.powerManagement, "msi": StandardRules.messageSignaledInterrupts,
      "msix": StandardRules.messageSignaledInterruptsExtended,
      "vendor": StandardRules.vendor, "ht": StandardRules.hyperTransport,
      "pcie": ExpressRules.rules, "aer": ExtendedRules.errors,
      "acs": ExtendedRules.accessControl, "sriov": ExtendedRules.virtualization,
      "vc": ExtendedRules.virtualChannel, "vc9": ExtendedRules.virtualChannel,
      "rclink": ExtendedRules.rootComplexLink, "ptm": ExtendedRules.timing,
    ]
    all.merge(StandardRules.others) { first, _ in first }
    all.merge(ExtendedRules.others) { first, _ in first }
    return all
  }()
}
