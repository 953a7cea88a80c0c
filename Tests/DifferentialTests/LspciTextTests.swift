// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIBus
import PCIHost
import PCINames
import PCIRecords
import PassthruAnalysis
import TestCorpora
import Testing

/// What the installed lspci prints of a recorded tree or dump, read back without bytes.
///
/// The answer is the tree itself, or the bytes of the dump: lspci stands between.
@Suite("lspci's words say what the bytes say", .enabled(if: LspciDifferentialTests.canRun))
struct LspciTextTests {
  static let options = ["-v", "-vv", "-vvv"]

  /// The facts that two records of one function must share.
  private struct Fact {
    let name: String
    /// Whether `-vv` prints it wherever the bytes hold it.
    let isPrinted: Bool
    let get: (Function) -> AnyHashable?

    init(_ name: String, isPrinted: Bool = true, _ get: @escaping (Function) -> AnyHashable?) {
      self.name = name
      self.isPrinted = isPrinted
      self.get = get
    }
  }

  private static var facts: [Fact] {
    [
      Fact("identity") { $0.identity.vendorDevice },
      Fact("class") { $0.classCode?.rawValue },
      Fact("buses") { $0.bridge },
      Fact("msi") { $0.capabilityFacts.msiVectors },
      Fact("msix") { $0.capabilityFacts.msixVectors },
      Fact("express") { $0.capabilityFacts.isPCIExpress },
      Fact("port type") { $0.capabilityFacts.portType },
      // lspci prints it for endpoints only.
      Fact("flr", isPrinted: false) { $0.capabilityFacts.supportsFunctionLevelReset },
      Fact("af flr") { $0.capabilityFacts.supportsAdvancedFeaturesReset },
      Fact("af pending") { $0.capabilityFacts.advancedFeaturesShowPending },
      Fact("power") { $0.capabilityFacts.hasPowerManagement },
      Fact("no soft reset") { $0.capabilityFacts.keepsStateInD3hot },
      Fact("list") { $0.capabilityFacts.hasCapabilityList },
      // Without any extended capability in the text it can be that none was readable.
      Fact("acs", isPrinted: false) { $0.capabilityFacts.hasAccessControlServices },
      Fact("acs has", isPrinted: false) { Self.printed($0.capabilityFacts.accessControlSupported) },
      Fact("acs on", isPrinted: false) { Self.printed($0.capabilityFacts.accessControlEnabled) },
      Fact("ari forwarding") { $0.capabilityFacts.forwardsAlternativeRoutingID },
      Fact("ari", isPrinted: false) { $0.capabilityFacts.hasAlternativeRoutingID },
      Fact("sr-iov", isPrinted: false) { $0.capabilityFacts.hasVirtualization },
      Fact("vfs") { $0.capabilityFacts.virtualFunctions },
    ]
  }

  /// The seven services that lspci prints.
  private static func printed(_ services: AccessControlServices.Services?) -> UInt16? {
    services.map { $0.rawValue & 0x7f }
  }

  /// How many facts were equal; each that is not is recorded as an issue.
  private func compare(
    _ text: Machine, with truth: Machine, isWhole: Bool, named name: String
  ) -> Int {
    #expect(text.functions.map { $0.address } == truth.functions.map { $0.address }, "\(name)")
    var equal = 0
    let facts = Self.facts
    for (said, held) in zip(text.functions, truth.functions) {
      #expect(said.configuration == nil)
      // Nothing is printed of a list that could not be read.
      let isListed = said.listedCapabilities != nil
      for fact in facts {
        guard let held = fact.get(held) else { continue }
        guard let value = fact.get(said) else {
          let isMissing = isWhole && isListed && fact.isPrinted
          #expect(!isMissing, "\(name) \(said.address): \(fact.name) is not read")
          continue
        }
        #expect(value == held, "\(name) \(said.address): \(fact.name)")
        equal += 1
      }
    }
    return equal
  }

  private func text(_ source: [String], _ option: String, _ name: String) throws -> Machine? {
    guard let text = try TestCorpora.run("lspci", source + ["-nn", option]) else { return nil }
    return try Machine(recording: Array(text.utf8), as: .lspci, location: name)
  }

