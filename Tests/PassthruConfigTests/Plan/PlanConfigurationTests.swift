// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import PassthruAnalysis
import PassthruConfig
import TestCorpora
import Testing

/// The one way from a plan to a consumer's text, as a program takes it.
@Suite("A plan's configuration") struct PlanConfigurationTests {
  private static func machine(_ name: String) throws -> Machine {
    try Machine(
      recording: TestCorpora.bytes(TestCorpora.fixtures.appendingPathComponent(name)),
      location: name)
  }

  /// A disk that the host's file system is on does not come out, unless it is allowed by name.
  @Test func aBlockedDiskIsThrown() throws {
    let machine = try Self.machine("hosts/lab-host-safety.json")
    let disk = try #require(machine.dependencies.first { $0.kind == .fileSystem }).function
    let plan = try machine.plan(for: [disk], guest: "web", consumer: .vfio)
    let refusal = #expect(throws: ConfigurationRefusal.self) {
      try plan.configuration(for: .libvirt, takesGroup: true)
    }
    guard case .blocked(let assessments) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(assessments.contains { $0.address == disk && $0.verdict == .blocked })
    let allowed = try plan.configuration(
      for: .libvirt, takesGroup: true, allowing: Set(plan.devices))
    #expect(allowed.text.contains("<hostdev"))
  }

  /// Half a group is thrown with what is missing; the whole comes out.
  ///
  /// The lab's kernel has 01:00.0 and 01:00.1 in one group (its topology's file).
  @Test func halfAGroupIsThrown() throws {
    let machine = try Self.machine("hosts/lab-intel.json")
    let address = try #require(FunctionAddress("0000:01:00.0"))
    let other = try #require(FunctionAddress("0000:01:00.1"))
    let plan = try machine.plan(for: [address], guest: "web", consumer: .vfio)
    #expect(throws: ConfigurationRefusal.incomplete([other])) {
      try plan.configuration(for: .libvirt)
    }
    let whole = try plan.configuration(for: .libvirt, takesGroup: true)
    #expect(whole.text.components(separatedBy: "<source>").count == 3)
  }

  /// A loader.conf has its hints, whatever consumer the plan was made for, and says what a
  /// text of the bus does not.
  ///
  /// What moves was seen on that kernel (Fixtures/freebsd-vm).
  @Test(arguments: Consumer.allCases) func loaderConfHasItsHints(_ consumer: Consumer) throws {
    let machine = try Self.machine("freebsd-vm/rich15/pciconf-lvbce.txt")
    let address = try #require(FunctionAddress("0000:01:00.1"))
    let plan = try machine.plan(for: [address], guest: "pfsense", consumer: consumer)
    let document = try plan.configuration(for: .loaderConf, takesGroup: true)
    #expect(document.text.contains("hint.em.2.at=\"pci0:9:1:0\""))
    #expect(document.text.contains("that is not recorded"))
    let request = try plan.request(for: .loaderConf, takesGroup: true)
    #expect(!request.unknowns.isEmpty)
  }

  @Test func anAddressThatIsNotThereIsThrown() throws {
    let machine = try Self.machine("hosts/lab-intel.json")
    let address = try #require(FunctionAddress("0000:77:00.0"))
    #expect(throws: PlanError.noFunction(address)) {
      try machine.plan(for: [address], guest: "web", consumer: .vfio)
    }
  }
}
