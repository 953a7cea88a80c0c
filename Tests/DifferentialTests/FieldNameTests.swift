// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIBus
import PCIHost
import PCIRecords
import TestCorpora
import Testing

/// Every field that real devices have is in the list of names.
@Suite("Field names")
struct FieldNameTests {
  @Test(
    "every field of every function of the corpora is in the catalogue",
    .enabled(if: TestCorpora.isPresent, "needs the corpora"))
  func everyName() throws {
    let catalogue = Set(FieldCatalogue.names)
    var seen: Set<String> = []
    var functions = 0
    func check(_ space: ConfigurationSpace, _ name: String) {
      functions += 1
      var own = space.headerFields.map { $0.name }
      for capability in space.capabilities {
        own += capability.fields.map { capability.shortName + "." + $0.name }
      }
      for field in own where seen.insert(field).inserted {
        #expect(catalogue.contains(FieldCatalogue.pattern(of: field)), "\(name): \(field)")
      }
    }
    for url in TestCorpora.files("lspci-hex") {
      let host = try Machine(
        recording: TestCorpora.bytes(url), as: .lspci, location: url.lastPathComponent)
      for case let space? in host.functions.map({ $0.configuration }) {
        check(space, url.lastPathComponent)
      }
    }
    for url in TestCorpora.files("config", suffix: ".config") {
      check(ConfigurationSpace(try TestCorpora.bytes(url)), url.lastPathComponent)
    }
    for url in TestCorpora.files("linux-vm", suffix: ".tar.zst") {
      let root = try TestCorpora.unpacked("linux-vm/" + url.lastPathComponent)
      let sys = root.appendingPathComponent("sys").path
      var host = try SysfsScanner(root: sys).scan()
      ConfigurationReader(root: sys).read(host.functions.indices, into: &host)
      for case let space? in host.functions.map({ $0.configuration }) {
        check(space, url.lastPathComponent)
      }
    }
    #expect(functions > 1000)
    #expect(seen.count > 500)
    print("field names: \(seen.count) different ones in \(functions) functions")
  }
}
