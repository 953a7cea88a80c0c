// SPDX-License-Identifier: Apache-2.0

import DeletionLaw
import Foundation
import PCI
import PCIHost
import PCIRecords
import PassthruAnalysis
import TestCorpora
import Testing

/// Without a fact no verdict is better: the law, over the project's own recordings.
///
/// `Scripts/deletion-law.sh` tries every deletion, and the files of recorded trees; here
/// every seventh is.
@Suite("Without a fact no verdict is better") struct DeletionLawTests {
  static let recordings = [
    "hosts/intel-rich.json", "hosts/lab-amd.json", "hosts/lab-host-safety.json",
    "hosts/lab-intel.json", "hosts/lab-numa.json", "hosts/lab-virtio.json",
    "lspci/arm-smmuv3-vvvnn.txt", "lspci/desktop-noiommu-vvvnn.txt",
    "lspci/legacy-i440fx-xxxx.txt", "freebsd-vm/ppt15/pciconf-lvbce.txt",
  ]

  @Test(arguments: recordings, Consumer.allCases)
  func holds(_ name: String, _ consumer: Consumer) throws {
    let bytes = try TestCorpora.bytes(TestCorpora.fixtures.appendingPathComponent(name))
    let host = try Machine(recording: bytes, location: name)
    var law = DeletionLaw()
    law.hold(host, for: consumer, stride: 7, from: name.utf8.count % 7)
    #expect(law.tried > 10)
    for breach in law.breaches + law.unexplained { Issue.record("\(breach)") }
  }

  /// What the law sees: a host whose lost fact makes a verdict better is a breach.
  @Test func aBetterVerdictIsSeen() throws {
    let name = "hosts/lab-host-safety.json"
    let bytes = try TestCorpora.bytes(TestCorpora.fixtures.appendingPathComponent(name))
    let host = try Machine(recording: bytes, location: name)
    let kept = try #require(host.dependencies.first)
    var silent = host
    silent.dependencies.removeAll { $0.function == kept.function }
    var law = DeletionLaw()
    law.compare(
      host.assessments(for: .vfio), silent.assessments(for: .vfio), .vfio,
      without: { "a dependency" })
    #expect(!law.breaches.isEmpty)
  }
}
