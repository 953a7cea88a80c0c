// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import TestCorpora
import Testing

@testable import PassthruAnalysis

@Suite struct RuleTests {
  private func findings(_ rule: Rule, _ small: SmallHost, _ consumer: Consumer) -> [Finding] {
    let tables = HostTables(host: small.host, consumer: consumer)
    return rule.evaluate(RuleContext(index: 0, tables: tables))
  }

  @Test func everyRuleHasAnExample() {
    #expect(Set(Rule.all.map(\.id)) == Set(RuleExample.all.map(\.id)))
    #expect(Rule.all.count == Set(Rule.all.map(\.id)).count)
  }

  @Test(arguments: RuleExample.all) func speaksWhereItShould(_ example: RuleExample) throws {
    let rule = try #require(Rule.all.first { $0.id == example.id })
    #expect(rule.consumers.contains(example.consumer))
    let found = findings(rule, example.speaks(), example.consumer)
    #expect(!found.isEmpty)
    for finding in found {
      #expect(finding.id == example.id)
      #expect(!finding.evidence.isEmpty && !finding.evidence.hasSuffix("."))
      #expect(!finding.remedy.isEmpty && !finding.remedy.hasSuffix("."))
      #expect(!finding.source.isEmpty)
    }
  }

  @Test(arguments: RuleExample.all) func isSilentWhereItShould(_ example: RuleExample) throws {
    let rule = try #require(Rule.all.first { $0.id == example.id })
    #expect(findings(rule, example.isSilent(), example.consumer).isEmpty)
  }

  @Test(arguments: Rule.all.map(\.id)) func explainsItself(_ id: String) throws {
    let rule = try #require(Rule.all.first { $0.id == id })
    #expect(
      id.utf8.allSatisfy {
        $0 == 0x2e || $0 == 0x2d || (0x30...0x39).contains($0) || (0x61...0x7a).contains($0)
      })
    #expect(id.contains("."))
    #expect(rule.meaning.hasSuffix("."))
    #expect(rule.decision.hasSuffix("."))
    #expect(!rule.source.isEmpty && !rule.source.hasSuffix("."))
    #expect(!rule.consumers.isEmpty)
  }

  @Test func allowanceTurnsABlockerIntoARisk() throws {
    var small = SmallHost()
    let disk = small.add("02:00.0", 0x010802)
    small.host.dependencies = [
      HostDependency(
        kind: .fileSystem, subject: "/", chain: ["vg0-root", "dm-0", "nvme0n1p3"], function: disk)
    ]
    let blocked = try #require(small.host.assessments(for: .vfio).first)
    #expect(blocked.verdict == .blocked)
    let finding = try #require(blocked.findings.first)
    #expect(finding.evidence == "/ is on vg0-root, on dm-0, on nvme0n1p3, on 0000:02:00.0")
    #expect(finding.remedy.contains("--allow 0000:02:00.0"))
    let allowed = try #require(
      small.host.assessments(for: .vfio, allowing: [disk]).first)
    #expect(allowed.verdict == .eligible)
    #expect(allowed.findings.contains { $0.id == "host.file-system" && $0.severity == .risk })
  }

  /// What rests on one member of a group keeps all members.
  @Test func theWholeGroupIsProtected() {
    var small = SmallHost()
    small.add("02:00.0") { $0.iommuGroup = 1 }
    let disk = small.add("02:00.1", 0x010802) { $0.iommuGroup = 1 }
    small.add("03:00.0") { $0.iommuGroup = 2 }
    small.host.dependencies = [
      HostDependency(kind: .swap, subject: "swap", chain: ["nvme0n1p2"], function: disk)
    ]
    let found = small.host.assessments(for: .vfio)
    #expect(found.map(\.verdict) == [.blocked, .blocked, .eligible])
    #expect(found[0].findings[0].evidence.hasSuffix("which must go along"))
    // The allowance names the one that is needed, not the one that is asked for.
    let wrong = small.host.assessments(for: .vfio, allowing: [at("02:00.0")])
    #expect(wrong[0].verdict == .blocked)
    let right = small.host.assessments(for: .vfio, allowing: [disk])
    #expect(right[0].verdict == .conditional)
  }

  @Test func missingFactsAreNamed() {
    var small = SmallHost(.freebsd)
    small.add("01:00.0")
    small.add("02:00.0")
    small.host.iommu = IOMMUState()
    let found = small.host.assessments(for: .bhyve)[0]
    #expect(found.verdict == .unknown)
    let ids = found.findings.filter { $0.severity == .unknown && $0.isDecisive }.map(\.id)
    #expect(ids == ["iommu.off", "msi.none", "bar.alignment"])
    #expect(found.findings.allSatisfy { $0.severity != .unknown || !$0.remedy.isEmpty })
  }

  /// What bhyve's list has decides by the id: an Arc card is on none.
  @Test(
    arguments: [
      (0x56a0, Severity.blocker), (0x7d55, .blocker), (0x64a0, .blocker), (0x4905, .blocker),
      (0x9bc5, .risk), (0xa780, .risk), (0x46d1, .risk), (0x1912, .risk), (0x5a85, .risk),
    ] as [(UInt16, Severity)])
  func displaysOfIntel(_ device: UInt16, _ severity: Severity) {
    var small = SmallHost(.freebsd)
    small.add("00:02.0", 0x030000, id: (0x8086, device))
    #expect(findings(.displayIntel, small, .bhyve).map(\.severity) == [severity])
  }

  /// Reserved memory of one member counts for the whole group that Linux would form.
  @Test func reservedMemoryOfAnotherMember() {
    var small = SmallHost()
    small.host.iommu.isEnabled = false
    for (function, classCode) in [(0, 0x020000), (1, 0x0c0500), (2, 0x0c0330)] as [(Int, UInt32)] {
      small.add("01:00.\(function)", classCode) {
        $0.configuration = space(header: 0x80) { $0.addExpress(.endpoint) }
      }
    }
    func wants(_ function: UInt8) -> [[FunctionAddress]] {
      small.host.remapping = RemappingFacts(
        units: [], leadingUnits: 1,
        reservedMemory: [
          RemappingFacts.ReservedMemory(
            domain: 0, start: 0x1000, end: 0x1fff,
            scopes: [DeviceScope(kind: 1, bus: 1, path: [function])])
        ])
      return findings(.reservedDirect, small, .vfio).map(\.related)
    }
    #expect(wants(0) == [[]])
    #expect(wants(1) == [[at("01:00.1")]])
    // A USB controller is let go, whatever the firmware does with it.
    #expect(wants(2) == [])
  }

  /// The words of ids that a file's name spells in another way than with one capital.
  private static let spelled = [
    "dev": "Device", "resv": "Reserved", "ir": "InterruptRemapping", "intx": "INTx", "msi": "MSI",
    "msix": "MSIX", "iommu": "IOMMU", "io": "IO", "bar": "BAR", "vf": "VF", "pf": "PF",
    "vfs": "VFs", "vmd": "VMD", "vmm": "VMM", "rom": "ROM", "amd": "AMD", "usb": "USB",
    "sriov": "SRIOV", "flr": "FLR",
  ]

  @Test(arguments: Rule.all.map(\.id)) func isInTheFileOfItsName(_ id: String) throws {
    let name = id.split { $0 == "." || $0 == "-" }.map { word in
      Self.spelled[String(word)] ?? word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
    let file = TestCorpora.root.appendingPathComponent(
      "Sources/PassthruAnalysis/Rules/\(name).swift")
    let text = String(decoding: try TestCorpora.bytes(file), as: UTF8.self)
    #expect(text.contains("id: \"\(id)\""))
  }
}
