// SPDX-License-Identifier: Apache-2.0
//
// Times the parts of the library one by one:
//
//     swift run -c release --package-path Tests/Benchmarks/Parts parts
//
// `--format json` and `--filter NAME` are the benchmark library's own.

import Benchmark
import Foundation
import PCI
import PCIHost
import PCINames
import PCIRecords
import PassthruAnalysis
import PassthruConfig

/// The project's folder, found from this file's.
let project = (0..<6).reduce(URL(fileURLWithPath: #filePath)) { path, _ in
  path.deletingLastPathComponent()
}

/// The bytes of a file of the project.
func bytes(_ path: String) -> [UInt8] {
  guard let data = try? Data(contentsOf: project.appendingPathComponent(path)) else {
    fatalError("\(path) is not there: run it from a checkout of the project")
  }
  return [UInt8](data)
}

/// Keeps a result from being left out by the optimiser.
@inline(never) func keep<Value>(_ value: Value) {}

// A kernel's own recording of 62 functions, with configuration space.
guard let host = try? Machine(recording: bytes("Fixtures/hosts/intel-rich.json"), location: "host")
else {
  fatalError("the recording cannot be read")
}
// Of a recording with configuration space, the one with the most capabilities.
let dump = "Fixtures/lspci/legacy-i440fx-xxxx.txt"
let spaces =
  (try? Machine(recording: bytes(dump), location: dump))?.functions
  .compactMap { $0.configuration } ?? []
guard
  let space = spaces.max(by: { $0.capabilities.count < $1.capabilities.count }),
  !space.capabilities.isEmpty
else { fatalError("\(dump) has no configuration space") }

benchmark("decode one configuration space, every capability's fields") {
  for capability in space.capabilities { keep(capability.fields) }
}
benchmark("walk the capability lists of one configuration space") {
  keep(space.capabilities.count)
}
benchmark("name every class code of a host") {
  for function in host.functions { keep(function.classCode?.name) }
}

if let place = NameDatabase.places.first(where: { FileManager.default.fileExists(atPath: $0) }),
  let data = try? Data(contentsOf: URL(fileURLWithPath: place))
{
  let file = [UInt8](data)
  let names = NameDatabase(bytes: file)
  benchmark("index a whole pci.ids") { keep(NameDatabase(bytes: file).vendorCount) }
  benchmark("excerpt a pci.ids for a host of 62 functions") {
    var excerpt = NameExcerpt(for: host.functions.map(\.identity))
    excerpt.add(file)
    excerpt.finish()
    keep(excerpt.bytes.count)
  }
  benchmark("look up one device and its board") {
    let identity = host.functions[2].identity
    keep(names.device(identity.deviceID, vendor: identity.vendorID))
    if let vendor = identity.subsystemVendorID, let device = identity.subsystemID {
      keep(
        names.subsystem(
          device, subsystemVendor: vendor, device: identity.deviceID,
          vendor: identity.vendorID))
    }
  }
} else {
  print("SKIPPED: no pci.ids is installed: look-ups are not timed")
}

benchmark("predict the groups of 62 functions") {
  keep(HostTables(host: host, consumer: .vfio).predictedGroups.groups.count)
}
benchmark("judge 62 functions") { keep(host.assessments(for: .vfio).count) }

guard let address = FunctionAddress("0000:00:04.1") else { fatalError("no address") }
var request = ConfigurationRequest(host: host, devices: [address], guest: "guest")
for target in Target.all {
  // A target that refuses a Linux host's device is timed in refusing it.
  benchmark("emit \(target.name)") { keep(try? target.emit(request)) }
}

Benchmark.main()
