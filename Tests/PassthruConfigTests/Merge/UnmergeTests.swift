// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import TestCorpora
import Testing

@testable import PassthruConfig

/// What was worked into a file comes out of it again, and nothing else does.
@Suite struct UnmergeTests {
  /// The lines that a merge leaves behind for good, since they may have been there before.
  static let settled: [(target: String, lines: [String])] = [
    ("loader.conf", ["vmm_load=\"YES\""]), ("vm-bhyve", ["loader=\"bhyveload\""]),
    ("modprobe", ["blacklist nouveau"]),
    ("kernel-cmdline", ["GRUB_CMDLINE_LINUX_DEFAULT=\"quiet  nmi='a b' intel_iommu=on\""]),
    ("proxmox", ["machine: q35"]),
  ]

  /// Lines of each format that a user may have, ours and others, some after the rest.
  static let pieces: [String: [String]] = [
    "loader.conf": [
      "# a comment", "", "zfs_load=\"YES\"  # pool", "\tkern.hz = 100", "hw.x=\"a b\"\r",
      "pptdevs=\"0/2/0  5/0/0\" # mine", "pptdevs2=\"6/0/0\"", "kern.y=a/b",
    ],
    "vm-bhyve": [
      "# a comment", "", "cpu=2", "passthru0=\"5/0/0=20:0\" # usb", "disk0_type=\"virtio-blk\"",
      "bhyve_options=\"-s 22:0,virtio-rnd\"", "uuid=x\r",
    ],
    "modprobe": [
      "# a comment", "", "options vfio-pci   ids=10de:1b80,10de:10f0 disable_vga=1",
      "softdep nouveau pre: vfio-pci", "options kvm ignore_msrs=1", "alias a b",
    ],
    "kernel-cmdline": [
      "# a comment", "", "GRUB_TIMEOUT=5", "GRUB_CMDLINE_LINUX=\"vfio-pci.ids=10de:1b80  rd=x\"",
      "GRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`",
    ],
    "proxmox": [
      "bios: ovmf", "hostpci0: 0000:05:00,pcie=1,x-vga=1", "hostpci3: mapping=nic", "#note",
      "net0: virtio=00:00:00:00:00:01,bridge=vmbr0",
    ],
  ]

  /// How many files of a format: 20,000 where the variable `PASSTHRU_ROUNDS` says so.
  static let rounds =
    ProcessInfo.processInfo.environment["PASSTHRU_ROUNDS"].flatMap { Int($0) } ?? 2_000

  static func request(_ target: String) -> ConfigurationRequest {
    let isFreeBSD = target == "loader.conf" || target == "vm-bhyve"
    var request = SampleHost.request(
      "0b:00.0", host: isFreeBSD ? SampleHost.gateway : SampleHost.workstation)
    request.remarks = ["asked for on a Monday"]
    return request
  }

  /// Random files of each format: in, in once more, and out again gives every byte back.
  @Test(arguments: settled.map(\.target)) func whatGoesInComesOut(_ name: String) throws {
    let target = try #require(Target.named(name))
    let pieces = try #require(Self.pieces[name])
    let settled = try #require(Self.settled.first { $0.target == name })
    let request = Self.request(name)
    var generator = RoundTripTests.Generator(state: 19)
    var count = 0
    for round in 0..<Self.rounds {
      var lines = settled.lines
      for piece in pieces.shuffled(using: &generator).prefix(round % (pieces.count + 1)) {
        lines.insert(piece, at: Int.random(in: 0...lines.count, using: &generator))
      }
      if name == "proxmox", round % 2 == 0 {
        lines += ["", "[before]", "machine: q35", "hostpci0: 0000:0b:00.0,pcie=1"]
      }
      // Without its last newline a file cannot get a line and lose it again unseen.
      let text = Array((lines.joined(separator: "\n") + "\n").utf8)
      let merged = try #require(try target.merge(request, into: text))
      #expect(merged.bytes != text)
      #expect(try target.merge(request, into: merged.bytes)?.bytes == merged.bytes)
      let back = try #require(try target.unmerge(request, from: merged.bytes))
      guard back.bytes == text else {
        Issue.record(
          """
          \(String(decoding: text, as: UTF8.self))became
          \(String(decoding: merged.bytes, as: UTF8.self))and then
          \(String(decoding: back.bytes, as: UTF8.self))
          """)
        return
      }
      count += 1
    }
    #expect(count == Self.rounds)
  }

