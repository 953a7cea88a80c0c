// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

@Suite("Files of FreeBSD are judged by their host") struct LintHostTests {
  /// A recorded kernel whose only display is at 0/1/0, and where 0/2/0 is a bridge.
  @Test(arguments: [
    ("pptdevs=\"0/1/0\"", "host.blocked"), ("pptdevs=\"0/2/0\"", "pptdevs.bridge"),
    ("pptdevs=\"99/0/0\"", "pptdevs.absent"),
  ])
  func isTold(_ line: String, _ id: String) throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString)-loader.conf")
    try ("vmm_load=\"YES\"\n" + line + "\n").write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let host = TestCorpora.fixtures
      .appendingPathComponent("freebsd-vm/rich15/pciconf-lvbce.txt").path
    let run = try Passthru.run(["lint", file.path, "--from", host])
    #expect(run.status == 1)
    #expect(run.output.contains("[" + id + "]"), "\(run.output)")
  }
}
