// SPDX-License-Identifier: Apache-2.0

// Times scans of a sysfs tree in one process.
//
// Usage: scan-bench ROOT [--facts essential|inventory|verdicts|full] [--runs N] [--threads N]
//                        [--stage scan|groups|verdicts|json] [--for vfio|bhyve]
//                        [--memory]
//
// Prints one line: functions, then microseconds a function, minimum and median,
// of the stage named. The programs under Peers/ print the same, so that one
// script compares them. With --memory prints by how many bytes a function one
// scan made the process grow, the host it made included.

import Glibc
import PCI
import PCIBus
import PCIHost
import PassthruAnalysis

/// Now, in nanoseconds of the monotonic clock.
func now() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Writes to standard error.
func complain(_ text: String) {
  let bytes = Array(text.utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// The process's resident memory that is no file's, in bytes.
///
/// `RssAnon` of /proc/self/status: pages of the program itself come with use,
/// and are not the host's.
func residentBytes() -> Int {
  var text = [UInt8](repeating: 0, count: 4096)
  let file = open("/proc/self/status", O_RDONLY)
  defer { close(file) }
  let length = max(0, read(file, &text, text.count))
  for line in text[..<length].split(separator: 0x0a) where line.starts(with: "RssAnon:".utf8) {
    let digits = line.filter { $0 >= 0x30 && $0 <= 0x39 }
    return 1024 * (Int(String(decoding: digits, as: UTF8.self)) ?? 0)
  }
  return 0
}

var root: String?
var options = ScanOptions.inventory
var runs = 1
var stage = "scan"
var countsMemory = false
var consumer = Consumer.vfio
var pending = CommandLine.arguments.dropFirst()[...]
while let argument = pending.popFirst() {
  switch argument {
  case "--runs": runs = pending.popFirst().flatMap { Int($0) } ?? 1
  case "--threads": options.threads = pending.popFirst().flatMap { Int($0) }
  case "--stage": stage = pending.popFirst() ?? stage
  case "--memory": countsMemory = true
  case "--for": consumer = pending.popFirst().flatMap { Consumer(rawValue: $0) } ?? consumer
  case "--facts":
    switch pending.popFirst() {
    case "essential": options.facts = .essential
    case "verdicts": options = .verdicts
    case "full": options = ScanOptions(facts: .all, includesHostFacts: true)
    default: options.facts = .inventory
    }
  default: root = argument
  }
}
guard let root else {
  complain(
    "usage: scan-bench ROOT [--facts essential|inventory|verdicts|full] [--runs N]\n"
      + "                  [--threads N]\n"
      + "                  [--stage scan|groups|verdicts|json]\n"
      + "                  [--for vfio|bhyve] [--memory]\n")
  exit(64)
}

var times: [UInt64] = []
var count = 0
for _ in 0..<max(runs, 1) {
  let resident = residentBytes()
  var start = now()
  do throws(ScanError) {
    let host = try SysfsScanner(root: root).scan(options)
    count = host.functions.count
    if countsMemory {
      print(count, (residentBytes() - resident) / max(count, 1))
      exit(0)
    }
    if stage != "scan" { start = now() }
    // What is freed is freed outside of the time taken, as in the peers.
    var verdicts: [[Assessment]] = []
    var groups: GroupPrediction?
    if stage == "verdicts" || stage == "groups" {
      let tables = HostTables(host: host, consumer: consumer)
      groups = tables.predictedGroups
      if stage == "verdicts" {
        // In as many threads as the scan, as the list does it.
        verdicts = inParts(of: count, threads: options.threads) { part in
          part.map { Assessment(of: $0, in: tables) }
        }
        guard verdicts.reduce(0, { $0 + $1.count }) == count else { exit(1) }
      }
    } else if stage == "json" {
      var json = JSONWriter(reserving: count * 512)
      MachineWriter(host, detail: .inventory).write(into: &json)
      guard json.bytes.count > count else { exit(1) }
    }
    times.append(now() - start)
    guard host.functions.count == count, stage != "groups" || groups?.groupOf.count == count
    else { exit(1) }
    _ = verdicts.count
  } catch {
    complain("scan-bench: \(error)\n")
    exit(2)
  }
}
times.sort()
let perFunction = times.map { Double($0) / 1000 / Double(max(count, 1)) }
print(count, perFunction[0], perFunction[times.count / 2])
