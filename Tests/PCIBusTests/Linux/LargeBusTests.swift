// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import TestCorpora
import Testing

@testable import PCIBus

/// What a bus of thousands of functions costs, in figures without noise.
@Suite struct LargeBusTests {
  @Test func threadsReadTheSame() throws {
    let tree = try BuiltTools.tree(of: 2048)
    var one = ScanOptions.full
    one.threads = 1
    var several = one
    several.threads = 5
    let single = try SysfsScanner(root: tree.root.path).scan(one)
    #expect(single.functions.count == 2048)
    #expect(try SysfsScanner(root: tree.root.path).scan(several) == single)
    // More threads than functions, and a number that makes no sense.
    for threads in [5000, 0, -3] {
      several.threads = threads
      #expect(try SysfsScanner(root: tree.root.path).scan(several).functions == single.functions)
    }
  }

  @Test func generatedTreeIsWhatItSays() throws {
    let tree = try BuiltTools.tree(of: 9000, isFull: true)
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.functions.count == 9000)
    // Functions fill a first domain of 7,000, then the next.
    #expect(Set(host.functions.map(\.address.domain)) == [0, 1])
    let network = try #require(host.functions.first { $0.classCode?.rawValue == 0x020000 })
    #expect(network.baseAddressRegisters.map(\.index) == [0, 3, 6])
    #expect(network.baseAddressRegisters.first?.size == 0x80_0000)
    #expect(network.resetMethods == [.functionLevel, .bus])
    #expect(network.powerState == .d0)
    let port = try #require(host.functions.first { $0.headerType == .bridge })
    #expect(port.bridge?.secondary == 1)
    #expect(network.upstream == .bridge(port.address))
    #expect(host.gaps.allSatisfy { $0.subject == .host })
  }

  @Test func recordsAreSmall() throws {
    // Windows are some 24 bytes each in an allocation of their own.
    #expect(MemoryLayout<Function>.stride <= 128)
    #expect(MemoryLayout<BaseAddressRegister>.stride <= 24)
  }

  /// The bar: 300 bytes a function, by what the process grew.
  @Test func memoryPerFunction() throws {
    let tree = try BuiltTools.tree(of: 16384)
    let output = try TestCorpora.run(
      BuiltTools.path("scan-bench"), [tree.root.path, "--memory", "--threads", "1"])
    let words = try #require(output).split(whereSeparator: \.isWhitespace)
    try #require(words.count == 2 && words[0] == "16384")
    let bytes = try #require(Int(words[1]))
    print("memory a function: \(bytes) bytes")
    #expect(bytes > 100)
    #expect(bytes <= 300)
  }

  /// Instructions are counted in a release build, where there is one.
  private static func release(_ path: String) -> String? {
    let path = TestCorpora.root.appendingPathComponent(".build-static/" + path).path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      print("SKIPPED: no \(path): instructions are not counted; Scripts/static.sh builds it")
      return nil
    }
    return BuiltTools.isInstalled("valgrind") ? path : nil
  }

  private static let scanBench = release("release/scan-bench")
  private static let passthru = release("passthru")

  @Test(.enabled(if: scanBench != nil))
  func instructionsPerFunction() throws {
    let tool = try #require(Self.scanBench)
    let perFunction =
      (try Self.count(tool, 1024, "scan") - Self.count(tool, 512, "scan")) / 512
    print("instructions a function: \(perFunction)")
    #expect(perFunction > 1000)
    #expect(perFunction <= 10000)
  }

  /// The bar: what libpci takes to scan a function, 100,000, is enough to scan it,
  /// to judge it and to write its line of the list.
  @Test(.enabled(if: passthru != nil))
  func instructionsPerLineOfAList() throws {
    let tool = try #require(Self.passthru)
    let counts = try [512, 1024].map { functions in
      let tree = try BuiltTools.tree(of: functions)
      return try withExtendedLifetime(tree) {
        let folder = tree.root.path
        return try Self.instructions(tool, ["list", "-a", "--from", folder], in: folder)
      }
    }
    let perFunction = (counts[1] - counts[0]) / 512
    print("instructions a line of a list: \(perFunction)")
    #expect(perFunction > 10000)
    #expect(perFunction <= 100_000)
  }

  /// Twice the functions are twice the work of scan, groups and verdicts.
  ///
  /// The square would make the second figure four times the first.
  @Test(.enabled(if: BuiltTools.isInstalled("valgrind")), arguments: ["vfio", "bhyve"])
  func verdictsOfAFunctionCostTheSameOnALargeBus(_ consumer: String) throws {
    let tool = BuiltTools.path("scan-bench")
    let counts = try [256, 512, 1024, 2048].map {
      try Self.count(tool, $0, "verdicts", "--for", consumer)
    }
    let small = Double(counts[1] - counts[0]) / 256
    let large = Double(counts[3] - counts[2]) / 1024
    print(
      "instructions a function with groups and verdicts for \(consumer): \(Int(small)), "
        + "then \(Int(large))")
    #expect(small > 1000)
    #expect(large < 1.1 * small)
  }

  /// The instructions of one run of scan-bench on a generated tree.
  private static func count(
    _ tool: String, _ functions: Int, _ stage: String, _ options: String...
  ) throws -> Int {
    let tree = try BuiltTools.tree(of: functions)
    let folder = tree.root.path
    // valgrind 3.19 cannot read the debug information of Swift 6.3's runtime.
    _ = try TestCorpora.run("strip", ["-g", "-o", folder + "/tool", tool])
    return try instructions(
      folder + "/tool", [folder, "--threads", "1", "--stage", stage] + options, in: folder)
  }

  private static func instructions(
    _ tool: String, _ arguments: [String], in folder: String
  ) throws -> Int {
    _ = try TestCorpora.run(
      "valgrind",
      ["--tool=callgrind", "--callgrind-out-file=" + folder + "/out", tool] + arguments)
    let text = try String(contentsOfFile: folder + "/out", encoding: .utf8)
    let summary = try #require(
      text.split(separator: "\n").first { $0.hasPrefix("summary:") || $0.hasPrefix("totals:") })
    return try #require(Int(summary.split(separator: " ")[1]))
  }
}
