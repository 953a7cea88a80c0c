// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import TestCorpora
import Testing

@testable import PCIBus

@Suite struct SysfsCorporaTests {
  @Test(.enabled(if: TestCorpora.isPresent), arguments: SysfsTrees.all)
  func everyDeviceDirectoryIsAFunction(_ tree: String) throws {
    let folder = try TestCorpora.unpacked(tree)
    let listed = try FileManager.default.contentsOfDirectory(
      atPath: try SysfsTrees.devices(below: folder).path)
    let host = try SysfsScanner(root: folder.path).scan()
    #expect(!listed.isEmpty)
    #expect(Set(host.functions.map(\.address.description)) == Set(listed))
    #expect(host.functions.count == listed.count)
    #expect(host.source.kind == .sysfs)
    #expect(host.functions.map(\.address) == host.functions.map(\.address).sorted())
    for gap in host.gaps {
      #expect(!gap.reason.isEmpty && !gap.fact.isEmpty)
    }
  }
}
