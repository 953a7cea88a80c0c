// SPDX-License-Identifier: Apache-2.0

// Times scans of a sysfs tree in one process.
//
// Usage: scan-bench ROOT [--facts essential|inventory|full] [--runs N] [--threads N]
//
// Prints one line: functions, then microseconds a function, minimum and median.
// The programs under Peers/ print the same, so that one script compares them.

import Glibc
import PCI
import PCIBus
import PCIHost

/// Now, in nanoseconds of the monotonic clock.
func now() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Writes a line to standard error.
func complain(_ text: String) {
  let bytes = Array(text.utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

var root: String?
var options = ScanOptions.inventory
var runs = 1
var pending = CommandLine.arguments.dropFirst()[...]
while let argument = pending.popFirst() {
  switch argument {
  case "--runs": runs = pending.popFirst().flatMap { Int($0) } ?? 1
  case "--facts":
    switch pending.popFirst() {
    case "essential": options = ScanOptions(facts: .essential, includesHostFacts: false)
    case "full": options = .full
    default: options = .inventory
    }
  default: root = argument
  }
}
guard let root else {
  complain("usage: scan-bench ROOT [--facts essential|inventory|full] [--runs N]\n")
  exit(64)
}

var times: [UInt64] = []
var count = 0
for _ in 0..<max(runs, 1) {
  let start = now()
  do throws(ScanError) {
    let host = try SysfsScanner(root: root).scan(options)
    count = host.functions.count
  } catch {
    complain("scan-bench: \(error)\n")
    exit(2)
  }
  times.append(now() - start)
}
times.sort()
let perFunction = times.map { Double($0) / 1000 / Double(max(count, 1)) }
print(count, perFunction[0], perFunction[times.count / 2])
