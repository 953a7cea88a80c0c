// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PassthruAnalysis
import TestCorpora
import Testing

@testable import PassthruConfig

@Suite struct MergeTests {
  func merge(
    _ target: String, _ request: ConfigurationRequest, into text: String
  ) throws -> (text: String, warnings: [String]) {
    let target = try #require(Target.named(target))
    let first = try #require(try target.merge(request, into: Array(text.utf8)))
    let second = try #require(try target.merge(request, into: first.bytes))
    #expect(second.bytes == first.bytes, "the second run changes something")
    return (String(decoding: first.bytes, as: UTF8.self), first.warnings)
  }

  // MARK: loader.conf

  @Test func loaderConfKeepsCommentsAndExtends() throws {
    var request = SampleHost.request("0a:00.1")
    request.renumbered = [
      Renumbering(driver: "em", address: SampleHost.address("0b:00.0"), from: 2, to: 1, names: [])
    ]
    let old = """
      # the gateway
      autoboot_delay="3"
      vmm_load="NO"      # not yet
      pptdevs="0/2/0"  # the display
      zfs_load="YES"
      """
    let merged = try merge("loader.conf", request, into: old)
    #expect(
      merged.text == """
        # the gateway
        autoboot_delay="3"
        vmm_load="YES"      # not yet
        # ppt: 10/0/1 is 8086:1521
        pptdevs="0/2/0 10/0/1"  # the display
        zfs_load="YES"
        hint.em.2.at="pci0:11:0:0"

        """)
    #expect(merged.warnings.contains { $0.contains("0/2/0") && $0.contains("no device") })
  }

  @Test func loaderConfOfNothingIsTheTargetsOwn() throws {
    let request = SampleHost.request("0a:00.0", "0a:00.1")
    let merged = try merge("loader.conf", request, into: "")
    #expect(
      try FreeBSDGrammars.loaderConf(
        merged.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
          + "\n"
      ).map(\.address) == request.devices)
  }

  @Test func loaderConfTakesTheLastOfTwoLines() throws {
    let merged = try merge(
      "loader.conf", SampleHost.request("0a:00.1"),
      into: "vmm_load=\"YES\"\npptdevs=\"11/0/0\"\npptdevs=\"10/0/0\"\n")
    #expect(merged.text.contains("pptdevs=\"11/0/0\"\n"))
    #expect(merged.text.contains("pptdevs=\"10/0/0 10/0/1\"\n"))
    #expect(merged.warnings.contains { $0.contains("2 times") })
  }

  @Test func loaderConfGoesOnInTheNextVariable() throws {
    let full = (100..<116).map { "\($0)/0/0" }.joined(separator: " ")
    #expect(full.utf8.count == 127)
    let merged = try merge(
      "loader.conf", SampleHost.request("0a:00.1"), into: "pptdevs=\"\(full)\"\n")
    #expect(merged.text.contains("pptdevs=\"\(full)\"\npptdevs2=\"10/0/1\"\n"))
    let three = "pptdevs=\"\(full)\"\npptdevs2=\"\(full)\"\npptdevs3=\"\(full)\"\n"
    #expect(throws: ConfigurationError.self) {
      try merge("loader.conf", SampleHost.request("0a:00.1"), into: three)
    }
  }

  @Test func loaderConfPointsOutADeviceThatMoved() throws {
    let merged = try merge(
      "loader.conf", SampleHost.request("0a:00.1"),
      into: "# ppt: 11/0/0 is 8086:1521\npptdevs=\"11/0/0\"\n")
    #expect(merged.warnings.contains { $0.contains("11/0/0") && $0.contains("8086:10d3 now") })
  }

  @Test func bytesThatAreNoTextStay() throws {
    let target = try #require(Target.named("loader.conf"))
    let old: [UInt8] = Array("# caf".utf8) + [0xe9, 0x0d, 0x0a] + Array("vmm_load=\"NO\"\r\n".utf8)
    let merged = try #require(try target.merge(SampleHost.request("0a:00.1"), into: old))
    #expect(merged.bytes.starts(with: Array("# caf".utf8) + [0xe9, 0x0d, 0x0a]))
    #expect(
      String(decoding: merged.bytes, as: UTF8.self).contains("vmm_load=\"YES\"\r\n"))
  }

  // MARK: vm-bhyve

  @Test func vmBhyveNumbersOnAndKeepsACardTogether() throws {
    let old = """
      loader="bhyveload"
      passthru0="10/0/0=20:0"
      disk0_type="virtio-blk"

      """
    let merged = try merge("vm-bhyve", SampleHost.request("0a:00.1", "0b:00.0"), into: old)
    #expect(
      merged.text == """
        loader="bhyveload"
        passthru0="10/0/0=20:0"
        passthru1="10/0/1=20:1"
        passthru2="11/0/0=21:0"
        disk0_type="virtio-blk"

        """)
  }

  @Test func vmBhyveFillsAGapAndSaysSo() throws {
    let merged = try merge(
      "vm-bhyve", SampleHost.request("0b:00.0"),
      into: "passthru0=\"10/0/0=20:0\"\npassthru2=\"10/0/1=20:1\"\n")
    #expect(merged.text.contains("passthru1=\"11/0/0=21:0\"\n"))
    #expect(merged.warnings.contains { $0.contains("gap") })
  }

  @Test func vmBhyveRefusesASlotThatIsTaken() throws {
    var request = SampleHost.request("0b:00.0")
    request.guestSlot = 20
    #expect(throws: ConfigurationError.self) {
      try merge("vm-bhyve", request, into: "passthru0=\"10/0/0=20:0\"\n")
    }
  }

  // MARK: modprobe

  @Test func modprobeExtendsIDs() throws {
    let request = SampleHost.request("0b:00.0", host: SampleHost.workstation)
    let merged = try merge(
      "modprobe", request,
      into: "# cards\noptions vfio_pci ids=8086:1521 disable_vga=1\nblacklist nouveau\n")
    #expect(
      merged.text == """
        # cards
        options vfio_pci ids=8086:1521,8086:10d3 disable_vga=1
        blacklist nouveau
        softdep igb pre: vfio-pci

        """)
  }

  @Test(.enabled(if: Programs.have("modprobe")))
  func modprobeReadsWhatWasMerged() throws {
    let folder = try TemporaryFolder()
    let request = SampleHost.request("0b:00.0", host: SampleHost.workstation)
    let merged = try merge(
      "modprobe", request, into: "options vfio-pci ids=8086:1521\nsoftdep igb pre: vfio_pci")
    try folder.write(merged.text, to: "x.conf")
    let outcome = try Programs.run("modprobe", ["-C", folder.url.path, "-c"])
    #expect(outcome.output.contains("options vfio_pci ids=8086:1521,8086:10d3\n"))
    #expect(outcome.output.components(separatedBy: "softdep igb").count == 2)
  }

  // MARK: kernel command line

  @Test func grubGetsWhatItLacks() throws {
    var host = SampleHost.workstation
    host.iommu.kind = .intel
    let old = """
      GRUB_TIMEOUT=5
      GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=off vfio-pci.ids=10de:2184 amd_iommu=on"
      GRUB_CMDLINE_LINUX=""

      """
    let merged = try merge("kernel-cmdline", SampleHost.request("0b:00.0", host: host), into: old)
    #expect(
      merged.text == """
        GRUB_TIMEOUT=5
        GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on vfio-pci.ids=10de:2184,8086:10d3 amd_iommu=on"
        GRUB_CMDLINE_LINUX=""

        """)
    #expect(merged.warnings.contains { $0.contains("amd_iommu=on") })
  }

  @Test func oneLineCommandLineStaysOneLine() throws {
    let merged = try merge(
      "kernel-cmdline", SampleHost.request("0b:00.0", host: SampleHost.workstation),
      into: "root=UUID=1 rw quiet\n")
    #expect(merged.text == "root=UUID=1 rw quiet intel_iommu=on vfio-pci.ids=8086:10d3\n")
  }

  @Test(arguments: ["bash", "dash"]) func shellReadsTheMergedGRUBFile(_ shell: String) throws {
    guard Programs.have(shell) else { return }
    let merged = try merge(
      "kernel-cmdline", SampleHost.request("0b:00.0", host: SampleHost.workstation),
      into: "GRUB_CMDLINE_LINUX_DEFAULT='quiet'\n")
    let outcome = try Programs.run(
      shell, ["-c", merged.text + "echo $GRUB_CMDLINE_LINUX_DEFAULT"])
    #expect(outcome.output == "quiet intel_iommu=on vfio-pci.ids=8086:10d3\n")
  }

  // MARK: Proxmox

  @Test func proxmoxTakesAFreeNumberBeforeTheSnapshots() throws {
    let old = """
      boot: order=scsi0
      machine: pc-q35-8.1
      hostpci0: 01:00,pcie=1,x-vga=1

      [before]
      machine: q35
      hostpci1: 0000:0a:00,pcie=1

      """
    let request = SampleHost.request("0a:00.0", "0a:00.1", host: SampleHost.workstation)
    let merged = try merge("proxmox", request, into: old)
    #expect(
      merged.text == """
        boot: order=scsi0
        machine: pc-q35-8.1
        hostpci0: 01:00,pcie=1,x-vga=1
        hostpci1: 0000:0a:00,pcie=1

        [before]
        machine: q35
        hostpci1: 0000:0a:00,pcie=1

        """)
    let known = try merge("proxmox", request, into: "machine: q35\nhostpci3: 0a:00,pcie=1\n")
    #expect(known.text == "machine: q35\nhostpci3: 0a:00,pcie=1\n")
    let other = try merge("proxmox", request, into: "machine: pc-i440fx-8.1\n")
    #expect(other.warnings.contains { $0.contains("i440fx") })
  }

  // MARK: all

  /// Merged into any of the good files of the linter's: clean, and no device lost.
  @Test func mergedFilesAreCleanForTheLinter() throws {
    let pairs: [(ConfigurationKind, String, Machine)] = [
      (.loaderConf, "loader.conf", SampleHost.gateway),
      (.vmBhyve, "vm-bhyve", SampleHost.gateway),
      (.modprobe, "modprobe", SampleHost.workstation),
      (.kernelCommandLine, "kernel-cmdline", SampleHost.workstation),
      (.proxmox, "proxmox", SampleHost.workstation),
    ]
    var count = 0
    for entry in LintTests.entries where entry.fault == nil {
      guard let (kind, target, host) = pairs.first(where: { $0.0 == entry.kind }) else { continue }
      let text = String(
        decoding: try TestCorpora.bytes(
          TestCorpora.fixtures.appendingPathComponent("lint/" + entry.file)), as: UTF8.self)
      // Whether a file's own entries are on this host is its own affair.
      let before = Set(lint(Array(text.utf8), kind: kind, host: host).map(\.id))
      let merged = try merge(target, SampleHost.request("0b:00.0", host: host), into: text)
      let after = lint(Array(merged.text.utf8), kind: kind, host: host)
      #expect(after.allSatisfy { before.contains($0.id) }, "\(entry.file): \(after)")
      #expect(matches(merged.text, "11/0/0|8086:10d3|0b:00").count >= 1, "\(merged.text)")
      count += 1
    }
    #expect(count > 20)
  }

  @Test func otherTargetsHaveNoMerge() throws {
    let target = try #require(Target.named("qemu"))
    #expect(
      try target.merge(
        SampleHost.request("0b:00.0", host: SampleHost.workstation), into: []) == nil)
  }
}

