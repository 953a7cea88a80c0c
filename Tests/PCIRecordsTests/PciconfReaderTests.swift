// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import Testing

/// Every form of line that pciconf has had, one by one.
@Suite struct PciconfReaderTests {
  private func host(_ text: String) throws -> Machine {
    try Machine(recording: Array(text.utf8), as: .pciconf, location: "test")
  }

  private let old = "class=0x020000 card=0x125c8086 chip=0x10d38086 rev=0x01 hdr=0x00"
  private let new =
    "class=0x020000 rev=0x01 hdr=0x00 vendor=0x8086 device=0x10d3 subvendor=0x8086 subdevice=0x125c"

  @Test func oldAndNewAndCompactFormsSayTheSame() throws {
    let texts = [
      "em1@pci0:1:0:0:\t\(old)\n", "em1@pci0:1:0:0:\t\(new)\n", "em1@pci0:1:0:0:\t\(new)\r\n",
      // Without the last end of line, and with blanks instead of the tab.
      "em1@pci0:1:0:0:   \(old)",
      // FreeBSD 6 has no domain.
      "em1@pci1:0:0:\t\(old)\n",
      "drv\tselector\tclass    rev  hdr  vendor device subven subdev\n"
        + "em1@pci0:1:0:0:\t020000   01   00   8086   10d3   8086   125c\n",
    ]
    for text in texts {
      let host = try host(text)
      let function = try #require(host.functions.first)
      #expect(host.functions.count == 1)
      #expect(function.address == FunctionAddress("01:00.0"))
      #expect(
        function.identity
          == Identity(
            vendorID: 0x8086, deviceID: 0x10d3, subsystemVendorID: 0x8086, subsystemID: 0x125c,
            revisionID: 1))
      #expect(function.classCode == ClassCode(rawValue: 0x020000))
      #expect(function.headerType == .endpoint)
      #expect(function.driver == DriverBinding(name: "em", unit: 1))
    }
  }

  @Test func largeDomainsAndARIFunctions() throws {
    let host = try host("nvme0@pci65536:225:0:0:\t\(new)\nnone7@pci0:6:0:130:\t\(new)\n")
    #expect(host.functions[0].address.description == "10000:e1:00.0")
    #expect(host.functions[1].address.function == 130)
    #expect(host.functions[1].address.requesterID == 0x0682)
    #expect(host.functions[1].driver == nil)
  }

  /// FreeBSD 12 prints no end of line after `Vendor 0`.
  @Test func gluedLinesArePartedAgain() throws {
    let host = try host(
      """
      hostb1@pci0:0:13:0:\t\(old)
          ecap 000b[100] = Vendor 0    ecap 000b[800] = Vendor 0hostb2@pci0:0:13:1:\t\(old)
          ecap 000b[160] = Vendor 0none94@pci0:0:14:0:\t\(old)
          ecap 0010[160] = Vendor 0em3@pci0:0:15:0:\t\(old)

      """)
    #expect(host.functions.map { $0.address.device } == [13, 13, 14, 15])
    #expect(
      host.functions.map { $0.driver?.description } == ["hostb1", "hostb2", nil, "em3"])
    #expect(host.functions[0].listedCapabilities?.map { $0.offset } == [0x100, 0x800])
    #expect(host.functions[0].listedCapabilities?.map { $0.version } == [0, 0])
    #expect(host.functions[1].listedCapabilities?.map { $0.offset } == [0x160])
  }

  @Test(arguments: [
    "hostb2@pci0:", "hostb2@pci0:0:24", "hostb2@pci0:0:24:1:", "hostb2@pci0:0:24:1:\tclass=0x06",
    "hostb2@pci0:0:24:1:\tclass=0x060000 card=0x00000000 chip=0x1701",
  ])
  func cutHeaderIsAGapWithItsLine(_ cut: String) throws {
    let host = try host("em0@pci0:1:0:0:\t\(old)\n\n\(cut)")
    #expect(host.functions.count == 1)
    let gap = try #require(host.gaps.first { $0.fact == "function" })
    #expect(gap.subject == .line(3))
    #expect(gap.reason.contains(cut.prefix(12)))
  }

  @Test func headerCutAfterItsIdsIsAFunctionWithAGap() throws {
    let host = try host("em0@pci0:1:0:0:\tclass=0x020000 card=0x00000000 chip=0x10d38086 rev=0x")
    #expect(host.functions.first?.identity.revisionID == nil)
    #expect(host.functions.first?.headerType == nil)
    #expect(host.gaps.contains { $0.fact == "header" })
  }

  @Test func windowsOfEveryKind() throws {
    let host = try host(
      """
      em0@pci0:1:0:0:\t\(new)
          bar   [10] = type I/O Port, range 32, base 0xe000, size 32, enabled
          bar   [14] = type Memory, range 20, base 0xd0000, size 4096, disabled
          bar   [18] = type Memory, range 32, base 0, size 16384, enabled
          bar   [1c] = type Prefetchable Memory, range 64, base 0x3ffff00000, size 1048576, enabled
          bar   [24] = type Memory, range 32, base 0xfe02f000, size   16, enabled
          iov bar  [184] = type Memory, range 64, base 0xf7e00000, size 16384, enabled

      """)
    let windows = try #require(host.functions.first?.baseAddressRegisters)
    #expect(
      windows == [
        BaseAddressRegister(
          index: 0, kind: .io, isPrefetchable: false, isEnabled: true, address: 0xe000, size: 32),
        BaseAddressRegister(
          index: 1, kind: .memoryBelow1MiB, isPrefetchable: false, isEnabled: false,
          address: 0xd0000, size: 4096),
        BaseAddressRegister(
          index: 2, kind: .memory32, isPrefetchable: false, isEnabled: true, address: nil,
          size: 16384),
        BaseAddressRegister(
          index: 3, kind: .memory64, isPrefetchable: true, isEnabled: true,
          address: 0x3f_fff0_0000, size: 1 << 20),
        BaseAddressRegister(
          index: 5, kind: .memory32, isPrefetchable: false, isEnabled: true, address: 0xfe02_f000,
          size: 16),
      ])
    #expect(!host.gaps.contains { $0.fact == "text" })
  }

  /// Width -1 is pciconf's word for a reserved type, which no window can have.
  @Test func windowOfReservedTypeIsAGap() throws {
    let host = try host(
      """
      em0@pci0:1:0:0:\t\(new)
          bar   [10] = type Prefetchable Memory, range -1, base 0x10, size 16, disabled

      """)
    #expect(host.functions.first?.baseAddressRegisters == [])
    let gap = try #require(host.gaps.first { $0.fact == "bar" })
    let address = try #require(FunctionAddress("01:00.0"))
    #expect(gap.subject == .function(address))
  }

  @Test func capabilitiesWithTheirContinuations() throws {
    let host = try host(
      """
      em0@pci0:1:0:0:\t\(new)
          vendor     = 'Intel Corporation'
          device     = 'a name that
       goes on'
          class      = network
          subclass   = ethernet
          cap 01[c8] = powerspec 2  supports D0 D3  current D3
          cap 10[e0] = PCI-Express 1 endpoint max data 128(256) RO NS
                       link x1(x1) speed 2.5(2.5) ASPM disabled(L0s/L1)
          cap 09[e0] = vendor (length 12) Intel cap 1 version 0
      \t\t features: AMT, 4 PCI-e x1 slots
          ecap 0019[140] = PCIe Sec 1 lane errors 0
          ecap 0026[1c0] = Physical Layer 16.0 GT/s 1
          PCI errors = Received Master-Abort
               Fatal = Unsupported Request
                       Malformed TLP
          VPD ident  = 'a card'
          VPD ro SN  = '0'

      """)
    let function = try #require(host.functions.first)
    let capabilities = try #require(function.listedCapabilities)
    #expect(capabilities.map { $0.offset } == [0xc8, 0xe0, 0xe0, 0x140, 0x1c0])
    #expect(
      capabilities[1].text
        == "PCI-Express 1 endpoint max data 128(256) RO NS link x1(x1) speed 2.5(2.5) "
        + "ASPM disabled(L0s/L1)")
    #expect(capabilities[2].text.hasSuffix("features: AMT, 4 PCI-e x1 slots"))
    #expect(capabilities[3].version == 1)
    #expect(capabilities[4].version == 1)
    // What follows the errors of -e belongs to them.
    #expect(capabilities[4].text == "Physical Layer 16.0 GT/s 1")
    #expect(function.powerState == .d3hot)
    #expect(!host.gaps.contains { $0.fact == "text" })
  }

  /// DragonFly 5.8 prints extended capabilities after an empty line, without blanks.
  @Test func dragonFlyIsTold() throws {
    let text =
      "em0@pci0:1:0:0:\t\(old)\n    cap 05[a0] = MSI supports 1 message \n\necap 0002[110] = VC 1 max VC0\n"
    let host = try host(text)
    #expect(host.system.family == .dragonfly)
    #expect(host.functions.first?.listedCapabilities?.count == 2)
    #expect(try self.host("em0@pci0:1:0:0:\t\(old)\n").system.family == .freebsd)
  }

  @Test func enabledVirtualFunctionsAreTiedToTheirPhysicalOne() throws {
    let host = try host(
      """
      ix0@pci0:6:0:0:\t\(new)
          cap 10[a0] = PCI-Express 2 endpoint max data 256(512) FLR
          ecap 0010[160] = SR-IOV 1 IOV enabled, Memory Space enabled, ARI enabled
                           2 VFs configured out of 64 supported
                           First VF RID Offset 0x0080, VF RID Stride 0x0002
                           VF Device ID 0x10ed
      ix1@pci0:6:0:1:\t\(new)
      none0@pci0:6:0:128:\t\(new)
      none1@pci0:6:0:130:\t\(new)
      none2@pci0:6:0:132:\t\(new)

      """)
    let physical = host.functions[0].address
    #expect(host.functions[0].virtualFunctions == VirtualFunctionState(total: 64, enabled: 2))
    #expect(
      host.functions.map { $0.physicalFunction } == [nil, nil, physical, physical, nil])
  }

  @Test func unrecordedFactsAreGaps() throws {
    let host = try host("em0@pci0:1:0:0:\t\(new)\n")
    #expect(host.functions.first?.listedCapabilities == nil)
    #expect(host.gaps.map { $0.fact } == ["baseAddressRegisters", "capabilities"])
  }

  @Test func lineThatIsNoneOfPciconfsIsSaid() throws {
    let host = try host("em0@pci0:1:0:0:\t\(new)\n    surprise = 3\n")
    let gap = try #require(host.gaps.first { $0.fact == "text" })
    #expect(gap.subject == .line(2))
    #expect(gap.reason.contains("surprise = 3"))
  }
}
