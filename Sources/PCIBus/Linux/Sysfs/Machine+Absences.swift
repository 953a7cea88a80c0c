// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Turns attributes that were missing into facts or gaps, now that all are known.
  mutating func settle(_ absences: Absences, facts: FunctionFacts) {
    settleResetMethods(absences)
    explain(
      absences, .devicePath, "upstream",
      one: "its entry in bus/pci/devices is not a link, so that its place is not recorded",
      remedy: "record links as links (tar, cp -a)")
    explain(
      absences, .resource, "baseAddressRegisters", one: "no resource attribute was recorded",
      remedy: "record the whole of its sysfs directory")
    explain(
      absences, .revision, "revisionID",
      one: "the kernel has no revision attribute (before Linux 4.10), or it was not recorded",
      remedy: "read its configuration space")
    explain(
      absences, .powerState, "powerState",
      one: "the kernel has no power_state attribute (before Linux 5.11), or it was not recorded",
      remedy: nil)
    if !functions.isEmpty {
      gaps.append(
        Gap(
          .host, "configuration",
          reason: "a scan of sysfs reads no configuration space: header types are inferred, "
            + "capabilities are not read, and whether a function alone in its slot is "
            + "multi-function is not known",
          remedy: "ask for the function itself, which reads its configuration space"))
    }
  }

  private mutating func explain(
    _ absences: Absences, _ attribute: Absences.Attribute, _ fact: String, one reason: String,
    remedy: String?
  ) {
    guard let lacking = absences.functions[attribute] else { return }
    if lacking.count == functions.count, lacking.count > 1 {
      gaps.append(
        Gap(
          .host, fact, reason: "of no function: " + reason, remedy: remedy))
    } else {
      for address in lacking {
        gaps.append(Gap(.function(address), fact, reason: reason, remedy: remedy))
      }
    }
  }

  /// Says what the absence of `reset_method` means.
  ///
  /// Since Linux 5.15 the attribute is there for every function that can be
  /// reset, and before that `reset` is (drivers/pci/pci-sysfs.c).
  private mutating func settleResetMethods(_ absences: Absences) {
    let onlyReset = absences.functions[.resetMethodOnly] ?? []
    let neither = absences.functions[.resetMethodAndReset] ?? []
    guard !onlyReset.isEmpty || !neither.isEmpty else { return }
    let namesMethods = functions.contains { $0.resetMethods != nil }
    let isRecordedWhole = namesMethods || !onlyReset.isEmpty || source.kind == .live
    if isRecordedWhole {
      let none = Set(neither)
      for index in functions.indices where none.contains(functions[index].address) {
        functions[index].resetMethods = []
      }
    } else {
      gaps.append(
        Gap(
          .host, "resetMethods",
          reason: "of no function: neither reset_method nor reset was recorded",
          remedy: "record the whole of the sysfs directories"))
    }
    for address in onlyReset {
      gaps.append(
        Gap(
          .function(address), "resetMethods",
          reason: "it can be reset, and the kernel does not say how (before Linux 5.15)",
          remedy: "read its configuration space"))
    }
  }
}