/// The unified diff, held against diff(1).
@Suite struct UnifiedDiffTests {
  @Test func nothingForTheSame() {
    #expect(UnifiedDiff(path: "x", old: Array("a\n".utf8), new: Array("a\n".utf8)).bytes.isEmpty)
  }

  /// As short as diff's shortest, and its application gives the new file.
  @Test func isMinimalAndApplies() throws {
    var generator = RoundTripTests.Generator(state: 3)
    let folder = try TemporaryFolder()
    for round in 0..<40 {
      var lines = (0..<Int.random(in: 0...30, using: &generator)).map { "line \($0 % 7)" }
      let old = text(lines, &generator)
      for _ in 0..<Int.random(in: 0...4, using: &generator) {
        let index = Int.random(in: 0...lines.count, using: &generator)
        if Bool.random(using: &generator) || lines.isEmpty {
          lines.insert("new \(round) \(index)", at: index)
        } else {
          lines.remove(at: min(index, lines.count - 1))
        }
      }
      let new = text(lines, &generator)
      try folder.write(old, to: "old")
      try folder.write(new, to: "new")
      let reference = try Programs.run(
        "diff", ["-u", "-d", folder.url.path + "/old", folder.url.path + "/new"])
      let ours = String(
        decoding: UnifiedDiff(path: "x", old: Array(old.utf8), new: Array(new.utf8)).bytes,
        as: UTF8.self)
      #expect(changes(ours) == changes(reference.output), "\(ours)\(reference.output)")
      #expect(try applied(ours, to: old) == new, "\(ours)")
    }
  }

