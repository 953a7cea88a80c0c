// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCIBus
import PCIHost
import PassthruReport
import TestCorpora
import Testing

@testable import PassthruCommand

/// A list reads less than a check: what it prints must be the same.
@Suite struct ListFactsTests {
  @Test(
    .enabled(if: TestCorpora.isPresent),
    arguments: [
      "arm-smmuv3", "desktop-noiommu", "intel-rich", "intel-vf-980", "legacy-i440fx",
      "noiommu-rich", "vfio-bound",
    ])
  func aListOfFewerFactsIsTheSame(_ name: String) throws {
    let folder = try TestCorpora.unpacked("linux-vm/\(name).tar.zst")
    let scanner = SysfsScanner(root: folder.path)
    for consumer in [nil, "bhyve"] {
      var list = ListFunctions()
      list.common.showsAll = true
      list.common.consumer = consumer.flatMap { .init(rawValue: $0) }
      let rows: ListRows.Maker = { [$1(0..<$0)] }
      let names = DeviceNames(nil)
      let few = try list.list(try scanner.scan(.verdicts), names, rows: rows)
      let all = try list.list(try scanner.scan(.full), names, rows: rows)
      #expect(few.output.count > 100)
      #expect(
        String(decoding: few.output, as: UTF8.self) == String(decoding: all.output, as: UTF8.self))
    }
  }
}
