// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIBus
import PCIDrivers
import PCIHost
import PassthruCommand
import PassthruConfig
import PassthruReport
import Testing

/// Names of devices, drivers and files are text: in no output do they command anything.
@Suite("Text from outside in every output") struct HostileTextTests {
  /// Commands to a terminal (CSI in C0 and C1), a line of YAML and one of JavaScript, and
  /// a turn of the reading direction (U+202E).
  static let hostile = "x\u{1b}[31m\u{9b}8m\u{85}---\u{2028}kind: Pod\u{202e}\u{2066}y"

  static func isHarmless(_ text: String, exceptColours: Bool = false) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x0a: true
      case 0x09: true
      case 0x1b: exceptColours
      case 0..<0x20, 0x7f...0x9f, 0x2028...0x202e, 0x2066...0x2069: false
      default: true
      }
    }
  }

  /// A tree in which whatever has a name has a hostile one.
  static func tree() throws -> URL {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("hostile-\(UUID().uuidString)")
    func write(_ path: String, _ text: String) throws {
      let url = root.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    func link(_ path: String, _ target: String) throws {
      let url = root.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: target)
    }
    let empty = Array(
      repeating: "0x0000000000000000 0x0000000000000000 0x0000000000000000", count: 13)
    for (name, ids, code) in [
      ("0000:01:00.0", "8086:1521", "20000"), ("0000:02:00.0", "144d:a80a", "10802"),
    ] {
      let path = "sys/devices/pci0000:00/" + name
      try write(path + "/uevent", "PCI_CLASS=\(code)\nPCI_ID=\(ids)\n")
      try write(path + "/resource", empty.joined(separator: "\n") + "\n")
      try write(path + "/label", hostile + "\n")
      try write(path + "/driver_override", hostile + "\n")
      try link(path + "/driver", "../../../bus/pci/drivers/" + hostile)
      try link(path + "/iommu_group", "../../../kernel/iommu_groups/1")
      try link("sys/bus/pci/devices/" + name, "../../../devices/pci0000:00/" + name)
    }
    try link("sys/class/net/" + hostile, "../../devices/pci0000:00/0000:01:00.0/net/" + hostile)
    try link("sys/class/block/" + hostile, "../../devices/pci0000:00/0000:02:00.0/block/" + hostile)
    try write("sys/devices/pci0000:00/0000:02:00.0/block/\(hostile)/dev", "259:0\n")
    try write(
      "proc/self/mountinfo",
      "1 0 259:0 / /\(hostile.replacingOccurrences(of: " ", with: "_")) rw - ext4 /dev/x rw\n")
    try write("proc/cmdline", "root=/dev/x \(hostile)\n")
    try write(
      "proc/modules", "\(hostile.replacingOccurrences(of: " ", with: "_")) 1 0 - Live 0x0\n")
    try write("proc/swaps", "Filename Type Size Used Priority\n/dev/\(hostile)\n")
    try write("proc/consoles", "\(hostile)\n")
    try write(
      "proc/net/route",
      "Iface Destination Gateway Flags RefCnt Use Metric Mask\n"
        + "\(hostile.replacingOccurrences(of: " ", with: "_")) 00000000 0 0003 0 0 0 00000000\n")
    return root
  }

  static let readings: [[String]] = [
    ["list", "-a"], ["show", "-v"], ["check", "-v"], ["tree"], ["groups"], ["snapshot"],
    ["groups", "--why", "01:00.0", "02:00.0"],
    ["plan", "01:00.0", "--guest", "g", "--allow", "01:00.0", "--with-group"],
    ["bind", "01:00.0", "--force"], ["unbind", "01:00.0"], ["remove", "01:00.0"],
    ["check", hostile], ["list", "--bogus" + hostile], [hostile], ["emit", hostile, "01:00.0"],
    ["plan", "01:00.0", "--guest", hostile], ["lint", "/no/" + hostile],
  ]

  @Test func noOutputCommands() throws {
    let tree = try Self.tree()
    defer { try? FileManager.default.removeItem(at: tree) }
    let recording = tree.path + "/snapshot.json"
    var runs = Self.readings
    runs += Target.all.map {
      ["emit", $0.name, "01:00.0", "--guest", "g", "--force", "--rom", "/r" + Self.hostile]
    }
    runs += Target.all.map {
      [
        "emit", $0.name, "01:00.0", "02:00.0", "--guest", "g", "--allow", "01:00.0", "--allow",
        "02:00.0", "--with-group",
      ]
    }
    let snapshot = try Passthru.run(["snapshot", "--from", tree.path])
    #expect(snapshot.status == 0, "\(snapshot.errors)")
    try Data(snapshot.output.utf8).write(to: URL(fileURLWithPath: recording))
    var answered = 0
    for from in [tree.path, recording] {
      for arguments in runs {
        for format in [[], ["--format", "json"]] {
          let run = try Passthru.run(arguments + format + ["--from", from])
          #expect(
            Self.isHarmless(run.output), "\(arguments + format): \(run.output.debugDescription)")
          #expect(
            Self.isHarmless(run.errors), "\(arguments + format): \(run.errors.debugDescription)")
          if !run.output.isEmpty { answered += 1 }
        }
      }
    }
    #expect(answered > 2 * Target.all.count)
  }

  /// A snapshot whose strings hold what ours never do, as escapes of JSON.
  @Test func snapshotsOfOthers() throws {
    let tree = try Self.tree()
    defer { try? FileManager.default.removeItem(at: tree) }
    let snapshot = try Passthru.run(["snapshot", "--from", tree.path]).output
    let worse = snapshot.replacingOccurrences(
      of: "kind: Pod", with: #"\u009b2J\u0085---\u2029\u202e\u001b[2J"#)
    #expect(worse != snapshot)
    try Passthru.withFile(Data(worse.utf8)) { file in
      for arguments in Self.readings {
        let run = try Passthru.run(arguments + ["--from", file])
        #expect(Self.isHarmless(run.output), "\(arguments): \(run.output.debugDescription)")
        #expect(Self.isHarmless(run.errors), "\(arguments): \(run.errors.debugDescription)")
      }
    }
  }

  @Test func commandsOfAnOddDriverAreQuoted() throws {
    let address = try #require(FunctionAddress("0000:00:1f.0"))
    #expect(
      DeviceAction.unbind(address, driver: "i6300ESB timer").commandLine
        == "echo 0000:00:1f.0 > '/sys/bus/pci/drivers/i6300ESB timer/unbind'")
    #expect(
      DeviceAction.override(address, driver: "i6300ESB timer").commandLine
        == "echo 'i6300ESB timer' > /sys/bus/pci/devices/0000:00:1f.0/driver_override")
    #expect(
      DeviceAction.setDriver(address, driver: "a;reboot").commandLine(through: .devctl)
        == "devctl set driver -f pci0:0:31:0 'a;reboot'")
  }

  @Test func aTerminalGetsTextOnly() {
    let style = TextStyle(usesColor: true)
    let colored = style.colored("blocked", .bad) + "\n\tx\n"
    #expect(TextStyle.terminalText(Array(colored.utf8)) == Array(colored.utf8))
    let file = "+options \u{1b}[8m\u{1b}]0;title\u{7}\u{9b}2J\n" + colored
    let shown = String(decoding: TextStyle.terminalText(Array(file.utf8)), as: UTF8.self)
    #expect(shown == "+options  [8m ]0;title  2J\n" + colored)
  }
}