  /// Two changes in a long file are two hunks, and not the whole file twice.
  @Test func aLongFileWithTwoChangesIsShort() {
    let old = (0..<2_101).map { "line \($0)" }
    var new = old
    new[3] = "first"
    new[2_090] = "second"
    let diff = UnifiedDiff(
      path: "x", old: Array(old.joined(separator: "\n").utf8),
      new: Array(new.joined(separator: "\n").utf8))
    // Two names of the file; a hunk's head, three lines on both sides, one out and one in.
    #expect(diff.bytes.split(separator: 0x0a).count == 2 + 2 * (1 + 3 + 3 + 2))
  }

  @Test func oneChangedLineIsSpelledAsDiffSpellsIt() {
    let old = "a\nb\nc\nd\ne\nf\ng\nh\n"
    let new = "a\nb\nc\nd\nE\nf\ng\nh"
    let ours = UnifiedDiff(path: "/boot/loader.conf", old: Array(old.utf8), new: Array(new.utf8))
    #expect(
      String(decoding: ours.bytes, as: UTF8.self) == """
        --- /boot/loader.conf
        +++ /boot/loader.conf
        @@ -2,7 +2,7 @@
         b
         c
         d
        -e
        +E
         f
         g
        -h
        +h
        \\ No newline at end of file

        """)
  }

  /// How many lines a diff takes out and puts in.
  func changes(_ diff: String) -> [Int] {
    let lines = diff.split(separator: "\n").dropFirst(2)
    return [lines.count { $0.hasPrefix("-") }, lines.count { $0.hasPrefix("+") }]
  }

  /// Applies a diff strictly: every line it keeps or takes out must be there.
  func applied(_ diff: String, to old: String) throws -> String {
    guard !diff.isEmpty else { return old }
    var source = old.components(separatedBy: "\n")
    if source.last == "" { source.removeLast() }
    var result: [String] = []
    var position = 0
    var endsWithNewline = old.hasSuffix("\n")
    var last: Character = " "
    var lines = diff.components(separatedBy: "\n")
    lines.removeLast()
    for line in lines.dropFirst(2) {
      if let groups = match(line, "@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@") {
        let start = (Int(groups[1]) ?? 0) - (groups[2] == "0" ? 0 : 1)
        try #require(start >= position && start <= source.count)
        result += source[position..<start]
        position = start
        let target = (Int(groups[3]) ?? 0) - (groups[4] == "0" ? 0 : 1)
        #expect(result.count == target)
        continue
      }
      let body = String(line.dropFirst())
      switch line.first {
      case " ", "-":
        try #require(position < source.count && source[position] == body, "\(line)")
        position += 1
        if line.first == " " { result.append(body) }
        if position == source.count, line.first == " " { endsWithNewline = true }
      case "+":
        result.append(body)
        endsWithNewline = true
      case "\\":
        if last != "-" { endsWithNewline = false }
      default: Issue.record("\(line)")
      }
      last = line.first ?? " "
    }
    if position < source.count { endsWithNewline = old.hasSuffix("\n") }
    result += source[position...]
    guard !result.isEmpty else { return "" }
    return result.joined(separator: "\n") + (endsWithNewline ? "\n" : "")
  }

  func text(_ lines: [String], _ generator: inout RoundTripTests.Generator) -> String {
    guard !lines.isEmpty else { return "" }
    return lines.joined(separator: "\n")
      + (Int.random(in: 0..<4, using: &generator) == 0 ? "" : "\n")
  }
}
