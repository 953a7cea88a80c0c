// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The kinds of files that the linter reads.
public enum ConfigurationKind: String, Hashable, Sendable, CaseIterable {
  /// loader.conf(5).
  case loaderConf = "loader.conf"
  /// rc.conf(5), for `kld_list`.
  case rcConf = "rc.conf"
  /// A vm-bhyve guest's file.
  case vmBhyve = "vm-bhyve"
  /// A bhyve command or a script with one.
  case bhyve
  /// bhyve_config(5).
  case bhyveConfig = "bhyve-config"
  /// iohyve commands, or its properties as zfs lists them.
  case iohyve
  /// modprobe.d(5).
  case modprobe
  /// udev(7) rules.
  case udev
  /// /etc/default/grub, or a kernel's command line.
  case kernelCommandLine = "kernel-cmdline"
  /// libvirt's domain XML, or a part of it.
  case libvirt
  /// A QEMU command or a script with one.
  case qemu
  /// A Proxmox VE guest's file.
  case proxmox
  /// xl.cfg(5).
  case xen
  /// Unraid's vfio-pci.cfg.
  case unraid
  /// A .vmx file.
  case esxi

  /// Tells a file's kind by its name, then by its content; `nil` where neither tells.
  public init?(path: String, bytes: [UInt8]) {
    let name = path.split(separator: "/").last.map { String($0) } ?? ""
    if let kind = Self.byName(name, path: path) {
      self = kind
      return
    }
    guard let kind = Self.byContent(bytes) else { return nil }
    self = kind
  }

  private static func byName(_ name: String, path: String) -> ConfigurationKind? {
    if name.hasSuffix("loader.conf") || path.includes("loader.conf.d/") { return .loaderConf }
    if name.hasSuffix("rc.conf") || name == "rc.conf.local" { return .rcConf }
    if name.hasSuffix(".rules") { return .udev }
    if name.hasSuffix(".vmx") { return .esxi }
    if name.hasSuffix("vfio-pci.cfg") { return .unraid }
    if path.includes("modprobe.d/") { return .modprobe }
    if path.hasSuffix("default/grub") || path.hasSuffix("kernel/cmdline") {
      return .kernelCommandLine
    }
    return nil
  }

  private static func byContent(_ bytes: [UInt8]) -> ConfigurationKind? {
    let file = FileLines(bytes)
    // Each line has a newline before it, so that a mark can ask for a line's start.
    var text = "\n"
    for index in file.lines.indices {
      let line = file.text(index)
      let first = line.unicodeScalars.first { $0 != " " && $0 != "\t" }
      if first == "#" { continue }
      text += line + "\n"
    }
    // The order matters: a later mark can be part of an earlier kind's text.
    let marks: [(String, ConfigurationKind)] = [
      ("<hostdev", .libvirt), ("<domain", .libvirt), ("pciPassthru", .esxi),
      ("BIND=", .unraid), ("GRUB_CMDLINE", .kernelCommandLine), ("pcidev:", .iohyve),
      ("iohyve", .iohyve), ("\nhostpci", .proxmox), ("xen-pciback hide", .modprobe),
      ("options vfio", .modprobe), ("softdep ", .modprobe), ("pci = [", .xen), ("pci=[", .xen),
      ("ATTR{", .udev), ("vfio-pci,", .qemu), ("\"vfio-pci\"", .qemu),
      ("bhyve_options", .vmBhyve), ("passthru0=", .vmBhyve), ("passthru1=", .vmBhyve),
      ("passthru{", .vmBhyve), (".device=passthru", .bhyveConfig), (",passthru,", .bhyve),
      ("bhyve -", .bhyve), ("kld_list", .rcConf),
      ("xen-pciback.hide", .kernelCommandLine), ("vfio-pci.ids", .kernelCommandLine),
      ("iommu=", .kernelCommandLine),
    ]
    for (mark, kind) in marks where text.includes(mark) {
      // What only names a parameter in passing, such as NixOS's or TrueNAS's text, is no such file.
      if kind == .kernelCommandLine, mark != "GRUB_CMDLINE", !file.isOneLine { continue }
      // Cluster texts name the driver too, and are no command.
      if mark == "\"vfio-pci\"", !text.includes("-device ") { continue }
      return kind
    }
    return file.lines.indices.contains { file.startsLoaderVariable($0) } ? .loaderConf : nil
  }
}

extension FileLines {
  /// Whether one line is all that is there, besides empty ones.
  fileprivate var isOneLine: Bool { lines.indices.count { !words(text($0)).isEmpty } == 1 }

  /// Whether a line sets one of vmm's variables, rightly or not, and no script's.
  fileprivate func startsLoaderVariable(_ index: Int) -> Bool {
    guard !(lines.first ?? []).starts(with: Array("#!".utf8)) else { return false }
    var all = words(text(index))[...]
    if all.first == "export" || all.first == "set" { all.removeFirst() }
    guard let first = all.first, first.utf8.first != Ascii.hash, text(index).includes("=") else {
      return false
    }
    return first.hasPrefix("pptdev") || first.hasPrefix("ppt_load") || first.hasPrefix("vmm_load")
  }
}
