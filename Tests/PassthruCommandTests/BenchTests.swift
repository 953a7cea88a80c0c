// SPDX-License-Identifier: Apache-2.0

import Foundation
import PassthruReport
import TestCorpora
import Testing

@Suite struct BenchTests {
  private static let recording =
    TestCorpora.root.appendingPathComponent("Fixtures/hosts/intel-rich.json").path

  @Test func theDocumentKeepsToItsSchema() throws {
    try SchemaTests().validate(
      ["bench", "--runs", "3", "--bare", "--format", "json", "--from", Self.recording],
      expecting: "passthru.bench/1")
  }

  @Test func countsTheRunsThatItIsTold() throws {
    let run = try Passthru.run(["bench", "--runs", "4", "--bare", "--from", Self.recording])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("62 functions, 4 scans, "))
    for number in ["0", "-1", "1000001"] {
      let wrong = try Passthru.run(["bench", "--runs=" + number, "--from", Self.recording])
      #expect(wrong.status == 64)
    }
  }

  /// Minimum, median and rate of known times.
  @Test func reckonsFromTheTimes() {
    var report = BenchReport(
      functions: 1000, processors: 2, system: "linux",
      scan: .init("scan", [9_000_000, 4_000_000, 5_000_000]))
    #expect(report.functionsPerSecond == 200_000)
    report.systemCalls = 19_035
    report.processes = [.init("passthru", [2_000_000]), .init("lspci -n", [5_500_000])]
    let text = report.text()
    #expect(text.contains("minimum 4.000 ms, median 5.000 ms"))
    #expect(text.contains("200000 functions a second"))
    #expect(text.contains("19035 system calls a scan, 19.03 a function"))
    #expect(text.contains("median 5.500 ms, 2.75 times as long"))
  }
}
