// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCIBus
import PCIHost
import PassthruCommand
import TestCorpora
import Testing

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
      var invocation = Invocation(.list)
      invocation.showsAll = true
      invocation.consumer = consumer.flatMap { .init(rawValue: $0) }
      let few = invocation.run(on: try scanner.scan(.verdicts), names: nil)
      let all = invocation.run(on: try scanner.scan(.full), names: nil)
      #expect(few.output.count > 100)
      #expect(
        String(decoding: few.output, as: UTF8.self) == String(decoding: all.output, as: UTF8.self))
    }
  }
}
