// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruAnalysis

/// What a bridge is told of the host's needs behind it.
@Suite struct BehindBridgeTests {
  /// A root port with a switch, of which one port has the root disk and one a spare card;
  /// a second root port with a swap disk behind it; and the south bridge.
  private func host(_ finish: (inout Machine) -> Void = { _ in }) -> Machine {
    var small = SmallHost()
    small.addBridge("00:02.0", to: 1) { $0.bridge?.subordinate = 4 }
    small.addBridge("01:00.0", to: 2) {
      $0.upstream = .bridge(at("00:02.0"))
      $0.bridge?.subordinate = 4
    }
    small.addBridge("02:00.0", to: 3) { $0.upstream = .bridge(at("01:00.0")) }
    small.addBridge("02:01.0", to: 4) { $0.upstream = .bridge(at("01:00.0")) }
    small.add("03:00.0", 0x010802) { $0.upstream = .bridge(at("02:00.0")) }
    small.add("04:00.0", 0x120000) { $0.upstream = .bridge(at("02:01.0")) }
    small.addBridge("00:03.0", to: 5)
    small.add("05:00.0", 0x010000) { $0.upstream = .bridge(at("00:03.0")) }
    small.add("00:1f.0", 0x060100)
    small.host.dependencies = [
      HostDependency(
        kind: .fileSystem, subject: "/", chain: ["dm-0", "nvme0n1"], function: at("03:00.0")),
      HostDependency(kind: .swap, subject: "/dev/vda", chain: ["vda"], function: at("05:00.0")),
    ]
    finish(&small.host)
    return small.host
  }

  private func findings(
    of address: String, in host: Machine, allowing: Set<FunctionAddress> = []
  ) throws -> (verdict: Verdict, first: String?, host: [Finding]) {
    let all = host.assessments(for: .vfio, allowing: allowing)
    let assessment = try #require(all.first { $0.address == at(address) })
    return (
      assessment.verdict, assessment.findings.first?.id,
      assessment.findings.filter { $0.id.hasPrefix("host.") && $0.severity != .unknown }
    )
  }

