// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIBus
import PCIHost
import PCIRecords
import TestCorpora
import Testing

/// What the installed lspci says, against what this library decodes.
///
/// `not-compared.md` beside this file lists what is left out, and where lspci
/// is wrong.
@Suite("lspci says the same")
struct LspciDifferentialTests {
  static let isInstalled: Bool = {
    let answer = (try? TestCorpora.run("lspci", ["--version"])) ?? nil
    if answer == nil { print("SKIPPED: lspci is not installed: nothing to compare with") }
    return answer != nil
  }()

  static var canRun: Bool { isInstalled && TestCorpora.isPresent }

  @Test("every hex dump, raw space and sysfs tree", .enabled(if: canRun, "needs lspci and corpora"))
  func everyLine() throws {
    var total = Comparison()
    for url in TestCorpora.files("lspci-hex") {
      total.add(try compare(dump: TestCorpora.bytes(url), named: url.lastPathComponent))
    }
    for url in TestCorpora.files("config", suffix: ".config") {
      let text = Self.dump(of: try TestCorpora.bytes(url))
      total.add(try compare(dump: Array(text.utf8), named: url.lastPathComponent))
    }
    for folder in ["linux-vm", "hwloc"] {
      for url in TestCorpora.files(folder) where url.lastPathComponent.contains(".tar.") {
        total.add(try compare(tree: folder + "/" + url.lastPathComponent))
      }
    }
    let percent = 100 * Double(total.covered) / Double(max(total.lines, 1))
    print(
      "lspci: \(total.covered) of \(total.lines) lines compared word by word, "
        + String(format: "%.2f", percent) + " %")
    for (shape, count) in total.uncovered.sorted(by: { $0.value > $1.value }) {
      print("  not compared \(count) times: \(shape)")
    }
    for (reason, count) in total.knownMistakes.sorted(by: { $0.key < $1.key }) {
      print("  lspci is wrong \(count) times: \(reason)")
    }
    #expect(total.lines > 10_000, "the corpora print far more than that")
    #expect(percent >= 95)
  }

  private func compare(dump bytes: [UInt8], named name: String) throws -> Comparison {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("lspci-\(ProcessInfo.processInfo.processIdentifier)-\(name)")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let text = try #require(
      try TestCorpora.run("lspci", ["-F", file.path, "-vv", "-n"]), "lspci fails on \(name)")
    let host = try Machine(recording: bytes, as: .lspci, location: name)
    return compare(LspciText(text), with: host, isTree: false, named: name)
  }

  private func compare(tree archive: String) throws -> Comparison {
    let root = try TestCorpora.unpacked(archive)
    guard let bus = Self.bus(below: root) else { return Comparison() }
    guard
      let text = try TestCorpora.run(
        "lspci", ["-A", "linux-sysfs", "-O", "sysfs.path=\(bus.path)", "-vv", "-n"])
    else {
      print("SKIPPED: lspci cannot read \(archive)")
      return Comparison()
    }
    let sys = bus.deletingLastPathComponent().deletingLastPathComponent().path
    var host = try SysfsScanner(root: sys).scan()
    ConfigurationReader(root: sys).read(host.functions.indices, into: &host)
    return compare(LspciText(text), with: host, isTree: true, named: archive)
  }

  private func compare(
    _ text: LspciText, with host: Machine, isTree: Bool, named name: String
  ) -> Comparison {
    var comparison = Comparison()
    var functions: [FunctionAddress: Function] = [:]
    for function in host.functions { functions[function.address] = function }
    #expect(text.records.count == host.functions.count, "\(name)")
    for record in text.records {
      guard let address = FunctionAddress(record.address), let function = functions[address]
      else {
        Issue.record("\(name): no function at \(record.address)")
        continue
      }
      comparison.compare(record, with: function, isTree: isTree)
    }
    #expect(comparison.differences.isEmpty, "\(name)")
    for difference in comparison.differences.prefix(20) { print("\(name): \(difference)") }
    return comparison
  }

  /// The folder `bus/pci` of an unpacked tree.
  static func bus(below root: URL) -> URL? {
    for depth in ["sys/bus/pci", "*/sys/bus/pci"] {
      if depth.hasPrefix("*") {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        for name in names {
          let url = root.appendingPathComponent(name).appendingPathComponent("sys/bus/pci")
          if FileManager.default.fileExists(atPath: url.path) { return url }
        }
      } else {
        let url = root.appendingPathComponent(depth)
        if FileManager.default.fileExists(atPath: url.path) { return url }
      }
    }
    return nil
  }

  /// A raw configuration space as the text that `lspci -F` reads.
  private static func dump(of bytes: [UInt8]) -> String {
    var text = "00:00.0 raw configuration space\n"
    for start in stride(from: 0, to: bytes.count, by: 16) {
      let line = bytes[start..<min(start + 16, bytes.count)]
      text += UInt(start).hexadecimal(width: 2) + ":"
      for byte in line { text += " " + byte.hexadecimal(width: 2) }
      text += "\n"
    }
    return text
  }
}
