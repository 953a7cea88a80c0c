// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Reads what a user may do on a Linux machine, and who uses its devices now.
  mutating func readUse(_ tree: borrowing SystemTree, _ open: OpenDevices) {
    var facts = linux ?? LinuxFacts()
    var missing: [String] = []
    facts.lockdown = Self.lockdown(tree)
    if facts.lockdown == nil { missing.append("/sys/kernel/security/lockdown") }
    facts.hasVirtualization = Self.hasVirtualization(tree)
    if facts.hasVirtualization == nil { missing.append("/proc/cpuinfo") }
    let capabilities = Self.capabilities(tree)
    facts.lockedMemoryLimit = Self.lockedMemoryLimit(tree, capabilities)
    if facts.lockedMemoryLimit == nil { missing.append("/proc/self/limits") }
    facts.connectors = connectors(tree)
    if facts.connectors == nil { missing.append("/sys/class/drm") }
    facts.passthroughModules = Self.passthroughModules(tree)
    linux = facts
    if tree.isLive {
      readPassthroughNodes()
      readOpenNodes(tree, open, capabilities)
    }
    readReservedMemory(tree)
    if !missing.isEmpty {
      gaps.append(
        Gap(
          .host, "linux.use", reason: "not there: " + missing.joined(separator: ", "),
          remedy: tree.isLive
            ? "mount what is missing: mount -t securityfs none /sys/kernel/security"
            : "record them too"))
    }
  }

  /// The modules with an alias for vfio: `alias vfio_pci:v000015B3d*sv*... mlx5_vfio_pci`.
  private static func passthroughModules(_ tree: borrowing SystemTree) -> [String]? {
    guard let release = tree.release, !release.contains("/"),
      let text = tree.moduleAliases(release)
    else { return nil }
    let bytes = text.span
    var modules: Set<String> = []
    var start = 0
    while start < bytes.count {
      let end = bytes.lineEnd(from: start)
      if bytes.matches("alias vfio_pci:", at: start),
        let name = text[start..<end].split(separator: 0x20).last
      {
        modules.insert(displayText(name))
      }
      start = end + 1
    }
    return modules.sorted()
  }

  /// The word in brackets of `none [integrity] confidentiality`.
  ///
  /// A kernel that is built without lockdown has no such file beside the others.
  private static func lockdown(_ tree: borrowing SystemTree) -> String? {
    guard let line = tree.line("kernel/security/lockdown") else {
      return tree.isLive && !tree.names("kernel/security").isEmpty ? "none" : nil
    }
    for word in line.utf8.split(separator: UInt8(ascii: " "))
    where word.first == UInt8(ascii: "[") && word.last == UInt8(ascii: "]") {
      return displayText(word.dropFirst().dropLast())
    }
    return nil
  }

  /// Whether the first processor's flags name VT-x or SVM.
  private static func hasVirtualization(_ tree: borrowing SystemTree) -> Bool? {
    // One processor is a few kilobytes, and all are alike.
    guard let bytes = tree.start("cpuinfo", limit: 16384) else { return nil }
    for line in bytes.split(separator: 0x0a) where line.starts(with: "flags".utf8) {
      return line.split { $0 == 0x20 || $0 == 0x09 }.contains {
        $0.elementsEqual("vmx".utf8) || $0.elementsEqual("svm".utf8)
      }
    }
    return tree.isLive ? Directory.openOrNone("/dev").has(path: "kvm") : nil
  }

  /// The effective capabilities of this process; `nil` where not recorded.
  private static func capabilities(_ tree: borrowing SystemTree) -> UInt64? {
    for words in tree.words("self/status") ?? [] where words.count == 2 && words[0] == "CapEff:" {
      return UInt64(words[1], radix: 16)
    }
    return nil
  }

  /// The soft limit of `Max locked memory`; none for whoever has CAP_IPC_LOCK (bit 14).
  private static func lockedMemoryLimit(
    _ tree: borrowing SystemTree, _ capabilities: UInt64?
  ) -> UInt64? {
    guard let lines = tree.words("self/limits") else { return nil }
    if let capabilities, capabilities & 1 << 14 != 0 { return .max }
    for words in lines where words.count >= 5 && words[0] == "Max" && words[1] == "locked" {
      return words[3] == "unlimited" ? .max : UInt64(words[3])
    }
    return nil
  }

  /// The connectors in class/drm: `card0-HDMI-A-1` is a directory below card0's device.
  private func connectors(_ tree: borrowing SystemTree) -> [DisplayConnector]? {
    guard let names = tree.namesIfPresent("class/drm") else {
      // Without a driver for displays there is no class.
      return tree.isLive ? [] : nil
    }
    var connectors: [DisplayConnector] = []
    for name in names where name.hasPrefix("card") && name.contains("-") {
      let path = "class/drm/" + name
      guard let function = deviceFunction(path, tree) else { continue }
      let isConnected: Bool? =
        switch tree.line(path + "/status") {
        case "connected": true
        case "disconnected": false
        default: nil
        }
      connectors.append(
        DisplayConnector(
          name: name, function: function, isConnected: isConnected,
          isEnabled: tree.line(path + "/enabled").map { $0 == "enabled" }))
    }
    return connectors
  }

  /// The nodes of groups that vfio holds: `/dev/vfio/12`.
  private mutating func readPassthroughNodes() {
    let folder = Directory.openOrNone("/dev/vfio")
    var nodes: [PassthroughNode] = []
    for name in folder.namesIfPresent(in: ".") ?? [] {
      guard let group = Int(name), let ownership = folder.ownership(name) else { continue }
      nodes.append(
        PassthroughNode(
          group: group, owner: ownership.owner, permissions: ownership.permissions))
    }
    linux?.passthroughNodes = nodes
  }

  /// Reads the table that names memory for devices; root may, on a machine with VT-d.
  private mutating func readReservedMemory(_ tree: borrowing SystemTree) {
    guard iommu.kind == .intel, linux?.acpiTables?.contains("DMAR") == true else { return }
    if let table = tree.sysfsBytes("firmware/acpi/tables/DMAR") {
      remapping = RemappingTable(dmar: table)?.facts
      if remapping == nil {
        gaps.append(
          Gap(
            .host, "remapping",
            reason: "the structures of the ACPI table DMAR do not fit its length"))
      }
    } else {
      gaps.append(
        Gap(
          .host, "remapping", reason: "the ACPI table DMAR was not read",
          remedy: "run as root"))
    }
  }
}
