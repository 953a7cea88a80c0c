// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

@testable import PCIBus

/// The host of a recorded kernel against what the same system's programs printed.
@Suite("FreeBSD's kernels, recorded")
struct RecordedKernelTests {
  private func host(_ name: String, asRoot: Bool = true) throws -> Machine {
    var kernel = try RecordedKernel(name)
    if !asRoot { kernel.refusal = userRefusal }
    let scanner = FreeBSDScanner(kernel)
    var host = try scanner.scan(.full)
    scanner.readConfiguration(into: &host, of: Array(host.functions.indices))
    return host
  }

  /// The lines of `pciconf -l`, written from the host by these tests alone.
  private func lines(_ host: Machine, isOldForm: Bool) -> [String] {
    var undriven = 0
    return host.functions.map { function in
      let address = function.address
      var name = function.driver?.description ?? ""
      if name.isEmpty {
        name = "none\(undriven)"
        undriven += 1
      }
      func hex(_ value: Int, _ width: Int) -> String {
        "0x" + String(repeating: "0", count: width - String(value, radix: 16).count)
          + String(value, radix: 16)
      }
      let identity = function.identity
      let selector =
        "\(name)@pci\(address.domain):\(address.bus):\(address.device):\(address.function):\t"
      let classCode = hex(Int(function.classCode?.rawValue ?? 0), 6)
      let revision = hex(Int(identity.revisionID ?? 0), 2)
      let header = hex(Int(function.headerType?.rawValue ?? 0xff), 2)
      let vendor = Int(identity.vendorID)
      let device = Int(identity.deviceID)
      let subvendor = Int(identity.subsystemVendorID ?? 0)
      let subdevice = Int(identity.subsystemID ?? 0)
      if isOldForm {
        return selector
          + "class=\(classCode) card=\(hex(subdevice << 16 | subvendor, 8)) "
          + "chip=\(hex(device << 16 | vendor, 8)) rev=\(revision) hdr=\(header)"
      }
      return selector
        + "class=\(classCode) rev=\(revision) hdr=\(header) vendor=\(hex(vendor, 4)) "
        + "device=\(hex(device, 4)) subvendor=\(hex(subvendor, 4)) "
        + "subdevice=\(hex(subdevice, 4))"
    }
  }

