// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

@testable import PassthruConfig

/// Files that people really had, each with what its consumer makes of it.
///
/// The files stand beside the project (`../shared/cases`) and are not part of it; the
/// right answers are those of the consumers' own parsers, named in each case's README.
@Suite struct PublicCaseTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let file: String
    let kind: ConfigurationKind
    /// The faults that are there; whatever is found besides must be no fault.
    let faults: [String]
    var testDescription: String { file }
    init(_ file: String, _ kind: ConfigurationKind, _ faults: String...) {
      self.file = file
      self.kind = kind
      self.faults = faults
    }
  }

  static let folder: URL? = {
    let url = TestCorpora.root.deletingLastPathComponent().appendingPathComponent("shared/cases")
    guard FileManager.default.fileExists(atPath: url.path) else {
      print("SKIPPED: no cases at ../shared/cases: tests that need them do not run")
      return nil
    }
    return url
  }()

  static func bytes(_ file: String) throws -> [UInt8] {
    try TestCorpora.bytes(#require(folder).appendingPathComponent(file))
  }

  static let cases: [Case] = [
    // stand/lua/config.lua: these lines set nothing.
    Case("configs/loader-export.conf", .loaderConf, "loader.malformed"),
    Case("configs/loader-open-quote.conf", .loaderConf, "loader.quote"),
    Case("configs/loader-plus-equals.conf", .loaderConf, "loader.malformed"),
    Case("configs/loader-semicolon.conf", .loaderConf, "loader.malformed"),
    Case("configs/loader-single-quotes.conf", .loaderConf, "loader.malformed"),
    Case("configs/loader-trailing.conf", .loaderConf, "loader.malformed"),
    Case("configs/loader-unquoted.conf", .loaderConf, "loader.malformed"),
    Case("configs/loader-append-variable.conf", .loaderConf),
    Case("freebsd/01-seed-line/loader.conf", .loaderConf, "loader.quote"),
    Case("freebsd/10-bcm4360-macbook/loader.conf", .loaderConf),
    Case("freebsd/15-jail-82580/loader.conf", .loaderConf, "pptdevs.vmm"),
    // vm-bhyve, lib/vm-config and lib/vm-run.
    Case("freebsd/10-bcm4360-macbook/guest.conf", .vmBhyve),
    Case("freebsd/15-jail-82580/guest.conf", .vmBhyve),
    Case("configs/vm-bhyve-crlf.conf", .vmBhyve, "vm-bhyve.bytes"),
    Case("configs/vm-bhyve-options-slot.conf", .vmBhyve),
    Case("configs/vm-bhyve-passthru00.conf", .vmBhyve, "vm-bhyve.key"),
    Case("configs/vm-bhyve-pci-selector.conf", .vmBhyve),
    Case("configs/vm-bhyve-single-quotes.conf", .vmBhyve, "vm-bhyve.bytes"),
    Case("configs/v4-remedied.conf", .vmBhyve, "vm-bhyve.slot-twice"),
    // sh(1), getopt(3), bhyve_config(5).
    Case("freebsd/20-bhyve-config/guest.cfg", .bhyveConfig),
    Case("freebsd/21-freebsd-quotes/q1.sh", .bhyve),
    Case("freebsd/21-freebsd-quotes/q2.sh", .bhyve),
    Case("freebsd/21-freebsd-quotes/q3.sh", .bhyve),
    Case("freebsd/21-freebsd-quotes/q4.sh", .bhyve),
    Case("freebsd/21-freebsd-quotes/owired.sh", .bhyve),
    Case("freebsd/21-freebsd-quotes/cbsd-bhyve.conf", .bhyve),
    // 129:0:0 is what vm-bhyve's issue 284 is about; the bracket is the log's.
    Case("freebsd/21-freebsd-quotes/vm-bhyve.log", .bhyve, "bhyve.device"),
    Case("freebsd/21-freebsd-quotes/sylve.xml", .libvirt, "libvirt.wired"),
    Case("freebsd/08-seed-iohyve/apostrophes.iohyve", .iohyve),
    Case("freebsd/08-seed-iohyve/commands.iohyve", .iohyve),
    Case("freebsd/08-seed-iohyve/zfs-get.iohyve", .iohyve, "iohyve.wired"),
    Case("freebsd/08-seed-iohyve/zfs-set.iohyve", .iohyve),
    // sh sources each of these without a complaint, and kmod takes the two lines as one.
    Case("configs/grub-continuation", .kernelCommandLine),
    Case("configs/grub-escaped-quotes", .kernelCommandLine),
    Case("configs/grub-export", .kernelCommandLine),
    Case("configs/grub-in-if", .kernelCommandLine),
    Case("configs/grub-multiline", .kernelCommandLine),
    Case("configs/modprobe-continuation.conf", .modprobe),
    // PVE::QemuServer::PCI and `assert_valid`.
    Case("configs/lint-misses/px1.conf", .proxmox, "proxmox.option"),
    Case("configs/lint-misses/px2.conf", .proxmox, "proxmox.option"),
    Case("configs/lint-misses/px3.conf", .proxmox, "proxmox.address"),
    Case("configs/lint-misses/px7.conf", .proxmox, "proxmox.twice"),
    Case("configs/lint-misses/px11.conf", .proxmox, "proxmox.address"),
    Case("configs/lint-misses/px15.conf", .proxmox, "proxmox.option"),
    Case("configs/lint-misses/px17.conf", .proxmox, "proxmox.option"),
    Case("configs/lint-misses/px20.conf", .proxmox, "proxmox.option"),
    Case("configs/lint-misses/px22.conf", .proxmox, "proxmox.option"),
    Case("configs/proxmox-function-and-slot.conf", .proxmox),
    Case("configs/proxmox-i440fx-adds-machine.conf", .proxmox, "proxmox.machine"),
    Case("configs/proxmox-pcie-first.conf", .proxmox, "proxmox.machine"),
    Case("configs/proxmox-slot-and-function.conf", .proxmox, "proxmox.machine"),
    Case("configs/proxmox-undo-wrong-number.conf", .proxmox),
    // QEMU 7.2 refuses each; libxlu_pci.c and libxlu_cfg_y.y; libvirt's RNG.
    Case("configs/lint-misses/q1", .qemu, "qemu.order", "qemu.slot"),
    Case("configs/lint-misses/q2", .qemu, "qemu.flag", "qemu.place"),
    Case("configs/lint-misses/q3", .qemu, "qemu.twice"),
    Case("configs/lint-misses/x2.cfg", .xen, "xen.slot"),
    Case("configs/lint-misses/x6.cfg", .xen, "xen.list"),
    Case("configs/lint-misses/x7.cfg", .xen, "xen.list"),
    Case("configs/lint-misses/x8.cfg", .xen, "xen.address"),
    Case("configs/lint-misses/x10.cfg", .xen, "xen.option"),
    Case("configs/lint-misses/x12.cfg", .xen, "xen.list"),
    Case("configs/lint-misses/x13.cfg", .xen, "xen.slot"),
    Case("configs/lint-misses/x16.cfg", .xen, "xen.address"),
    Case("configs/lint-misses/libvirt2.xml", .libvirt, "libvirt.schema"),
    Case("configs/lint-misses/libvirt3.xml", .libvirt, "libvirt.schema"),
    Case("configs/lint-misses/libvirt4.xml", .libvirt, "libvirt.schema"),
    Case("configs/lint-misses/libvirt6.xml", .libvirt, "libvirt.schema"),
    Case("configs/lint-misses/libvirt7.xml", .libvirt, "libvirt.schema"),
    Case("configs/lint-misses/libvirt8.xml", .libvirt, "libvirt.schema"),
    Case("configs/lint-misses/libvirt9.xml", .libvirt, "libvirt.schema"),
    Case("configs/lint-misses/libvirt14.xml", .libvirt, "libvirt.nesting"),
  ]

  @Test(.enabled(if: folder != nil), arguments: cases)
  func linterSaysWhatTheConsumerDoes(_ mark: Case) throws {
    let findings = lint(try Self.bytes(mark.file), kind: mark.kind)
    let faults = Set(findings.filter { $0.severity == .fault }.map(\.id))
    #expect(faults == Set(mark.faults), "\(findings)")
  }

  /// Every file of `lint-misses` and every loader.conf has its case.
  @Test(.enabled(if: folder != nil)) func everyMissIsACase() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: #require(Self.folder).appendingPathComponent("configs/lint-misses").path)
    let known = Set(Self.cases.map(\.file))
    #expect(names.filter { !known.contains("configs/lint-misses/" + $0) }.isEmpty)
  }

  /// The RNG of the libvirt that is here, as the judge of the XML cases.
  @Test(.enabled(if: folder != nil && Programs.have("virt-xml-validate")))
  func libvirtRefusesEachXMLCase() throws {
    for mark in Self.cases where mark.file.includes("lint-misses/libvirt") {
      let path = try #require(Self.folder).appendingPathComponent(mark.file).path
      #expect(try Programs.run("virt-xml-validate", [path, "domain"]).status != 0, "\(mark.file)")
    }
  }

  // MARK: merge

  /// What each file becomes: `nil` where it is left alone with a reason.
  static func merged(
    _ file: String, _ target: String, _ request: ConfigurationRequest
  ) throws -> String? {
    let target = try #require(Target.named(target))
    let existing = try bytes(file)
    do throws(ConfigurationError) {
      let merge = try target.merge(request, into: existing)
      return String(decoding: merge?.bytes ?? [], as: UTF8.self)
    } catch {
      #expect(error.reason.includes("line "), "\(error)")
      return nil
    }
  }

  static let refused: [(file: String, target: String)] = [
    ("configs/merge-loader-backslash.conf", "loader.conf"),
    ("configs/merge-loader-single-quotes.conf", "loader.conf"),
    ("configs/merge-loader-tab.conf", "loader.conf"),
    ("configs/loader-append-variable.conf", "loader.conf"),
    ("configs/loader-export.conf", "loader.conf"),
    ("configs/loader-open-quote.conf", "loader.conf"),
    ("configs/loader-plus-equals.conf", "loader.conf"),
    ("configs/loader-semicolon.conf", "loader.conf"),
    ("configs/loader-single-quotes.conf", "loader.conf"),
    ("configs/loader-trailing.conf", "loader.conf"),
    ("configs/loader-unquoted.conf", "loader.conf"),
    ("freebsd/01-seed-line/into.loader.conf", "loader.conf"),
    ("freebsd/01-seed-line/into-apostrophes.loader.conf", "loader.conf"),
    ("configs/grub-continuation", "kernel-cmdline"),
    ("configs/grub-escaped-quotes", "kernel-cmdline"), ("configs/grub-export", "kernel-cmdline"),
    ("configs/grub-in-if", "kernel-cmdline"), ("configs/grub-multiline", "kernel-cmdline"),
    ("configs/modprobe-continuation.conf", "modprobe"),
    ("configs/vm-bhyve-crlf.conf", "vm-bhyve"), ("configs/vm-bhyve-passthru00.conf", "vm-bhyve"),
    ("configs/vm-bhyve-single-quotes.conf", "vm-bhyve"),
  ]

  @Test(.enabled(if: folder != nil)) func whatIsNotUnderstoodIsLeftAlone() throws {
    for (file, target) in Self.refused {
      let host =
        target == "loader.conf" || target == "vm-bhyve"
        ? SampleHost.gateway : SampleHost.workstation
      let text = try Self.merged(file, target, SampleHost.request("0b:00.0", host: host))
      #expect(text == nil, "\(file) became \(text ?? "")")
    }
  }

  @Test(.enabled(if: folder != nil)) func vmBhyveCountsTheSlotsOfItsOptions() throws {
    let text = try #require(
      try Self.merged(
        "configs/vm-bhyve-options-slot.conf", "vm-bhyve", SampleHost.request("0b:00.0")))
    #expect(text.includes("passthru0=\"3/0/0=20:0\" # usb\npassthru1=\"11/0/0=22:0\"\n"), "\(text)")
    let held = try #require(
      try Self.merged(
        "configs/vm-bhyve-pci-selector.conf", "vm-bhyve", SampleHost.request("0b:00.0")))
    #expect(held.includes("passthru1=\"11/0/0=20:0\"\n"), "\(held)")
  }

  @Test(.enabled(if: folder != nil)) func proxmoxSetsNoMachineUnasked() throws {
    let request = SampleHost.request("0b:00.0", host: SampleHost.workstation)
    for file in ["proxmox-i440fx-adds-machine", "proxmox-pcie-first"] {
      let before = String(decoding: try Self.bytes("configs/\(file).conf"), as: UTF8.self)
      let text = try #require(try Self.merged("configs/\(file).conf", "proxmox", request))
      #expect(text.hasPrefix(before), "\(text)")
      #expect(!text.includes("machine"), "\(text)")
      #expect(text.includes(": 0000:0b:00.0\n"), "\(text)")
    }
  }
}
