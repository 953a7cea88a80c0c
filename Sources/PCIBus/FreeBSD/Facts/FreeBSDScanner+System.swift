// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension FreeBSDScanner {
  /// Reads which kernel runs, and on what.
  func readSystem(into host: inout Machine) {
    host.system.architecture = kernel.text("hw.machine_arch") ?? kernel.text("hw.machine")
    if let release = kernel.text("kern.osrelease"), !release.isEmpty {
      host.system.release = release
      return
    }
    // "FreeBSD 14.1-RELEASE-p5 GENERIC": the words that a build may change.
    if let version = kernel.text("kern.version") {
      let words = version.utf8.split(separator: UInt8(ascii: " "))
      if words.count > 1, words[1].first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true {
        host.system.release = displayText(words[1])
      }
    }
    if host.system.release == nil {
      host.gaps.append(
        Gap(.host, "system.release", reason: "the sysctl kern.osrelease is not there"))
    }
  }

  /// The sysctls that verdicts and plans rest on.
  static var sysctlNames: [String] {
    [
      "kern.osreldate", "kern.vm_guest", "kern.securelevel", "security.jail.jailed",
      "hw.machine_arch", "hw.model", "hw.ncpu", "hw.physmem", "vm.max_user_wired",
      "hw.vmm.iommu.enable", "hw.vmm.iommu.initialized", "hw.vmm.ppt.devices",
      "hw.vmm.amdvi.enable", "hw.vmm.amdvi.count", "hw.vmm.vmx.initialized",
      "hw.vmm.svm.features", "hw.vmm.maxcpu", "hw.pci.enable_msi", "hw.pci.enable_msix",
      "hw.pci.honor_msi_blacklist", "hw.pci.enable_ari", "hw.pci.mcfg",
      "hw.pci.realloc_bars", "hw.pci.clear_bars", "hw.pci.default_vgapci_unit",
      "hw.iommu.dma", "hw.dmar.enable", "kern.console",
    ]
  }

  /// Reads the sysctls and the part of the kernel environment that matter here.
  func readFacts(into host: inout Machine) {
    var facts = FreeBSDFacts(releaseDate: kernel.number("kern.osreldate"))
    facts.$sysctls.record()
    for name in Self.sysctlNames {
      if let value = kernel.text(name) {
        facts.sysctls.append(NamedValue(name: name, value: value))
      }
    }
    if let environment = kernel.kernelEnvironment() {
      facts.$kernelEnvironment.record()
      for variable in environment.split(separator: 0) {
        guard let equals = variable.firstIndex(of: UInt8(ascii: "=")) else { continue }
        let name = displayText(variable[..<equals])
        guard Self.isRelevant(name) else { continue }
        facts.kernelEnvironment.append(
          NamedValue(name: name, value: displayText(variable[(equals + 1)...])))
      }
    } else {
      host.gaps.append(
        Gap(
          .host, "kernelEnvironment", reason: "the kernel environment could not be read",
          remedy: "run outside the jail"))
    }
    if facts.releaseDate == nil {
      host.gaps.append(
        Gap(.host, "freeBSD.releaseDate", reason: "the sysctl kern.osreldate is not there"))
    }
    host.freeBSD = facts
  }

  /// Whether a loader variable has a say in passthrough or in unit numbers.
  private static func isRelevant(_ name: String) -> Bool {
    if name.hasPrefix("pptdevs") || name.hasPrefix("hw.vmm.") || name.hasPrefix("vtd.") {
      return true
    }
    if name.hasPrefix("hint.") { return name.hasSuffix(".at") || name.hasSuffix(".disabled") }
    return name == "vmm_load" || name.hasPrefix("hw.pci.")
  }
}
