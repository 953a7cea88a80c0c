// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// What a user sees who gives the command something that cannot be.
@Suite("Bad input")
struct BadInputTests {
  /// Two lines of `pciconf -l` as FreeBSD 13 writes them.
  static let pciconf = """
    em0@pci0:1:0:0:\tclass=0x020000 rev=0x01 hdr=0x00 vendor=0x8086 device=0x1521 \
    subvendor=0x8086 subdevice=0x0001
    em1@pci0:1:0:1:\tclass=0x020000 rev=0x01 hdr=0x00 vendor=0x8086 device=0x1521 \
    subvendor=0x8086 subdevice=0x0001

    """

  private func expect(
    _ arguments: [String], status: Int32, mentions words: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try Passthru.run(arguments)
    #expect(run.status == status, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.output.isEmpty, sourceLocation: sourceLocation)
    #expect(run.errors.hasPrefix("passthru: "), "\(run.errors)", sourceLocation: sourceLocation)
    for word in words {
      #expect(run.errors.contains(word), "\(run.errors)", sourceLocation: sourceLocation)
    }
    // What happened and what to do: two colons besides those of addresses.
    #expect(run.errors.contains(": "), sourceLocation: sourceLocation)
  }

  @Test func noSuchPath() throws {
    try expect(["list", "--from", "/no/such/path"], status: 2, mentions: ["/no/such/path"])
  }

  @Test func directoryThatIsNoSysfs() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("no-sysfs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try expect(["list", "--from", folder.path], status: 2, mentions: [folder.path])
  }

  @Test func emptyFile() throws {
    try Passthru.withFile(Data()) { file in
      try expect(["list", "--from", file], status: 2, mentions: ["empty", "pciconf"])
    }
  }

  @Test func binaryFile() throws {
    try Passthru.withFile(Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31) })) { file in
      try expect(["list", "--from", file], status: 2, mentions: ["is not text"])
    }
  }

  @Test("a hundred megabytes of garbage end quickly", .timeLimit(.minutes(1)))
  func garbage() throws {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    var bytes = Data(count: 100_000_000)
    bytes.withUnsafeMutableBytes { buffer in
      for index in buffer.indices {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let letter = UInt8(truncatingIfNeeded: state >> 33) % 64
        buffer[index] = letter == 0 ? 0x0a : 0x21 + letter
      }
    }
    try Passthru.withFile(bytes) { file in
      try expect(["list", "--from", file], status: 2, mentions: ["lspci", "pciconf"])
    }
  }

  @Test func duplicateAddress() throws {
    let text = Self.pciconf + Self.pciconf
    try Passthru.withFile(Data(text.utf8)) { file in
      try expect(["list", "--from", file], status: 2, mentions: ["twice", "0000:01:00.0"])
    }
  }

  @Test func unknownSelector() throws {
    try Passthru.withFile(Data(Self.pciconf.utf8)) { file in
      try expect(["check", "igb7", "--from", file], status: 64, mentions: ["igb7"])
      try expect(["check", "0a:00.0", "--from", file], status: 64, mentions: ["0a:00.0"])
      try expect(["check", "!", "--from", file], status: 64, mentions: ["not a valid selector"])
    }
  }

  @Test func ambiguousSelector() throws {
    let domains = Self.pciconf.replacingOccurrences(of: "em0@pci0:", with: "em0@pci65536:")
      .replacingOccurrences(of: "em1@pci0:1:0:1", with: "em1@pci65537:1:0:0")
    try Passthru.withFile(Data(domains.utf8)) { file in
      try expect(
        ["check", "01:00.0", "--from", file], status: 64,
        mentions: ["10000:01:00.0 or 10001:01:00.0"])
    }
  }

  @Test(
    "wrong arguments",
    arguments: [
      ["list", "--bogus"], ["frobnicate", "--from", "x", "y"], ["plan"],
      ["list", "--format", "xml"], ["emit"], ["check", "--for", "xen"],
    ])
  func wrongArguments(_ arguments: [String]) throws {
    let run = try Passthru.run(arguments)
    #expect(run.status == 64 || arguments.first == "frobnicate", "\(run.errors)")
    #expect(run.status != 0)
    #expect(run.errors.hasPrefix("passthru: "))
    #expect(run.output.isEmpty)
  }

  @Test func guestNamesThatAShellWouldActOn() throws {
    try Passthru.withFile(Data(Self.pciconf.utf8)) { file in
      for name in ["a b", "$(id)", "a;b", "-x", "a/b", "a\nb"] {
        try expect(
          ["plan", "em0", "--guest=\(name)", "--from", file], status: 64,
          mentions: ["cannot name a guest"])
      }
      try expect(["plan", "em0", "--from", file], status: 64, mentions: ["--guest"])
    }
  }

  @Test func unknownTargetAndKind() throws {
    try Passthru.withFile(Data(Self.pciconf.utf8)) { file in
      try expect(
        ["emit", "vmware", "em0", "--guest", "g", "--from", file], status: 64,
        mentions: ["vmware", "vm-bhyve"])
      try expect(["list", "--from", file, "--as", "pdf"], status: 2, mentions: ["pdf"])
      try expect(
        ["emit", "bhyve", "em0", "--guest", "g", "--slot", "32", "--from", file], status: 64,
        mentions: ["32"])
    }
  }

  /// A device that never ends, and a pipe that nobody writes to, are no pci.ids.
  @Test func namesThatNeverEndAreRefused() throws {
    let pipe = FileManager.default.temporaryDirectory
      .appendingPathComponent("ids-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: pipe) }
    try #require(mkfifo(pipe, 0o600) == 0)
    let file = TestCorpora.fixtures.appendingPathComponent("lspci/legacy-i440fx-xxxx.txt").path
    for names in ["/dev/zero", pipe] {
      for command in ["list", "tree"] {
        let run = try Passthru.run([command, "--pci-ids", names, "--from", file])
        #expect(run.status == 2)
        #expect(run.errors.contains("no pipe or device"))
      }
    }
  }
}
