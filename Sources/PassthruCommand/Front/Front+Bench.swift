// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruReport

extension Front {
  /// Times scans of this machine's bus or a recording, and what others take for it.
  func bench(
    _ request: BenchRequest, _ common: CommonOptions
  ) throws(PlatformError) -> CommandResult {
    let place = ReadingRequest.Place(path: common.from, kind: common.kind, via: common.via)
    // The first fills the kernel's caches, and is not counted.
    let first = try host(at: place, common.from == nil ? .full : .inventory)
    var times: [UInt64] = []
    for _ in 0..<request.runs {
      let start = system.nanoseconds
      let scanned = try host(at: place, .inventory)
      times.append(system.nanoseconds - start)
      guard scanned.functions.count == first.functions.count else {
        throw PlatformError("functions came or went while the scans were timed: run it again")
      }
    }
    let kernel = [first.system.release, first.system.architecture].compactMap { $0 }
    var report = BenchReport(
      functions: first.functions.count, processors: system.processors,
      system: ([first.system.family.rawValue] + kernel).joined(separator: " "),
      scan: BenchReport.Series("scan", times))
    if !request.isBare { system.addOthers(to: &report, request) }
    guard common.format == .text else {
      return .json { report.write(into: &$0) }
    }
    return CommandResult(report.text())
  }
}
