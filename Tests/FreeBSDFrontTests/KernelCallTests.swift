// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

extension FrontTests {
  /// What a scan asks of the kernel, and what it says where the kernel does not answer.
  struct KernelCallTests {
    /// One PCIOCGETCONF fills the list; an inventory reads no configuration space, but for
    /// the bus numbers of each bridge where the kernel does not report them (these do not)
    /// and the user may; a full scan reads a register once.
    @Test(arguments: Kernel.names, [Kernel.Who.root, .user])
    func scanAsksOnce(_ name: String, _ who: Kernel.Who) throws {
      let kernel = Kernel(name: name, who: who)
      let recorded = String(
        decoding: try Data(contentsOf: kernel.folder.appendingPathComponent("devpci.txt")),
        as: UTF8.self
      ).split(separator: "\n").filter { $0.hasPrefix("dev ") }
      let bridges = recorded.filter { $0.contains(#/ hdr=0[12] /#) }.count
      try #require(!recorded.isEmpty)
      for command in ["tree", "list"] {
        let file = try Front.folder("counts").appendingPathComponent("\(kernel)-\(command)")
        _ = try kernel.run([command, "-a"], environment: ["FREEBSD_COUNTS": file.path])
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let counts = Dictionary(
          uniqueKeysWithValues: text.matches(of: #/([a-z]+)=([0-9]+)/#).map {
            (String($0.1), Int($0.2))
          })
        let limit =
          switch (command, who) {
          case ("tree", .root): bridges
          case ("list", .root): recorded.count * 1024 + bridges
          default: 0
          }
        #expect(counts["getconf"] == 1, "\(text)")
        #expect(try #require(counts["read"] ?? nil) <= limit, "\(text)")
        // Seven registers of a function can be base address registers.
        #expect(try #require(counts["bar"] ?? nil) <= recorded.count * 7, "\(text)")
        Front.counted.add("scans")
        if who == .root { print("\(name) \(command): \(text)", terminator: "") }
      }
    }

    @Test func aJailIsNamed() throws {
      let run = try Kernel(name: "rich15", who: .jail).run(["check"])
      #expect(run.status == 2)
      #expect(String(decoding: run.errors, as: UTF8.self).contains("as in a jail"))
      Front.counted.add("refusals")
    }

    @Test func aboveSecurelevelZeroACheckStillAnswers() throws {
      let run = try Kernel(name: "rich15", who: .securelevel).run(["check"])
      #expect(run.status == 0, "\(run.text)")
      Front.counted.add("refusals")
    }
  }
}