  @Test("every dump", arguments: options) func dumps(_ option: String) throws {
    var equal = 0
    for url in TestCorpora.files("lspci-hex") {
      let name = url.lastPathComponent
      let truth = try Machine(recording: TestCorpora.bytes(url), as: .lspci, location: name)
      let host = try #require(try text(["-F", url.path], option, name))
      equal += compare(host, with: truth, isWhole: option != "-v", named: name + option)
    }
    print("lspci \(option), dumps: \(equal) facts equal")
    #expect(equal > 1000)
  }

  /// Without -nn there are names alone; the list that lspci took them from leads back.
  ///
  /// Where a name is not one device's the ids stay unrecorded; they are never another's.
  @Test("names alone, of every dump", arguments: ["", "-v", "-vv", "-vvv"])
  func names(_ option: String) throws {
    let place = try #require(
      NameDatabase.places.first { FileManager.default.fileExists(atPath: $0) })
    let names = NameDatabase(bytes: try TestCorpora.bytes(URL(fileURLWithPath: place)))
    var equal = 0
    var left = 0
    for url in TestCorpora.files("lspci-hex") {
      let name = url.lastPathComponent
      let truth = try Machine(recording: TestCorpora.bytes(url), as: .lspci, location: name)
      let arguments = ["-i", place, "-F", url.path] + (option.isEmpty ? [] : [option])
      let text = try #require(try TestCorpora.run("lspci", arguments))
      var host = try Machine(recording: Array(text.utf8), as: .lspci, location: name)
      host.identify(by: names)
      #expect(host.functions.map { $0.address } == truth.functions.map { $0.address }, "\(name)")
      for (said, held) in zip(host.functions, truth.functions) {
        if said.hasIdentity {
          #expect(said.vendorDevice == held.vendorDevice, "\(name) \(said.address)")
          equal += 1
        } else {
          #expect(said.printedName != nil, "\(name) \(said.address)")
          left += 1
        }
        #expect(
          said.classCode?.baseAndSubClass == held.classCode?.baseAndSubClass,
          "\(name) \(said.address)")
      }
      #expect(
        host.gaps.contains { $0.fact == "identity" }
          == (host.functions.contains { !$0.hasIdentity }))
    }
    print("lspci \(option), names alone: \(equal) identified, \(left) by no single name")
    #expect(equal > 100 && equal > left * 5)
  }

  @Test("every tree", arguments: options) func trees(_ option: String) throws {
    var equal = 0
    var grouped = 0
    for folder in ["linux-vm", "hwloc"] {
      for url in TestCorpora.files(folder) where url.lastPathComponent.contains(".tar.") {
        let name = url.lastPathComponent
        let root = try TestCorpora.unpacked(folder + "/" + name)
        guard let bus = LspciDifferentialTests.bus(below: root) else { continue }
        let source = ["-A", "linux-sysfs", "-O", "sysfs.path=\(bus.path)"]
        guard let host = try text(source, option, name) else {
          print("SKIPPED: lspci cannot read \(name)")
          continue
        }
        let sys = bus.deletingLastPathComponent().deletingLastPathComponent().path
        var tree = try SysfsScanner(root: sys).scan()
        ConfigurationReader(root: sys).read(tree.functions.indices, into: &tree)
        equal += compare(host, with: tree, isWhole: option != "-v", named: name + option)
        for (said, held) in zip(host.functions, tree.functions) {
          // Three trees of hwloc have no link that lspci follows, and it prints no driver.
          if folder == "linux-vm" || said.driver != nil {
            #expect(said.driver?.name == held.driver?.name, "\(name) \(said.address)")
          }
          #expect(said.iommuGroup == held.iommuGroup, "\(name) \(said.address)")
        }
        guard option != "-v" else { continue }
        let agreement = GroupPrediction(host: host).agreement
        let expected = GroupPrediction(host: tree).agreement
        #expect(agreement?.same == expected?.same, "\(name)")
        #expect(agreement?.unknown == expected?.unknown, "\(name)")
        grouped += agreement?.same ?? 0
      }
    }
    print("lspci \(option), trees: \(equal) facts equal, \(grouped) functions in their group")
    #expect(equal > 1000)
    #expect(option == "-v" || grouped > 100)
  }
}