  @Test(arguments: ["00:02.0", "01:00.0", "02:00.0"])
  func everyBridgeAboveTheRootDiskIsTold(_ address: String) throws {
    let found = try findings(of: address, in: host())
    #expect(found.verdict == .blocked)
    #expect(found.first == "dev.bridge")
    let finding = try #require(found.host.first)
    #expect(found.host.count == 1)
    #expect(finding.id == "host.file-system")
    #expect(finding.severity == .blocker)
    #expect(
      finding.evidence == "/ is on dm-0, on nvme0n1, on 0000:03:00.0, which is behind it")
    #expect(finding.related == [at("03:00.0")])
    // No allowance makes a bridge an endpoint.
    #expect(!finding.remedy.contains("--allow"))
  }

  @Test func eachBridgeIsToldOfItsOwnBranch() throws {
    #expect(try findings(of: "00:03.0", in: host()).host.map(\.id) == ["host.swap"])
    // A sibling port, and the south bridge, have nothing behind them that is needed.
    for address in ["02:01.0", "00:1f.0"] {
      let found = try findings(of: address, in: host())
      #expect(found.verdict == .blocked)
      #expect(found.host.isEmpty)
    }
    #expect(try findings(of: "04:00.0", in: host()).verdict != .blocked)
  }

  @Test func withoutNeedsNothingIsSaid() throws {
    let idle = host { $0.dependencies = [] }
    for function in idle.functions where function.isBridge == true {
      #expect(try findings(of: function.address.description, in: idle).host.isEmpty)
    }
  }

  @Test func anAllowanceIsShownAndChangesNoVerdict() throws {
    let found = try findings(of: "01:00.0", in: host(), allowing: [at("03:00.0")])
    #expect(found.verdict == .blocked)
    #expect(found.host.map(\.severity) == [.risk])
    let disk = try findings(of: "03:00.0", in: host(), allowing: [at("03:00.0")])
    // No group is recorded, and no capability that would tell with what it shares one.
    #expect(disk.verdict == .conditional)
    #expect(disk.host.map(\.severity) == [.risk])
  }

  /// A few of each kind are enough, and no kind hides another.
  @Test func aFewOfEachKindAreShown() throws {
    let busy = host {
      for mount in 0..<200 {
        $0.dependencies.append(
          HostDependency(
            kind: .fileSystem, subject: "/mnt/\(mount)", chain: ["nvme0n1"],
            function: at("03:00.0")))
      }
      $0.dependencies.append(
        HostDependency(
          kind: .defaultRoute, subject: "the default route", chain: ["eth0"],
          function: at("04:00.0")))
    }
    let top = try findings(of: "00:02.0", in: busy).host.map(\.id)
    #expect(top.filter { $0 == "host.file-system" }.count == 3)
    #expect(top.filter { $0 == "host.default-route" }.count == 1)
    #expect(top.count == 4)
  }

  /// Three mounts on an allowed disk hide no other disk's.
  @Test func anAllowedDiskHidesNoOther() throws {
    var small = SmallHost()
    for address in ["05:00.0", "05:00.1"] {
      small.add(address, 0x010802) { $0.iommuGroup = 7 }
    }
    small.add("00:0e.0", 0x010400)
    small.addBridge("10000:e0:06.0", to: 0xe1) { $0.upstream = .bridge(at("00:0e.0")) }
    for address in ["10000:e1:00.0", "10000:e1:00.1"] {
      small.add(address, 0x010802) { $0.upstream = .bridge(at("10000:e0:06.0")) }
    }
    for (spare, root) in [("05:00.0", "05:00.1"), ("10000:e1:00.0", "10000:e1:00.1")] {
      small.host.dependencies = ["/a", "/b", "/c"].map {
        HostDependency(kind: .fileSystem, subject: $0, chain: ["nvme0n1"], function: at(spare))
      }
      small.host.dependencies.append(
        HostDependency(kind: .fileSystem, subject: "/", chain: ["nvme1n1"], function: at(root)))
      for address in [spare == "05:00.0" ? "05:00.0" : "00:0e.0", root] {
        let found = try findings(of: address, in: small.host, allowing: [at(spare)])
        #expect(found.verdict == .blocked, "\(address)")
        #expect(
          found.host.contains { $0.severity == .blocker && $0.related == [at(root)] },
          "\(address)")
      }
    }
  }

  /// A VMD is an endpoint and can be handed over, and the disks behind it go along.
  @Test func anEndpointThatHoldsADomainIsTold() throws {
    var small = SmallHost()
    small.add("00:0e.0", 0x010400)
    small.addBridge("10000:e0:06.0", to: 0xe1) { $0.upstream = .bridge(at("00:0e.0")) }
    small.add("10000:e1:00.0", 0x010802) { $0.upstream = .bridge(at("10000:e0:06.0")) }
    #expect(try findings(of: "00:0e.0", in: small.host).host.isEmpty)
    let disk = at("10000:e1:00.0")
    small.host.dependencies = [
      HostDependency(kind: .fileSystem, subject: "/", chain: ["nvme0n1p2"], function: disk)
    ]
    let found = try findings(of: "00:0e.0", in: small.host)
    #expect(found.verdict == .blocked)
    #expect(
      found.host.map(\.evidence)
        == ["/ is on nvme0n1p2, on 10000:e1:00.0, which must go along"])
    #expect(found.host.allSatisfy { $0.remedy.contains("--allow 10000:e1:00.0") })
    let allowed = try findings(of: "00:0e.0", in: small.host, allowing: [disk])
    #expect(allowed.verdict != .blocked)
    #expect(allowed.host.map(\.severity) == [.risk])
    // Linux puts the disk into the VMD's group: then it is told once all the same.
    for index in [0, 2] { small.host.functions[index].iommuGroup = 5 }
    for address in ["00:0e.0", "10000:e1:00.0"] {
      #expect(try findings(of: address, in: small.host).host.count == 1)
    }
  }
}