  /// One random file of a format, with what the merge made of it.
  static func merged(
    _ name: String, _ generator: inout RoundTripTests.Generator
  ) throws -> (before: String, after: String) {
    let target = try #require(Target.named(name))
    var lines = try #require(settled.first { $0.target == name }).lines
    let pieces = try #require(pieces[name])
    let count = Int.random(in: 0...pieces.count, using: &generator)
    for piece in pieces.shuffled(using: &generator).prefix(count) {
      lines.insert(piece, at: Int.random(in: 0...lines.count, using: &generator))
    }
    let text = lines.joined(separator: "\n") + "\n"
    let merge = try #require(try target.merge(request(name), into: Array(text.utf8)))
    return (text, String(decoding: merge.bytes, as: UTF8.self))
  }

  /// sh(1) sources 200 files before and after: every parameter is still there, and ours.
  @Test(.enabled(if: Programs.have("dash"))) func shellKeepsEveryParameter() throws {
    var generator = RoundTripTests.Generator(state: 31)
    let end = "printf '%s %s\\n' \"$GRUB_CMDLINE_LINUX_DEFAULT\" \"$GRUB_CMDLINE_LINUX\"\n"
    var script = "lsb_release() { echo Debian; }\n"
    for _ in 0..<200 {
      let (before, after) = try Self.merged("kernel-cmdline", &generator)
      script += "(\n\(before)\(end))\n(\n\(after)\(end))\n"
    }
    let outcome = try Programs.run("dash", [], input: script)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    try #require(lines.count == 400)
    for index in stride(from: 0, to: 400, by: 2) {
      let before = lines[index].split(separator: " ")
      let after = lines[index + 1].split(separator: " ")
      #expect(after.filter { before.contains($0) } == before, "\(after)")
      #expect(after.contains("vfio-pci.ids=8086:10d3"), "\(after)")
    }
  }

  /// `modprobe -c` of 60 files before and after: the same lines, with our id and softdep.
  @Test(.enabled(if: Programs.have("modprobe"))) func modprobeKeepsEveryLine() throws {
    var generator = RoundTripTests.Generator(state: 37)
    func dump(_ text: String) throws -> [Substring] {
      let folder = try TemporaryFolder()
      try folder.write(text, to: "x.conf")
      let outcome = try Programs.run("modprobe", ["-C", folder.url.path, "-c"])
      #expect(outcome.errors.isEmpty, "\(outcome.errors)")
      // The index of the running kernel follows, and is no part of the file.
      return outcome.output.split(separator: "\n").filter { line in
        ["options", "softdep", "blacklist", "alias a b"].contains { line.hasPrefix($0) }
      }
    }
    for _ in 0..<60 {
      let (before, after) = try Self.merged("modprobe", &generator)
      let new = try dump(after)
      #expect(new.contains { $0.hasPrefix("options vfio_pci") && $0.contains("8086:10d3") })
      #expect(new.contains("softdep igb pre: vfio-pci"))
      for line in try dump(before) {
        let kept = line.replacingOccurrences(of: "10de:10f0 ", with: "10de:10f0,8086:10d3 ")
        #expect(new.contains { $0 == line || $0 == kept }, "\(line) is gone: \(new)")
      }
    }
  }

  /// The guest's own card keeps its number: the undo goes by the device.
  @Test(.enabled(if: PublicCaseTests.folder != nil)) func anothersSettingStays() throws {
    let target = try #require(Target.named("proxmox"))
    let text = try PublicCaseTests.bytes("configs/proxmox-undo-wrong-number.conf")
    let back = try #require(try target.unmerge(Self.request("proxmox"), from: text))
    #expect(back.bytes == text)
  }

  @Test(.enabled(if: PublicCaseTests.folder != nil)) func whatIsNotUnderstoodStays() throws {
    for (file, name) in PublicCaseTests.refused where name != "kernel-cmdline" {
      let target = try #require(Target.named(name))
      let text = try PublicCaseTests.bytes(file)
      #expect(throws: ConfigurationError.self, "\(file)") {
        try target.unmerge(Self.request(name), from: text)
      }
    }
  }

  /// vm-bhyve stops at a gap, so the lines after the one that goes are numbered on.
  @Test func vmBhyveNumbersOn() throws {
    let target = try #require(Target.named("vm-bhyve"))
    let text = "passthru0=\"11/0/0=20:0\"\npassthru1=\"5/0/0=21:0\" # usb\n"
    let back = try #require(try target.unmerge(Self.request("vm-bhyve"), from: Array(text.utf8)))
    #expect(String(decoding: back.bytes, as: UTF8.self) == "passthru0=\"5/0/0=21:0\" # usb\n")
  }
}
