// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

/// Every form of line that lspci prints, one by one.
@Suite struct LspciReaderTests {
  private func host(_ text: String) throws -> Machine {
    try Machine(recording: Array(text.utf8), as: .lspci, location: "test")
  }

  /// The header of an 82574L with a 128 KiB window at 0xfea00000 and ports at 0x7040.
  private let dump = """
    00: 86 80 d3 10 07 00 10 00 00 00 00 02 00 00 80 00
    10: 00 00 a0 fe 00 00 00 00 41 70 00 00 00 00 00 00
    20: 00 00 00 00 00 00 00 00 00 00 00 00 86 80 01 a0
    30: 00 00 00 00 c8 00 00 00 00 00 00 00 0b 01 00 00

    """

  @Test(arguments: [
    "00:04.0 Ethernet controller [0200]: Intel Corporation Gigabit [8086:10d3] (rev 03) (prog-if 01)",
    "00:04.0 0200: 8086:10d3 (rev 03) (prog-if 01)",
    "0000:00:04.0 Class 0200: Device 8086:10d3 (rev 03) (prog-if 01)",
    "00:04.0 Ethernet controller [0200]: Device [8086:10d3] (rev 03) (prog-if 01)\r",
  ])
  func headersWithNumbers(_ line: String) throws {
    let function = try #require(try host(line + "\n").functions.first)
    #expect(function.address == FunctionAddress("00:04.0"))
    #expect(
      function.identity == Identity(vendorID: 0x8086, deviceID: 0x10d3, revisionID: 3))
    #expect(function.classCode == ClassCode(rawValue: 0x020001))
    #expect(function.configuration == nil)
  }

  @Test func domainsOfFourAndMoreDigits() throws {
    let host = try host("0003:02:01.0 1300: 8086:fd00\n10000:e1:00.0 0604: 8086:9a09\n")
    #expect(host.functions.map { $0.address.description } == ["0003:02:01.0", "10000:e1:00.0"])
  }

  @Test func dumpGivesWhatTheHeaderOfConfigurationSpaceSays() throws {
    for text in [
      "00:04.0 Ethernet controller: Intel\n" + dump,
      ("00:04.0 Ethernet controller: Intel\n" + dump).replacing("\n", with: "\r\n"),
    ] {
      let host = try host(text)
      let function = try #require(host.functions.first)
      #expect(function.configuration?.count == 64)
      #expect(function.identity.vendorDevice == "8086:10d3")
      #expect(function.identity.subsystemID == 0xa001)
      #expect(function.classCode == ClassCode(rawValue: 0x020000))
      #expect(function.isMultiFunction == true)
      #expect(function.baseAddressRegisters.map { $0.address } == [0xfea0_0000, 0x7040])
      #expect(function.baseAddressRegisters.map { $0.size } == [nil, nil])
      #expect(host.gaps.contains { $0.fact == "bar.size" })
      #expect(host.gaps.contains { $0.fact == "capabilities" })
      #expect(host.system.family == .unknown)
    }
  }

  @Test func textAddsWhatNoRegisterHolds() throws {
    let host = try host(
      """
      00:04.0 Ethernet controller: Intel Corporation 82574L
      \tDeviceName: Onboard LAN
      \tSubsystem: Intel Corporation Device a001
      \tPhysical Slot: 0-3
      \tControl: I/O+ Mem+ BusMaster+
      \tInterrupt: pin A routed to IRQ 20
      \tNUMA node: 1
      \tIOMMU group: 14
      \tRegion 0: Memory at fea00000 (32-bit, non-prefetchable) [size=128K]
      \tRegion 2: I/O ports at 7040 [size=32]
      \tExpansion ROM at fe900000 [disabled] [size=256K]
      \tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)
      \t\tRegion 3: Memory at 00000000fe404000 (64-bit, non-prefetchable)
      \tKernel driver in use: e1000e
      \tKernel modules: e1000e
      \(dump)
      """)
    let function = try #require(host.functions.first)
    #expect(function.label == "Onboard LAN")
    #expect(function.slotName == "0-3")
    #expect(function.interrupt == 20)
    #expect(function.numaNode == 1)
    #expect(function.iommuGroup == 14)
    #expect(function.driver == DriverBinding(name: "e1000e"))
    #expect(function.baseAddressRegisters.map { $0.index } == [0, 2, 6])
    #expect(function.baseAddressRegisters.map { $0.size } == [128 << 10, 32, 256 << 10])
    #expect(function.baseAddressRegisters[2].isEnabled == false)
    #expect(host.system.family == .linux)
    #expect(!host.gaps.contains { $0.fact == "bar.size" })
  }

  @Test func flagsOfSingleV() throws {
    let host = try host(
      """
      00:04.0 Ethernet controller: Intel Corporation 82574L
      \tFlags: bus master, fast devsel, latency 0, IRQ 20, NUMA node 0, IOMMU group 14
      \tMemory at fea00000 (32-bit, non-prefetchable) [size=128K]
      \tI/O ports at 7040 [size=32]
      \(dump)
      """)
    let function = try #require(host.functions.first)
    #expect(function.interrupt == 20)
    #expect(function.numaNode == 0)
    #expect(function.iommuGroup == 14)
    #expect(function.baseAddressRegisters.map { $0.size } == [128 << 10, 32])
  }

  @Test func windowsWithoutNumberAndDumpAreGaps() throws {
    let host = try host(
      "00:04.0 0200: 8086:10d3\n\tMemory at fea00000 (32-bit, non-prefetchable) [size=128K]\n")
    #expect(host.functions.first?.baseAddressRegisters == [])
    #expect(host.gaps.contains { $0.fact == "bar" })
  }

  @Test func bridgesOfText() throws {
    let host = try host(
      """
      00:1c.0 0604: 8086:9d10 (rev f1)
      \tControl: I/O+ Mem+
      \tBus: primary=00, secondary=01, subordinate=0a, sec-latency=0
      01:00.0 0200: 8086:10d3
      \tControl: I/O+ Mem+

      """)
    #expect(
      host.functions[0].bridge == BridgeBuses(primary: 0, secondary: 1, subordinate: 10))
    #expect(host.functions[0].headerType == .bridge)
    #expect(host.functions[1].headerType == .endpoint)
    #expect(host.functions[1].upstream == .bridge(host.functions[0].address))
  }

  /// pciutils stops at a line that breaks off; what was read before it stays.
  @Test(arguments: [
    ("10: 00 00 a0", 19), ("10: 00 0", 17), ("10: zz", 16), ("20: 00 00", 16), ("00: 11 22", 16),
    ("10: 00  00", 18), ("10: 00,00", 16),
  ])
  func brokenDump(_ line: String, _ kept: Int) throws {
    let first = dump.split(separator: "\n")[0]
    let host = try host("00:04.0 Ethernet\n\(first)\n\(line)\n20: 00 00\n")
    #expect(host.functions.first?.configuration?.count == kept)
    let isWhole = line == "10: 00 00 a0" || line == "10: 00  00"
    // A line that is short breaks off the dump at the line after it.
    let gap = try #require(host.gaps.first { $0.fact == "configuration" && $0.subject != .host })
    #expect(gap.subject == .line(isWhole ? 4 : 3))
  }

  @Test func dumpLargerThanASpaceIsSaid() throws {
    var text = "00:04.0 Ethernet\n"
    for line in 0...256 {
      text += String(format: "%02x:", line * 16) + String(repeating: " 10", count: 16) + "\n"
    }
    let host = try host(text)
    #expect(host.functions.first?.configuration?.count == 4096)
    #expect(host.gaps.contains { $0.subject == .line(258) })
  }

  @Test func bytesOfNobodyAreSaid() throws {
    let host = try host("00:04.0 Ethernet\n\(dump)\n00: 86 80\n")
    #expect(host.functions.count == 1)
    #expect(host.gaps.contains { $0.subject == .line(7) && $0.fact == "configuration" })
  }

  @Test func functionThatIsGone() throws {
    let lines = (0..<4).map { "\($0)0:" + String(repeating: " ff", count: 16) }
    let host = try host("00:04.0 0200: 8086:10d3 (rev ff)\n" + lines.joined(separator: "\n"))
    let function = try #require(host.functions.first)
    #expect(function.identity.vendorDevice == "8086:10d3")
    #expect(function.classCode?.baseAndSubClass == 0x0200)
    #expect(function.baseAddressRegisters == [])
    #expect(host.gaps.contains { $0.fact == "configuration" && $0.reason.contains("ff") })
  }

  @Test func deniedCapabilitiesAreSaidOnce() throws {
    let host = try host(
      "00:04.0 0200: 8086:10d3\n\tControl: I/O+\n\tCapabilities: <access denied>\n"
        + "00:05.0 0200: 8086:10d3\n\tControl: I/O+\n\tCapabilities: <access denied>\n")
    let gap = try #require(host.gaps.first { $0.fact == "capabilities" })
    #expect(gap.reason.hasPrefix("2 of 2"))
  }

  @Test(arguments: [
    "legacy-i440fx-xxxx", "legacy-i440fx-vvvnn", "desktop-noiommu-vvvnn",
    "arm-smmuv3-vvvnn", "arm-smmuv3-nn",
  ])
  func fixtures(_ name: String) throws {
    let file = TestCorpora.fixtures.appendingPathComponent("lspci/\(name).txt")
    let host = try Machine(recording: TestCorpora.bytes(file), location: name)
    // The numbers of lines that grep -c '^[0-9a-f][0-9a-f]:[01]' finds.
    let counts = [
      "legacy-i440fx-xxxx": 14, "legacy-i440fx-vvvnn": 14, "desktop-noiommu-vvvnn": 11,
      "arm-smmuv3-vvvnn": 17, "arm-smmuv3-nn": 17,
    ]
    #expect(host.functions.count == counts[name])
  }
}
