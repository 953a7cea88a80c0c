// SPDX-License-Identifier: Apache-2.0
//
// deletion-law PATH...: takes every fact out of each recorded host, one after the other,
// and every file out of a recorded sysfs tree (which it changes and puts back), and says
// where a verdict is better without it. Exit status 1 where one is, but for files that
// leave no trace; and where one is worse with it and no rule says by what.

import DeletionLaw
import Foundation
import PCIBus
import PCIHost
import PCIRecords
import PassthruAnalysis

func host(_ path: String) throws -> Machine {
  var isFolder: ObjCBool = false
  if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
    return try SysfsScanner(root: path).scan()
  }
  return try Machine(
    recording: Array(Data(contentsOf: URL(fileURLWithPath: path))), location: path)
}

let mostLost = 22
var total = DeletionLaw()
for path in CommandLine.arguments.dropFirst() {
  do {
    let host = try host(path)
    var law = DeletionLaw()
    for consumer in [Consumer.vfio, .bhyve] { law.hold(host, for: consumer) }
    if host.source.kind == .sysfs { try RecordedTree(root: path).hold(&law) }
    print(
      "\(path): \(law.tried) deletions, \(law.moved) verdicts moved, \(law.breaches.count) better")
    for breach in law.breaches.prefix(200) { print("  " + breach.description) }
    total.tried += law.tried
    total.moved += law.moved
    total.breaches += law.breaches
    total.worsened += law.worsened
    total.unexplained += law.unexplained
    for breach in law.unexplained.prefix(20) { print("  " + breach.description) }
  } catch {
    print("\(path): SKIPPED: \(error)")
  }
}
print(
  "\(total.tried) deletions tried, \(total.moved) verdicts moved, \(total.breaches.count) better")
// A link of a recorded tree may be lost without a trace: no other file of the tree names
// what it led to. Such are counted, and may not become more.
let lost = total.breaches.count { $0.deletion.hasPrefix("the file ") }
print("\(lost) of them are files of which the tree has no other trace (at most \(mostLost))")
print(
  "\(total.worsened) verdicts are blocked with the fact and not without it, "
    + "\(total.unexplained.count) of them by no rule that says why")
let holds = total.breaches.count == lost && lost <= mostLost && total.unexplained.isEmpty
exit(holds ? 0 : 1)
