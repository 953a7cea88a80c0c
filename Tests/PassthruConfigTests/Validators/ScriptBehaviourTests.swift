// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import Testing

@testable import PassthruConfig

/// The scripts, run: against a folder that plays sysfs, and a pciconf that plays FreeBSD.
@Suite struct ScriptBehaviourTests {
  /// A folder with two functions, as sysfs shows them.
  func sysfs() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for address in ["0000:0a:00.0", "0000:0a:00.1"] {
      let base = "devices/\(address)/"
      try folder.write("0x8086\n", to: base + "vendor")
      try folder.write("0x1521\n", to: base + "device")
      try folder.write("(null)\n", to: base + "driver_override")
      try folder.write("", to: base + "driver/unbind")
    }
    try folder.write("", to: "drivers_probe")
    // The kernel would bind it: the test plays that too.
    try folder.write("", to: "drivers/vfio-pci/0000:0a:00.0")
    try folder.write("", to: "drivers/vfio-pci/0000:0a:00.1")
    return folder
  }

  func read(_ folder: TemporaryFolder, _ path: String) throws -> String {
    String(
      decoding: try Data(contentsOf: folder.url.appendingPathComponent(path)), as: UTF8.self)
  }

  var request: ConfigurationRequest {
    SampleHost.request("0a:00.1", host: SampleHost.workstation, guest: "g")
  }

  /// systemd's words of `ExecStart`, with its escapes undone.
  func commands(_ key: String) throws -> [String] {
    matches(try SystemdUnit.emit(request).text, "\\n\(key)=/bin/sh -c '([^']*)'").map {
      $0[1].replacingOccurrences(of: "$$", with: "$").replacingOccurrences(of: "%%", with: "%")
    }
  }

  @Test func unitBindsByAddressAndGivesBack() throws {
    let folder = try sysfs()
    func run(_ command: String) throws -> Programs.Outcome {
      try Programs.run(
        "sh", ["-c", command.replacingOccurrences(of: "/sys/bus/pci", with: folder.url.path)])
    }
    let start = try #require(try commands("ExecStart").first)
    #expect(try run(start).status == 0)
    #expect(try read(folder, "devices/0000:0a:00.1/driver_override") == "vfio-pci\n")
    #expect(try read(folder, "devices/0000:0a:00.1/driver/unbind") == "0000:0a:00.1\n")
    #expect(try read(folder, "drivers_probe") == "0000:0a:00.1\n")
    #expect(try read(folder, "devices/0000:0a:00.0/driver_override") == "(null)\n")
    let stop = try #require(try commands("ExecStop").first)
    #expect(try run(stop).status == 0)
    #expect(try read(folder, "devices/0000:0a:00.1/driver_override") == "\n")
  }

  @Test func unitFailsOnAnotherDeviceAndOnAProbeThatBoundNothing() throws {
    let start = try #require(try commands("ExecStart").first)
    let other = try sysfs()
    try other.write("0x10d3\n", to: "devices/0000:0a:00.1/device")
    let outcome = try Programs.run(
      "sh", ["-c", start.replacingOccurrences(of: "/sys/bus/pci", with: other.url.path)])
    #expect(outcome.status != 0)
    #expect(try read(other, "devices/0000:0a:00.1/driver_override") == "(null)\n")
    let unbound = try sysfs()
    try FileManager.default.removeItem(
      at: unbound.url.appendingPathComponent("drivers/vfio-pci/0000:0a:00.1"))
    let probe = try Programs.run(
      "sh", ["-c", start.replacingOccurrences(of: "/sys/bus/pci", with: unbound.url.path)])
    #expect(probe.status != 0)
  }

  @Test func initramfsScriptOverridesOnlyWhatIsMeant() throws {
    let folder = try sysfs()
    let script = try InitramfsTools.emit(request).text
      .replacingOccurrences(of: "/sys/bus/pci", with: folder.url.path)
      .replacingOccurrences(of: "modprobe vfio-pci", with: "false")
    #expect(try Programs.run("sh", ["-c", script]).status == 0)
    #expect(try read(folder, "devices/0000:0a:00.1/driver_override") == "vfio-pci\n")
    #expect(try read(folder, "devices/0000:0a:00.0/driver_override") == "(null)\n")
  }

  /// Lines of pciconf -l as FreeBSD 12.1 and 15 print them.
  static let lines: [(line: String, status: Int32)] = [
    ("ppt0@pci0:10:0:1:\tclass=0x020000 card=0x00018086 chip=0x15218086 rev=0x01 hdr=0x00", 0),
    (
      "ppt0@pci0:10:0:1:\tclass=0x020000 rev=0x01 hdr=0x00 vendor=0x8086 device=0x1521"
        + " subvendor=0x8086 subdevice=0x0001", 0
    ),
    ("em1@pci0:10:0:1:\tclass=0x020000 card=0x00018086 chip=0x15218086 rev=0x01 hdr=0x00", 1),
    ("ppt0@pci0:10:0:1:\tclass=0x020000 card=0x00018086 chip=0x10d38086 rev=0x01 hdr=0x00", 1),
    ("ppt0@pci0:11:0:1:\tclass=0x020000 card=0x00018086 chip=0x15218086 rev=0x01 hdr=0x00", 1),
    (
      "ppt0@pci0:10:0:1:\tclass=0x010802 rev=0x01 hdr=0x00 vendor=0x144d device=0xa808"
        + " subvendor=0x8086 subdevice=0x1521", 1
    ),
  ]

  @Test(arguments: lines.indices)
  func guardTellsTheDeviceThatWasMeant(_ index: Int) throws {
    let folder = try TemporaryFolder()
    let pciconf = try folder.write("#!/bin/sh\necho '\(Self.lines[index].line)'\n", to: "pciconf")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: pciconf.path)
    let script = try Guard.emit(SampleHost.request("0a:00.1")).text
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let outcome = try Programs.run(
      "sh", ["-c", script], environment: ["PATH": "\(folder.url.path):\(path)"])
    #expect(outcome.status == Self.lines[index].status, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty == (Self.lines[index].status == 0))
  }
}
