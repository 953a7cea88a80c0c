// SPDX-License-Identifier: Apache-2.0

import Glibc
import PCI
import PCIHost
import PCIRecords

/// Reads the input as one kind of recording and follows it to the snapshot and back.
///
/// What can be written must be read again, and be written the same: where it is
/// not, this traps.
func follow(_ bytes: [UInt8], as kind: RecordKind) {
  var host: Machine
  do {
    host = try Machine(recording: bytes, as: kind, location: "input")
  } catch {
    demand(!error.description.isEmpty, "an error without words")
    return
  }
  demand(!host.functions.isEmpty || kind == .snapshot, "a host without functions")
  let topology = Topology(host)
  for index in host.functions.indices { _ = topology.ancestors(of: index) }
  for function in host.functions { _ = function.capabilityFacts }
  for gap in host.gaps { demand(!gap.reason.isEmpty, "a gap without a reason") }
  // A host read from a snapshot says that it was.
  host.source.kind = .snapshot
  let first = snapshot(of: host)
  do throws(MachineReader.Failure) {
    let again = try MachineReader.read(first, location: "input")
    let second = snapshot(of: again)
    demand(second == first, "a snapshot changes when it is read and written", first, second)
    demand(again == host, "a host changes by way of a snapshot", first)
  } catch {
    demand(false, "a snapshot cannot be read back: \(error.reason)", first)
  }
}

/// Ends the program with words, which an optimised `precondition` does not print.
private func demand(_ isTrue: Bool, _ message: String, _ documents: [UInt8]...) {
  guard !isTrue else { return }
  print(message, documents.count)
  for document in documents { print(String(decoding: document, as: UTF8.self)) }
  fflush(nil)
  fatalError(message)
}

private func snapshot(of host: Machine) -> [UInt8] {
  var json = JSONWriter()
  MachineWriter(host, detail: .snapshot).write(into: &json)
  return json.bytes
}
