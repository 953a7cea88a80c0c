// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// The way that started the project: one of several NICs into a bhyve guest.
///
/// The recording is pciconf's own text from a FreeBSD 15 kernel whose `em`
/// driver holds 1/0/0, 1/0/1 and, behind a conventional bridge, 9/1/0. That
/// kernel, booted with `pptdevs="1/0/1"`, called 9/1/0 `em1`; with `1/0/0` it
/// called 1/0/1 `em0` and 9/1/0 `em1`.
@Suite("The blog post's whole way")
struct BlogPostTests {
  static let recording = TestCorpora.fixtures
    .appendingPathComponent("freebsd-vm/rich15/pciconf-lvbcBV.txt").path

  @Test func planOfOneOfThree() throws {
    let run = try Passthru.run([
      "plan", "em1", "--from", Self.recording, "--guest", "pfsense", "--for", "bhyve",
    ])
    let text = run.output
    // What the device is, and its sibling.
    #expect(text.hasPrefix("em1 = pci0:1:0:1, "))
    #expect(text.contains("8086:10d3"))
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("a card with 2 (the other is em0)"))
    // The renumbering, as the kernel did it.
    #expect(words.contains("em2 becomes em1 at the next boot"))
    #expect(words.contains("rc.conf, pf.conf"))
    #expect(words.contains("edit them"))
    // loader.conf.
    #expect(text.contains("[/boot/loader.conf]"))
    #expect(text.contains("     vmm_load=\"YES\"\n"))
    #expect(text.contains("     pptdevs=\"1/0/1\"\n"))
    #expect(text.contains("hint.em.2.at=\"pci0:9:1:0\""))
    // The three ways into a guest.
    #expect(text.contains("iohyve set pfsense pcidev:01=passthru,1/0/1 bargs=-S_-A_-H_-P"))
    #expect(words.contains("sort key, not a slot"))
    #expect(text.contains("passthru0=\"1/0/1=20:0\""))
    #expect(text.contains("-S -s 20:0,passthru,1/0/1"))
    // What to check, and the way back.
    #expect(text.contains("pciconf -l | grep ^ppt"))
    #expect(text.contains("vendor=0x8086 device=0x10d3"))
    #expect(text.contains("To undo"))
    #expect(text.contains("devctl set driver -f pci0:1:0:1 em"))
    // Whether VT-d is on, and what the host needs, are not in a pciconf text: both are
    // conditions by name, and the exit status says that the answer rests on them.
    #expect(run.status == 1)
    #expect(text.contains("it can go if the IOMMU is on and the host does not need it"))
    #expect(words.contains("if VT-d or AMD-Vi is on: that is not recorded"))
  }

  @Test func firstOfThreeMovesBothOthers() throws {
    let run = try Passthru.run([
      "plan", "em0", "--from", Self.recording, "--guest", "pfsense", "--format", "json",
    ])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let moves = try #require(object["renumbered"] as? [[String: Any]])
    let found = moves.map { "\($0["address"] ?? "") \($0["from"] ?? "") \($0["to"] ?? "")" }
    #expect(found == ["0000:01:00.1 1 0", "0000:09:01.0 2 1"])
  }

  @Test func linesThatNameWhatMoves() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("etc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "hostname=\"gw\"\nifconfig_em2=\"inet 10.0.2.1/24\"\n"
      .write(to: folder.appendingPathComponent("rc.conf"), atomically: true, encoding: .utf8)
    try "ext_if = \"em20\"\n# em2\nint_if = \"em2\"\n"
      .write(to: folder.appendingPathComponent("pf.conf"), atomically: true, encoding: .utf8)
    let run = try Passthru.run([
      "plan", "em1", "--from", Self.recording, "--guest", "pfsense", "--etc", folder.path,
    ])
    // What is cut off the line depends on how long the folder's name is.
    #expect(run.output.contains("/rc.conf:2  ifconfig_em2="))
    #expect(run.output.contains("/pf.conf:3  int_if ="))
    #expect(!run.output.contains("em20"))
  }

  /// What the post had to type by hand, from the real recording of a gateway
  /// with eight and more units of one driver.
  @Test(.enabled(if: TestCorpora.isPresent)) func gatewayWithManyUnits() throws {
    let corpora = try #require(TestCorpora.corpora)
    let file = corpora.appendingPathComponent("pciconf/C34D5C2BE3.pciconf").path
    let run = try Passthru.run(["plan", "igb1", "--from", file, "--guest", "pfsense"])
    #expect(run.output.contains("igb1 = pci0:1:0:1, "))
    let words = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("igb2 becomes igb1 and igb3 becomes igb2 at the next boot"))
    #expect(run.output.contains("pptdevs=\"1/0/1\""))
    #expect(run.output.contains("hint.igb.2.at=\"pci0:1:0:2\""))
    #expect(run.output.contains("hint.igb.3.at=\"pci0:1:0:3\""))
  }
}
