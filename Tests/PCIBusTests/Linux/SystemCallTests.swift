// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// What a scan asks of the kernel, counted by strace.
@Suite struct SystemCallTests {
  static let hasStrace = BuiltTools.isInstalled("strace")

  /// The system calls of one scan, as strace prints them, one a line.
  private func calls(_ root: String, facts: String) throws -> [Substring] {
    let log = FileManager.default.temporaryDirectory
      .appendingPathComponent("swift-pci-strace-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: log) }
    let output = try TestCorpora.run(
      "strace",
      [
        // One thread: strace prints a call of several in two lines.
        "-f", "-qq", "-o", log.path, BuiltTools.path("scan-bench"), root, "--facts", facts,
        "--threads", "1",
      ])
    try #require(output != nil)
    return try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
  }

  /// The bars: 8 without revision, interrupt and NUMA node, 17 with them, and 14
  /// for what a list needs, on a tree that has every attribute.
  ///
  /// The difference of two trees is taken, so that starting the process does
  /// not count. Getting memory does not either: it is a handful of calls a
  /// scan, and their number depends on the C library.
  @Test(
    .enabled(if: hasStrace), arguments: [("essential", 8), ("inventory", 17), ("verdicts", 14)])
  func callsPerFunction(_ facts: String, _ bar: Int) throws {
    let isFull = facts == "verdicts"
    let small = try BuiltTools.tree(of: 128, isFull: isFull)
    let large = try BuiltTools.tree(of: 640, isFull: isFull)
    func isCounted(_ call: Substring) -> Bool {
      !["brk(", "mmap(", "munmap(", "mremap(", "madvise("].contains { call.contains(" " + $0) }
    }
    let smallCalls = try calls(small.root.path, facts: facts).count(where: isCounted)
    let largeCalls = try calls(large.root.path, facts: facts).count(where: isCounted)
    let perFunction = Double(largeCalls - smallCalls) / 512
    print("system calls a function, \(facts): \(perFunction)")
    #expect(perFunction > 3)
    #expect(perFunction <= Double(bar))
  }

  /// Configuration space, and what reads it, stays closed in every scan.
  @Test(.enabled(if: hasStrace), arguments: ["essential", "inventory", "full"])
  func noScanTouchesADevice(_ facts: String) throws {
    let tree = try BuiltTools.tree(of: 64, isFull: true)
    for root in [tree.root.path, "/sys"]
    where root != "/sys" || FileManager.default.fileExists(atPath: "/sys/bus/pci/devices") {
      let opened = try calls(root, facts: facts).filter { $0.contains("open") }
      #expect(opened.contains { $0.contains("/uevent\"") })
      for attribute in [
        "config", "current_link_speed", "current_link_width", "max_link_speed",
        "max_link_width", "secondary_bus_number", "subordinate_bus_number", "rom", "vpd",
      ] {
        #expect(!opened.contains { $0.contains("\(attribute)\"") }, "\(root) \(attribute)")
      }
    }
  }
}
