// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIBus
import PCIHost
import PCIRecords
import TestCorpora
import Testing

@testable import PassthruAnalysis

/// Machines of public reports whose groups were the trouble; the README beside each case
/// says what is right and names the source.
@Suite("Groups in public reports") struct IsolationCaseTests {
  private static let folder: URL? = {
    let url = TestCorpora.corpora?.appendingPathComponent("../cases/linux")
    guard let url, FileManager.default.fileExists(atPath: url.path) else {
      print("SKIPPED: no ../shared/cases/linux: groups of public reports are not tried")
      return nil
    }
    return url
  }()

  private func files(_ name: String) throws -> URL {
    try TestCorpora.unpacked("../cases/linux/\(name)/case.tar.zst").appendingPathComponent(name)
  }

  private func tree(_ name: String) throws -> Machine {
    let root = try files(name).appendingPathComponent("host").path
    var host = try SysfsScanner(root: root).scan(.full)
    ConfigurationReader(root: root).read(host.functions.indices, into: &host)
    return host
  }

  private func why(_ name: String, _ one: String, _ other: String) throws -> PairExplanation {
    let host = try tree(name)
    return try #require(GroupPrediction(host: host).why(at(one), at(other), host: host))
  }

  private func assessment(_ address: String, in host: Machine) throws -> Assessment {
    let tables = HostTables(host: host, consumer: .vfio)
    let index = try #require(host.functions.firstIndex { $0.address == at(address) })
    return Assessment(of: index, in: tables)
  }

  /// 03: the way out is the processor's slot 00:03.1; two hops without ACS join the rest.
  @Test(.enabled(if: folder != nil)) func chipsetSlot() throws {
    let why = try why("03-b450-chipset-slot", "07:00.0", "01:00.0")
    #expect(why.isTogether)
    #expect(Set(why.reasons.map(\.hop)).isSuperset(of: [at("00:01.3"), at("01:00.2")]))
    #expect(why.summary.hasSuffix("mending one of them changes nothing"))
    #expect(why.remedy?.hasPrefix("moving 0000:07:00.0") == true)
    #expect(why.remedy?.contains("0000:00:03.1") == true)
    #expect(why.remedy?.contains("firmware that gives 0000:00:01.3 and 0000:01:00.2 ACS") == true)
    let apart = try self.why("03-b450-chipset-slot", "07:00.0", "08:00.0")
    #expect(apart.summary == "0000:07:00.0 and 0000:08:00.0 are in different groups")
  }

  /// 03 as text: the groups are there, so that the IOMMU is on.
  @Test(.enabled(if: folder != nil), arguments: ["lspci-nnv", "lspci-nnvvv"])
  func chipsetSlotAsText(_ name: String) throws {
    let file = try files("03-b450-chipset-slot").appendingPathComponent(name + ".txt")
    let host = try Machine(recording: TestCorpora.bytes(file), location: name)
    #expect(host.iommu.isEnabled == true && host.iommu.isPresent == true)
    let free = try assessment("08:00.0", in: host)
    #expect(!free.findings.contains { $0.id == "iommu.off" })
    #expect(free.together == [at("08:00.1")])
    // The text has no group for the host bridge 00:00.0: it is in no card's, wherever it is.
    #expect(free.verdict == .conditional)
    #expect(try assessment("07:00.0", in: host).verdict == .blocked)
  }

  /// 12: the processor's port has no ACS; under 00:1b.0 the two ports would be parted.
  @Test(.enabled(if: folder != nil)) func behindTheProcessorsPort() throws {
    let why = try why("12-x710-behind-peg", "01:00.0", "01:00.1")
    #expect(why.reasons.map(\.hop) == [at("00:01.0")])
    #expect(why.remedy?.hasPrefix("moving their card") == true)
    #expect(why.remedy?.contains("behind 0000:00:1b.0") == true)
    #expect(why.remedy?.contains("firmware that gives 0000:00:01.0 ACS") == true)
    // The port's own capability says "Slot-": it is no slot for sure.
    #expect(why.remedy?.contains("if the board has a slot there") == true)
    #expect(GroupPrediction(host: try tree("12-x710-behind-peg")).isolatedSlots.isEmpty)
    let file = try files("12-x710-behind-peg").appendingPathComponent("lspci-nnvvvxxxx.txt")
    let text = try Machine(recording: TestCorpora.bytes(file))
    #expect(
      GroupPrediction(host: text).agreement == GroupAgreement(functions: 9, same: 9, unknown: 0))
    let port = try assessment("01:00.0", in: text)
    #expect(port.verdict == .conditional)
    #expect(port.together == [at("01:00.1")])
  }

  /// 13: functions of a chipset's slot, conventional and without ACS; no slot helps.
  @Test(.enabled(if: folder != nil)) func chipsetFunctions() throws {
    let why = try why("13-pch-nic-with-audio", "00:1f.6", "00:1f.3")
    #expect(why.reasons.map(\.kind) == [.functions])
    #expect(why.remedy?.hasPrefix("nothing: they are parts of the processor or chipset") == true)
    let nic = try assessment("00:1f.6", in: try tree("13-pch-nic-with-audio"))
    #expect(!nic.findings.contains { $0.id == "group.split-functions" })
  }

  /// 17: the internal port has no ACS, nor have the functions; there is no slot to move to.
  @Test(.enabled(if: folder != nil)) func processorWithGraphics() throws {
    let why = try why("17-apu-audio-with-everything", "04:00.6", "04:00.0")
    #expect(why.reasons.map(\.kind) == [.path, .functions])
    #expect(why.reasons.first?.hop == at("00:08.1"))
    #expect(why.summary.hasSuffix("mending one of them changes nothing"))
    #expect(why.remedy?.hasPrefix("firmware that gives 0000:00:08.1 and") == true)
    #expect(why.remedy?.contains("not a slot") == true)
    let audio = try assessment("04:00.6", in: try tree("17-apu-audio-with-everything"))
    #expect(!audio.findings.contains { $0.id == "group.split-functions" })
    #expect(audio.verdict == .blocked)
  }

  /// 18: root ports without ACS; firmware with ACS parted them, and no slot does.
  @Test(.enabled(if: folder != nil)) func rootPortsOfOneDevice() throws {
    let why = try why("18-apu2-all-nics-one-group", "01:00.0", "02:00.0")
    #expect(Set(why.reasons.map(\.hop)) == [at("00:02.0"), at("00:02.2"), at("00:02.3")])
    // Either port is enough for these two.
    #expect(!why.summary.contains("changes nothing"))
    #expect(why.remedy?.hasPrefix("firmware that gives 0000:00:02.2 or 0000:00:02.3 ACS") == true)
    #expect(why.remedy?.contains("not a slot") == true)
  }

  /// 21: ".2 is the PSP, .3 and .4 the host's USB": passing all of the slot is wrong advice.
  @Test(.enabled(if: folder != nil)) func graphicsOfAProcessor() throws {
    let host = try tree("21-phoenix-igpu-split-hostpci")
    for address in ["c6:00.0", "c6:00.1"] {
      let findings = try assessment(address, in: host).findings
      #expect(!findings.contains { $0.id == "group.split-functions" })
    }
    let why = try why("21-phoenix-igpu-split-hostpci", "c6:00.0", "c6:00.1")
    #expect(why.summary.hasSuffix("are in groups of their own"))
  }
}
