// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// lspci's text without ids, as most people paste it: nothing is refused, and what has no id
/// says so everywhere.
@Suite("Names alone") struct NamesAloneTests {
  private static let text = """
    00:00.0 Host bridge: Intel Corporation Nobody's Host Bridge 9000 (rev 07)
    00:01.0 PCI bridge: Intel Corporation Nobody's Root Port 9001 (rev 07) (prog-if 00 [Normal decode])
    \tBus: primary=00, secondary=01, subordinate=01, sec-latency=0
    01:00.0 Ethernet controller: Nobody Inc. Gigabit Card [Big: one] (rev 03)
    \tKernel driver in use: e1000e
    01:00.1 VGA compatible controller: NVIDIA Corporation Device 2684 (rev a1)

    """

  private func ask(_ words: [String], ids: String? = nil) throws -> Passthru.Run {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("names-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = folder.appendingPathComponent("lspci.txt")
    try Self.text.write(to: text, atomically: true, encoding: .utf8)
    let list = folder.appendingPathComponent("pci.ids")
    try (ids ?? "10de  NVIDIA Corporation\n\t1b80  GP104\n")
      .write(to: list, atomically: true, encoding: .utf8)
    return try Passthru.run(words + ["--from", text.path, "--pci-ids", list.path])
  }

  @Test func nothingIsRefusedAndNothingIsMadeUp() throws {
    let list = try ask(["list", "-a"])
    #expect(list.status == 0)
    #expect(list.output.contains("Nobody Inc. Gigabit Card [Big: one]"))
    #expect(!list.output.contains("ffff") && !list.output.contains("0000:0000"))
    let show = try ask(["show", "01:00.0", "--format", "json"])
    #expect(
      show.output.contains("\"vendorID\": null") && show.output.contains("\"deviceID\": null"))
    #expect(show.output.contains("\"printedName\": \"Nobody Inc. Gigabit Card [Big: one]\""))
    #expect(show.output.contains("\"classCode\": \"020000\""))
    // The id that lspci printed in words is one.
    #expect(
      try ask(["show", "01:00.1", "--format", "json"]).output.contains("\"deviceID\": \"2684\""))
  }

  @Test func whatRestsOnIdsIsACondition() throws {
    let check = try ask(["check", "01:00.0", "--for", "vfio"])
    #expect(check.status == 1)
    #expect(check.output.contains("dev.unnamed") && check.output.contains("lspci -nn"))
    let udev = try ask(["emit", "kubevirt", "01:00.0", "--force", "--guest", "g"])
    #expect(udev.status != 0 && udev.errors.contains("ids of 0000:01:00.0 are not recorded"))
    #expect(!udev.output.contains("ffff"))
  }

  @Test func aListThatHasTheNameGivesTheIds() throws {
    let ids = "1234  Nobody Inc.\n\t5678  Gigabit Card [Big: one]\n"
    let show = try ask(["show", "01:00.0", "--format", "json"], ids: ids)
    #expect(show.output.contains("\"vendorID\": \"1234\"") && show.output.contains("\"5678\""))
    // Two devices with one name: neither is chosen.
    let twice = try ask(
      ["show", "01:00.0", "--format", "json"], ids: ids + "\t5679  Gigabit Card [Big: one]\n")
    #expect(twice.output.contains("\"vendorID\": null"))
  }

  @Test func aSnapshotKeepsThatThereAreNone() throws {
    let snapshot = try ask(["snapshot"])
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("names-\(UUID().uuidString).json")
    try snapshot.output.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let again = try Passthru.run(["check", "01:00.0", "--for", "vfio", "--from", file.path])
    #expect(again.output.contains("dev.unnamed"))
  }
}
