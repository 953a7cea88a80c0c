// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

/// pciconf's text against what the same kernels answered on /dev/pci.
@Suite struct PciconfKernelTests {
  static let texts = [
    ("plain15", "l"), ("plain15", "lvbcBV"), ("plain15", "lvbce"),
    ("ppt15", "l"), ("ppt15", "lvbcBV"), ("ppt15", "lvbce"),
    ("rich12", "l"), ("rich12", "lvbcBV"), ("rich12", "lvbce"),
    ("rich15", "l"), ("rich15", "lvbcBV"), ("rich15", "lvbce"), ("rich15", "lvbc-by-12-binary"),
  ]

  private func host(_ name: String, _ options: String) throws -> Machine {
    let file = TestCorpora.fixtures.appendingPathComponent(
      "freebsd-vm/\(name)/pciconf-\(options).txt")
    return try Machine(recording: TestCorpora.bytes(file), location: options)
  }

  @Test(arguments: texts)
  func idsDriversAndOrder(_ name: String, _ options: String) throws {
    let host = try host(name, options)
    let answers = try KernelAnswer.all(name)
    try #require(host.functions.count == answers.count)
    #expect(host.system.family == .freebsd)
    for (function, answer) in zip(host.functions, answers) {
      #expect(function.address.freeBSDSelector == "pci" + answer.selector)
      #expect(function.identity.vendorDevice == answer.vendorDevice)
      #expect(function.classCode?.description == answer.classCode)
      #expect(function.identity.revisionID == UInt8(answer.revision, radix: 16))
      #expect(function.headerType?.rawValue == UInt8(answer.header, radix: 16))
      let board = function.identity.subsystemVendorID.map { vendor in
        String(format: "%04x:%04x", vendor, function.identity.subsystemID ?? 0)
      }
      // A bridge without the registers answers zeros, which are no ids.
      let isAbsent = answer.header == "01" && answer.subsystem == "0000:0000"
      #expect(board == (isAbsent ? nil : answer.subsystem))
      #expect((function.driver?.name ?? "") == answer.name)
      #expect((function.driver?.unit ?? 0) == answer.unit)
    }
  }

  @Test(arguments: texts.filter { $0.1 != "l" })
  func windows(_ name: String, _ options: String) throws {
    for (function, answer) in zip(try host(name, options).functions, try KernelAnswer.all(name)) {
      let windows = function.baseAddressRegisters
      try #require(windows.count == answer.bars.count, "\(function.address)")
      for (window, bar) in zip(windows, answer.bars) {
        #expect(window.offset(in: .endpoint) == bar.register)
        #expect(window.isEnabled == bar.isEnabled)
        #expect(window.size == bar.length)
        let isIO = bar.base & 1 == 1
        let mask: UInt64 = isIO ? 3 : 0xf
        #expect((window.address ?? 0) == bar.base & ~mask)
        #expect(window.isPrefetchable == (!isIO && bar.base & 8 != 0))
        let kind: BaseAddressRegister.Kind =
          isIO
          ? .io : bar.base & 6 == 4 ? .memory64 : bar.base & 6 == 2 ? .memoryBelow1MiB : .memory32
        #expect(window.kind == kind)
      }
    }
  }

  /// Two ways to one answer: the registers, and the words pciconf made of them.
  @Test(arguments: texts.filter { $0.1 != "l" })
  func capabilityFactsFromWordsAreThoseFromBytes(_ name: String, _ options: String) throws {
    var compared = 0
    for (function, answer) in zip(try host(name, options).functions, try KernelAnswer.all(name)) {
      var bytes = function
      bytes.configuration = ConfigurationSpace(answer.space)
      let expected = bytes.capabilityFacts
      let facts = function.capabilityFacts
      let list = ConfigurationSpace(answer.space).capabilityList.entries
      let listed = function.listedCapabilities ?? []
      #expect(Set(listed.map { $0.offset }) == Set(list.map { $0.offset }))
      #expect(Set(listed.map { $0.id }) == Set(list.map { $0.id }))
      // pciconf prints the version of most extended capabilities.
      for capability in listed where capability.version != nil {
        #expect(capability.version == list.first { $0.offset == capability.offset }?.version)
      }
      #expect(facts.hasCapabilityList == expected.hasCapabilityList)
      #expect(facts.msiVectors == expected.msiVectors)
      #expect(facts.msixVectors == expected.msixVectors)
      #expect(facts.isPCIExpress == expected.isPCIExpress)
      #expect(facts.portType == expected.portType)
      #expect(facts.supportsFunctionLevelReset == expected.supportsFunctionLevelReset)
      #expect(facts.supportsAdvancedFeaturesReset == expected.supportsAdvancedFeaturesReset)
      #expect(facts.hasPowerManagement == expected.hasPowerManagement)
      #expect(facts.virtualFunctions == expected.virtualFunctions)
      if let has = facts.hasAccessControlServices {
        #expect(has == expected.hasAccessControlServices)
      } else {
        // Words cannot tell absence from unreadable extended space.
        #expect(facts.isPCIExpress == true && expected.hasAccessControlServices != true)
      }
      if let supported = facts.accessControlSupported, has(facts) {
        #expect(supported == expected.accessControlSupported)
        #expect(facts.accessControlEnabled == expected.accessControlEnabled)
        compared += 1
      }
      if let forwards = facts.forwardsAlternativeRoutingID {
        #expect(forwards == expected.forwardsAlternativeRoutingID)
      }
    }
    // Only FreeBSD 14 and newer print the services; rich has four root ports and a switch.
    #expect(
      (compared > 0) == (name != "plain15" && name != "rich12" && !options.hasSuffix("12-binary")))
  }

  private func has(_ facts: CapabilityFacts) -> Bool { facts.hasAccessControlServices == true }

  /// `-B` prints bus numbers, and with them the tree is whole.
  @Test(arguments: ["rich12", "rich15", "ppt15", "plain15"])
  func busNumbersMakeTheTree(_ name: String) throws {
    let host = try host(name, "lvbcBV")
    for (function, answer) in zip(host.functions, try KernelAnswer.all(name)) {
      let isBridge = answer.header == "01"
      #expect(function.bridge?.secondary == (isBridge ? answer.space[0x19] : nil))
      #expect(function.bridge?.subordinate == (isBridge ? answer.space[0x1a] : nil))
      #expect(function.upstream != .unknown)
    }
    #expect(!host.gaps.contains { $0.fact == "topology" })
    if name.hasPrefix("rich") {
      // em2 sits behind the PCIe-to-PCI bridge 0:5:0 (pcib9), in slot 1 of bus 9.
      let em2 = try #require(
        host.functions.first { $0.driver == DriverBinding(name: "em", unit: 2) })
      let bridge = try #require(FunctionAddress("00:05.0"))
      #expect(em2.upstream == .bridge(bridge))
      // The second root bus is 128 of the same domain.
      let port = try #require(FunctionAddress("80:00.0"))
      let root = try #require(host.function(at: port))
      #expect(root.upstream == .rootBus(BusAddress(domain: 0, bus: 128)))
    }
  }
}
