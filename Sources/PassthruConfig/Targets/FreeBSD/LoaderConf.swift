// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis

/// The lines of loader.conf(5) that hand functions to ppt(4) at boot.
///
/// vmm(4) for `vmm_load` and `pptdevs`, pci(4) for hints that wire a unit.
enum LoaderConf: ReversibleTarget {
  static let name = "loader.conf"
  static let summary = "vmm, pptdevs and hints that keep names, for /boot/loader.conf"
  static let platform = TargetPlatform.freebsd
  static let namesIdentifiers = true
  static let namesGuest = false
  static let path = "/boot/loader.conf"

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.freeBSDFunctions()
    var document = ConfigurationDocument(text: "", path: path)
    var lines = ["vmm_load=\"YES\""]
    switch request.host.hasAMDProcessor {
    case true: lines.append("hw.vmm.amdvi.enable=\"1\"")
    case nil: document.warnings.append(unknownProcessor)
    case false: break
    }
    var triples = existing(request, warnings: &document.warnings)
    for function in functions where !triples.contains(function.address.bhyveTriple) {
      triples.append(function.address.bhyveTriple)
    }
    // What each place is today: bus numbers move, and pptdevs does not follow.
    for function in functions {
      lines.append(recordStart(function.address) + function.identity.vendorDevice)
    }
    let values = try PptdevsVariables.values(triples)
    for (name, value) in zip(PptdevsVariables.names, values) {
      lines.append("\(name)=\"\(value)\"")
    }
    lines += hints(request, warnings: &document.warnings)
    document.text = PassthruConfig.text(lines)
    let moved = Set(functions.map { $0.address })
    let held = request.host.functions.filter {
      $0.driver?.name == "ppt" && !moved.contains($0.address)
        && !triples.contains($0.address.bhyveTriple)
    }
    if !held.isEmpty {
      document.warnings.append(
        held.map { $0.address.bhyveTriple }.joined(separator: " ")
          + " is with ppt already: where loader.conf has a pptdevs line, add to it, since the last"
          + " of two lines wins")
    }
    return document
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    var lines = ["# Take these out of \(path) again and reboot:"]
    lines.append(
      "#   in pptdevs, pptdevs2, pptdevs3: "
        + functions.map { $0.address.bhyveTriple }.joined(separator: " "))
    for line in hintLines(request) where (request.freeBSDRelease ?? 12) >= 12 {
      lines.append("#   " + line)
    }
    lines.append("#   vmm_load, where nothing else runs in bhyve")
    lines.append("# Or for this boot only:")
    for function in functions {
      lines.append(Devctl.giveBack(function.address, function.driver?.name))
    }
    return lines
  }

  /// What is said where the processor's maker is not known.
  static let unknownProcessor =
    "whether the processor is Intel's or AMD's is not recorded: on AMD's "
    + "hw.vmm.amdvi.enable=\"1\" must be there too (sysctl hw.model tells)"

  /// The entries that the running kernel was booted with, where that is known.
  private static func existing(
    _ request: ConfigurationRequest, warnings: inout [String]
  ) -> [String] {
    guard let facts = request.host.freeBSD else { return [] }
    let positions = AddressIndex(request.host.functions)
    var triples: [String] = []
    for name in PptdevsVariables.names {
      for word in (facts.environment(name) ?? "").split(separator: " ") {
        guard let address = FunctionAddress(bhyveTriple: word) else {
          warnings.append("\(name) of this boot has \"\(word)\", which vmm does not read: left out")
          continue
        }
        if positions.position(of: address) == nil {
          warnings.append("\(name) of this boot has \(word), and no device is there")
        }
        if !triples.contains(address.bhyveTriple) { triples.append(address.bhyveTriple) }
      }
    }
    return triples
  }

  /// The hints alone, without a judgement on the release.
  static func hintLines(_ request: ConfigurationRequest) -> [String] {
    let moved = Set(request.devices)
    return request.renumbered.filter { !moved.contains($0.address) }.compactMap { $0.hint }
  }

  private static func hints(
    _ request: ConfigurationRequest, warnings: inout [String]
  ) -> [String] {
    let lines = hintLines(request)
    guard !lines.isEmpty else { return [] }
    guard let release = request.freeBSDRelease else {
      warnings.append("the hints need FreeBSD 12.0 or later (--release says which it is)")
      return lines
    }
    guard release >= 12 else {
      warnings.append("FreeBSD \(release) has no hints for PCI units: the names change")
      return []
    }
    return lines
  }
}

extension Machine {
  /// Whether the processor is AMD's, by the IOMMU or by the host bridge's vendor; `nil` where
  /// neither is recorded.
  ///
  /// AMD's IOMMU stays off in vmm unless a tunable turns it on
  /// (sys/amd64/vmm/amd/amdvi_hw.c: `hw.vmm.amdvi.enable` is 0).
  var hasAMDProcessor: Bool? {
    if let kind = iommu.kind { return kind == .amd }
    let bridges = functions.filter {
      $0.classCode?.baseAndSubClass == 0x0600 && $0.address.domain == 0 && $0.address.bus == 0
    }
    // AMD's, and Hygon's, which has AMD's IOMMU.
    if bridges.contains(where: { !$0.hasIdentity }) { return nil }
    if bridges.contains(where: { [0x1022, 0x1d94].contains($0.identity.vendorID) }) { return true }
    return bridges.isEmpty ? nil : false
  }
}