  @Test("The list is pciconf -l's, line for line", arguments: RecordedKernel.names, [true, false])
  func list(name: String, asRoot: Bool) throws {
    let printed = try RecordedKernel.text(name, "pciconf-l.txt")
    let host = try host(name, asRoot: asRoot)
    #expect(
      lines(host, isOldForm: name == "rich12").map { $0 + "\n" }.joined() == printed)
    #expect(host.isInKernelOrder)
    #expect(host.system.family == .freebsd)
    #expect(host.system.architecture == "amd64")
  }

  @Test("What pciconf -lvbcBV says is what the kernel says", arguments: RecordedKernel.names)
  func agreesWithPciconf(name: String) throws {
    let url = RecordedKernel.folder(name).appendingPathComponent("pciconf-lvbcBV.txt")
    let recorded = try Machine(
      recording: try TestCorpora.bytes(url), location: "pciconf-lvbcBV.txt")
    let host = try host(name)
    #expect(host.functions.count == recorded.functions.count)
    for (ours, theirs) in zip(host.functions, recorded.functions) {
      #expect(ours.address == theirs.address)
      #expect(ours.identity == theirs.identity, "\(ours.address)")
      #expect(ours.driver == theirs.driver, "\(ours.address)")
      #expect(ours.classCode == theirs.classCode)
      #expect(ours.headerType == theirs.headerType)
      // pciconf does not print the expansion ROM.
      #expect(
        ours.baseAddressRegisters.filter { $0.kind != .expansionROM }
          == theirs.baseAddressRegisters, "\(ours.address)")
      #expect(ours.bridge?.secondary == theirs.bridge?.secondary, "\(ours.address)")
      #expect(ours.bridge?.subordinate == theirs.bridge?.subordinate, "\(ours.address)")
      #expect(ours.upstream == theirs.upstream, "\(ours.address)")
      #expect(ours.powerState == theirs.powerState, "\(ours.address)")
      #expect(ours.virtualFunctions == theirs.virtualFunctions, "\(ours.address)")
      let found = ours.configuration?.capabilityList.entries.map { $0.offset }
      #expect(
        found?.sorted() == theirs.listedCapabilities?.compactMap { $0.offset }.sorted(),
        "\(ours.address)")
    }
  }

  /// The bridge above each attached function, from the indentation of devinfo -v.
  private func parents(_ name: String) throws -> [FunctionAddress: FunctionAddress?] {
    var open: [(depth: Int, address: FunctionAddress?)] = []
    var parents: [FunctionAddress: FunctionAddress?] = [:]
    for line in try RecordedKernel.text(name, "devinfo-v.txt").split(separator: "\n") {
      let depth = line.prefix { $0 == " " }.count
      open.removeAll { $0.depth >= depth }
      let address = line.firstRange(of: "dbsf=pci").flatMap { range in
        FunctionAddress(freeBSDNumbers: line[range.upperBound...].prefix { $0 != " " })
      }
      if let address {
        let parent = open.last { $0.address != nil }?.address
        parents.updateValue(parent, forKey: address)
      }
      open.append((depth, address))
    }
    return parents
  }

  enum Way: CaseIterable { case configuration, reported, sysctls, tree }

  @Test(
    "The tree is devinfo's, whichever way it is found", arguments: RecordedKernel.names,
    Way.allCases)
  func topology(name: String, way: Way) throws {
    var kernel = try RecordedKernel(name)
    if way != .configuration { kernel.refusal = userRefusal }
    if way == .reported {
      for index in kernel.listed.indices where kernel.listed[index].headerType == 1 {
        let entry = kernel.listed[index]
        let address = try #require(
          FunctionAddress(
            domain: entry.domain, bus: entry.bus, device: entry.device,
            function: entry.function))
        let space = try #require(kernel.spaces[address])
        kernel.listed[index].buses = ListedFunction.ReportedBuses(
          secondary: space[0x19], subordinate: space[0x1a])
      }
    }
    if way == .reported || way == .tree {
      kernel.sysctls = kernel.sysctls.filter {
        !$0.key.hasSuffix(".secbus") && !$0.key.hasSuffix(".subbus")
      }
    }
    let host = try FreeBSDScanner(kernel).scan(.full)
    let parents = try parents(name)
    #expect(!parents.isEmpty)
    for function in host.functions {
      guard let parent = parents[function.address] else { continue }
      let expected: Upstream =
        parent.map { .bridge($0) } ?? .rootBus(function.address.busAddress)
      // The sysctls of a bus hold no function without a driver: on a bus of
      // its own, as pci0:11:4:0 is, nothing leads to it by the tree alone.
      // Nor were the sysctls of every driver recorded.
      let isRecorded =
        function.driver.flatMap { driver in
          kernel.sysctls["dev.\(driver.name).\(driver.unit ?? 0).%parent"]
        } != nil
      if way == .tree, !isRecorded, function.upstream == .unknown {
        #expect(host.gaps.contains { $0.fact == "topology" })
        continue
      }
      #expect(function.upstream == expected, "\(function.address)")
    }
    #expect(
      host.functions.contains { if case .bridge = $0.upstream { true } else { false } }
        || name == "plain15")
  }

  @Test("Without root configuration space is one gap, and nothing else fails")
  func user() throws {
    let host = try host("rich15", asRoot: false)
    #expect(host.functions.allSatisfy { $0.configuration == nil })
    let gaps = host.gaps.filter { $0.fact == "configuration" }
    #expect(gaps.count == 1)
    #expect(gaps.first?.subject == .host)
    #expect(gaps.first?.remedy?.contains("root") == true)
    #expect(host.functions.contains { !$0.baseAddressRegisters.isEmpty })
  }

  @Test("Above securelevel 0 the gap says so")
  func securelevel() throws {
    var kernel = try RecordedKernel("rich12")
    kernel.refusal = KernelError(.open, number: 1, call: "open /dev/pci")
    kernel.sysctls["kern.securelevel"] = "2"
    let scanner = FreeBSDScanner(kernel)
    var host = try scanner.scan(.full)
    scanner.readConfiguration(into: &host, of: [0])
    let gap = try #require(host.gaps.first { $0.fact == "configuration" })
    #expect(gap.reason.contains("kern.securelevel is 2"))
  }

  /// After `devctl set driver` that ppt refused, the list names ppt0 all the same.
  @Test("A driver that is named and not attached is none")
  func namedAndNotAttached() throws {
    var kernel = try RecordedKernel("rich15")
    let address = try #require(FunctionAddress("0000:01:00.1"))
    let index = try #require(
      kernel.listed.firstIndex { $0.bus == 1 && $0.device == 0 && $0.function == 1 })
    kernel.listed[index].driver = "ppt"
    kernel.listed[index].unit = 0
    #expect(
      try FreeBSDScanner(kernel).scan(.full).function(at: address)?.driver?.description == "ppt0")
    kernel.unattached = [address]
    let host = try FreeBSDScanner(kernel).scan(.full)
    let function = try #require(host.function(at: address))
    #expect(function.driver == nil)
    #expect(host.functions.filter { $0.driver != nil }.count == 32)
    // Who may not ask takes the name for it.
    kernel.refusal = userRefusal
    #expect(
      try FreeBSDScanner(kernel).scan(.full).function(at: address)?.driver?.description == "ppt0")
  }

  @Test("A function that vanishes is a gap, and the others stay")
  func vanishing() throws {
    var kernel = try RecordedKernel("rich15")
    let address = try #require(FunctionAddress("0000:01:00.1"))
    kernel.gone = [address]
    let scanner = FreeBSDScanner(kernel)
    var host = try scanner.scan(.full)
    scanner.readConfiguration(into: &host, of: Array(host.functions.indices))
    #expect(host.functions.count == 37)
    #expect(host.gaps(of: address).map { $0.fact } == ["baseAddressRegisters", "configuration"])
    #expect(host.functions.count { $0.configuration != nil } == 36)
  }

  @Test("An address that cannot be is a gap")
  func impossibleAddress() throws {
    var kernel = RecordedKernel()
    kernel.listed = [
      ListedFunction(domain: 0, bus: 0, device: 32, function: 0, vendorID: 1, deviceID: 2),
      ListedFunction(domain: 7, bus: 3, device: 0, function: 131, vendorID: 1, deviceID: 2),
    ]
    let host = try FreeBSDScanner(kernel).scan(.full)
    #expect(host.functions.map { $0.address.function } == [131])
    #expect(host.gaps.contains { $0.reason.contains("pci0:0:32:0") })
  }

  @Test("Configuration space is the kernel's, as long as the function has it")
  func configuration() throws {
    let kernel = try RecordedKernel("rich15")
    let host = try host("rich15")
    for function in host.functions {
      let space = try #require(kernel.spaces[function.address])
      let configuration = try #require(function.configuration)
      #expect(configuration.bytes == Array(space.prefix(configuration.count)))
    }
    // em0 is PCI Express with extended capabilities; em2 is conventional.
    #expect(
      host.function(at: try #require(FunctionAddress("01:00.0")))?.configuration?.count == 4096)
    #expect(
      host.function(at: try #require(FunctionAddress("09:01.0")))?.configuration?.count == 256)
    // The root port is function 0 of three, the e1000e of two.
    #expect(host.function(at: try #require(FunctionAddress("00:02.0")))?.isMultiFunction == true)
    #expect(host.function(at: try #require(FunctionAddress("00:01.0")))?.isMultiFunction == false)
  }

  @Test("Facts of a host with vmm")
  func facts() throws {
    var kernel = try RecordedKernel("ppt15")
    kernel.tableError = KernelError(.refused, number: 13, call: "read /dev/mem")
    let host = try FreeBSDScanner(kernel).scan(.full)
    #expect(host.freeBSD?.releaseDate == 1_500_068)
    #expect(host.freeBSD?.sysctl("hw.vmm.ppt.devices") == "2")
    #expect(host.freeBSD?.sysctl("hw.vmm.iommu.initialized") == "0")
    #expect(host.iommu.isEnabled == nil)
    #expect(host.gaps.contains { $0.fact == "iommu.enabled" })
    #expect(host.gaps.contains { $0.fact == "iommu" && $0.remedy == "run as root" })
    #expect(host.functions.count { $0.driver?.name == "ppt" } == 2)
    let old = try self.host("rich12")
    #expect(old.freeBSD?.releaseDate == 1_201_000)
    #expect(old.system.release == "12.1-RELEASE")
    #expect(old.freeBSD?.sysctl("hw.vmm.ppt.devices") == nil)
  }
}
