// SPDX-License-Identifier: Apache-2.0
//
// Long because each test carries the text of the sysctl or file that it reads.

import PCI
import PCIHost
import Testing

@testable import PCIBus

/// What the running host needs, from answers in the kernel's formats.
///
/// The recorded kernels ran from memory and had no network: the graph, the
/// messages and the routes here are written by hand after the kernel's sources.
@Suite("What a FreeBSD host needs")
struct HostFactsTests {
  /// sys/geom/geom_dump.c: a partitioned disk, a mirror of two, a pool, swap.
  private static let graph = """
    <mesh>
      <class id="0xa0">
        <name>DISK</name>
        <geom id="0xa1">
          <class ref="0xa0"/>
          <name>ada0</name>
          <rank>1</rank>
          <provider id="0xa2">
            <geom ref="0xa1"/>
            <mode>r2w2e4</mode>
            <name>ada0</name>
            <mediasize>250059350016</mediasize>
            <config>
              <descr>A &lt;disk&gt;</descr>
              <ident>X</ident>
            </config>
          </provider>
        </geom>
        <geom id="0xa3">
          <class ref="0xa0"/>
          <name>da0</name>
          <rank>1</rank>
          <provider id="0xa4">
            <geom ref="0xa3"/>
            <name>da0</name>
          </provider>
        </geom>
        <geom id="0xa5">
          <class ref="0xa0"/>
          <name>nda0</name>
          <provider id="0xa6">
            <geom ref="0xa5"/>
            <name>nda0</name>
          </provider>
        </geom>
      </class>
      <class id="0xb0">
        <name>PART</name>
        <geom id="0xb1">
          <class ref="0xb0"/>
          <name>ada0</name>
          <rank>2</rank>
          <config>
            <scheme>GPT</scheme>
            <name>not a provider</name>
          </config>
          <consumer id="0xb2">
            <geom ref="0xb1"/>
            <provider ref="0xa2"/>
            <mode>r2w2e4</mode>
          </consumer>
          <provider id="0xb3">
            <geom ref="0xb1"/>
            <name>ada0p1</name>
          </provider>
          <provider id="0xb4">
            <geom ref="0xb1"/>
            <name>ada0p2</name>
          </provider>
        </geom>
      </class>
      <class id="0xc0">
        <name>MIRROR</name>
        <geom id="0xc1">
          <class ref="0xc0"/>
          <name>gm0</name>
          <consumer id="0xc2">
            <geom ref="0xc1"/>
            <provider ref="0xa4"/>
          </consumer>
          <consumer id="0xc3">
            <geom ref="0xc1"/>
            <provider ref="0xa6"/>
          </consumer>
          <provider id="0xc4">
            <geom ref="0xc1"/>
            <name>mirror/gm0</name>
          </provider>
        </geom>
      </class>
      <class id="0xd0">
        <name>ZFS::VDEV</name>
        <geom id="0xd1">
          <class ref="0xd0"/>
          <name>zfs::vdev</name>
          <consumer id="0xd2">
            <geom ref="0xd1"/>
            <provider ref="0xb4"/>
          </consumer>
        </geom>
      </class>
      <class id="0xe0">
        <name>SWAP</name>
        <geom id="0xe1">
          <class ref="0xe0"/>
          <name>swap</name>
          <consumer id="0xe2">
            <geom ref="0xe1"/>
            <provider ref="0xb3"/>
          </consumer>
        </geom>
      </class>
    </mesh>
    """

  private func kernel(mounts: [String]) throws -> RecordedKernel {
    var kernel = try RecordedKernel("rich15")
    kernel.sysctls["kern.geom.confxml"] = Self.graph
    kernel.sysctls["kern.disks"] = "nda0 da0 ada0"
    kernel.sysctls["dev.ahcich.2.%parent"] = "ahci0"
    kernel.sysctls["dev.umass.0.%parent"] = "uhub0"
    kernel.sysctls["dev.uhub.0.%parent"] = "usbus0"
    kernel.sysctls["dev.usbus.0.%parent"] = "xhci0"
    kernel.sysctls["dev.ukbd.0.%parent"] = "uhub0"
    kernel.sysctls["kern.console"] = "ttyv0,/ttyu0,ttyv0,"
    kernel.sysctls["kern.msgbuf"] = """
      <118>Starting file system checks:
      nda0 at nvme1 bus 0 scbus7 target 0 lun 1
      nda0: <QEMU NVMe Ctrl 8.2 x>
      """
    kernel.files["/var/run/dmesg.boot"] = Array(
      """
      ada0 at ahcich2 bus 0 scbus2 target 0 lun 0
      ada0: <QEMU HARDDISK> ATA-7 SATA device
      da0 at umass-sim0 bus 0 scbus6 target 0 lun 0
      pass0 at somewhere else
      """.utf8)
    kernel.mountBytes = mounts.flatMap { Array($0.utf8) + [0] }
    return kernel
  }

  private func address(_ text: String) throws -> FunctionAddress {
    try #require(FunctionAddress(text))
  }

  @Test("A pool's disk leads to its controller, and so does swap")
  func pool() throws {
    let host = try FreeBSDScanner(
      kernel(mounts: ["zfs", "zroot/ROOT/default", "/", "zfs", "zroot/tmp", "/tmp"])
    ).scan(.full)
    let files = host.dependencies.filter { $0.kind == .fileSystem }
    #expect(files.count == 1)
    #expect(files.first?.subject == "/")
    #expect(files.first?.chain == ["ada0p2", "ada0", "ahcich2", "ahci0"])
    #expect(files.first?.function == (try address("00:1f.2")))
    let swap = host.dependencies.filter { $0.kind == .swap }
    #expect(swap.map { $0.chain } == [["ada0p1", "ada0", "ahcich2", "ahci0"]])
    let blocks = host.childDevices.filter { $0.kind == .block }
    #expect(blocks.map { $0.name } == ["nda0", "da0", "ada0"])
    #expect(
      blocks.map { $0.function }
        == [try address("08:00.0"), try address("03:00.0"), try address("00:1f.2")])
  }

  @Test("A mirror hangs on both of its disks")
  func mirror() throws {
    let host = try FreeBSDScanner(
      kernel(mounts: ["ufs", "/dev/mirror/gm0", "/data", "devfs", "devfs", "/dev"])
    ).scan(.full)
    let files = host.dependencies.filter { $0.kind == .fileSystem }
    #expect(
      files.map { $0.chain } == [
        ["mirror/gm0", "da0", "umass0", "uhub0", "usbus0", "xhci0"],
        ["mirror/gm0", "nda0", "nvme1"],
      ])
  }

  @Test("Two pools cannot be told apart, and both are named")
  func pools() throws {
    let host = try FreeBSDScanner(
      kernel(mounts: ["zfs", "zroot/ROOT/default", "/", "zfs", "tank", "/tank"])
    ).scan(.full)
    #expect(
      host.dependencies.filter { $0.kind == .fileSystem }.map { $0.subject }
        == ["pools zroot, tank"])
  }

  @Test("Without the graph the partition's name tells the disk")
  func withoutGraph() throws {
    var kernel = try kernel(mounts: ["ufs", "/dev/ada0p2", "/", "ufs", "/dev/gpt/x", "/x"])
    kernel.sysctls["kern.geom.confxml"] = nil
    kernel.files = [:]
    let host = try FreeBSDScanner(kernel).scan(.full)
    #expect(host.dependencies.filter { $0.kind == .fileSystem }.isEmpty)
    #expect(
      host.gaps.contains {
        $0.fact == "dependencies.disk" && $0.reason == "/ is on ada0, whose controller is not known"
      })
  }

  @Test("Broken graphs end")
  func brokenGraphs() {
    // Cut anywhere, a graph is read as far as it goes.
    let bytes = Array(Self.graph.utf8)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      let graph = StorageGraph(Array(bytes[..<length]))
      #expect(graph.disks(below: "mirror/gm0").count <= 2)
    }
    // A provider that rests on itself, and elements without an end.
    let loop = StorageGraph(
      Array(
        """
        <class id="1"><name>X</name><geom id="2"><consumer id="3"><provider ref="4"/></consumer>
        <provider id="4"><name>a</name></provider></geom></class>
        """.utf8))
    #expect(loop.disks(below: "a").isEmpty)
    #expect(StorageGraph(Array(String(repeating: "<geom>", count: 5000).utf8)).isEmpty == false)
    #expect(StorageGraph(Array("</a></b>>><<".utf8)).isEmpty)
  }

  @Test("The console and the keyboard")
  func console() throws {
    let host = try FreeBSDScanner(kernel(mounts: [])).scan(.full)
    let console = try #require(host.dependencies.first { $0.kind == .console })
    #expect(console.chain == ["ttyv0", "vgapci0"])
    #expect(console.function == (try address("00:01.0")))
    let keyboard = try #require(host.dependencies.first { $0.kind == .keyboard })
    #expect(keyboard.chain == ["ukbd0", "uhub0", "usbus0", "xhci0"])
    #expect(keyboard.function == (try address("03:00.0")))
  }

  // MARK: Routes

  /// A message of RTM_GET as NET_RT_DUMP lists it (net/route.h, net/rtsock.c).
  private func message(flags: UInt8, index: UInt8, addresses: [[UInt8]]) -> [UInt8] {
    var body: [UInt8] = []
    for address in addresses {
      body += address
      body += [UInt8](repeating: 0, count: (8 - address.count % 8) % 8)
      if address.isEmpty { body += [UInt8](repeating: 0, count: 8) }
    }
    let length = 152 + body.count
    var bytes = [UInt8](repeating: 0, count: 152)
    bytes[0] = UInt8(length & 0xff)
    bytes[1] = UInt8(length >> 8)
    bytes[2] = 5
    bytes[3] = 4
    bytes[4] = index
    bytes[8] = flags
    bytes[12] = UInt8((1 << addresses.count) - 1)
    return bytes + body
  }

  private func inet(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> [UInt8] {
    [16, 2, 0, 0, a, b, c, d] + [UInt8](repeating: 0, count: 8)
  }

  @Test("The default route's interface leads to its function")
  func defaultRoute() throws {
    var kernel = try kernel(mounts: [])
    kernel.interfaceBytes = Array("\u{1}\0\0\0lo0\0\u{2}\0\0\0em1\0\u{3}\0\0\0vmx0\0".utf8)
    kernel.routeBytes  // A network, a host route to 0.0.0.0, the default routes of IPv6 and IPv4.
    =
      message(
        flags: 1, index: 3, addresses: [inet(10, 0, 0, 0), inet(0, 0, 0, 0), inet(255, 0, 0, 0)])
      + message(flags: 5, index: 3, addresses: [inet(0, 0, 0, 0), inet(10, 0, 0, 1)])
      + message(
        flags: 3, index: 3,
        addresses: [
          [28, 28] + [UInt8](repeating: 0, count: 26), [28, 28] + [UInt8](repeating: 9, count: 26),
          [],
        ])
      + message(flags: 3, index: 2, addresses: [inet(0, 0, 0, 0), inet(10, 0, 0, 1), []])
    let host = try FreeBSDScanner(kernel).scan(.full)
    let routes = host.dependencies.filter { $0.kind == .defaultRoute }
    #expect(routes.map { $0.chain } == [["em1"], ["vmx0"]])
    #expect(routes.first?.function == (try address("01:00.1")))
    #expect(
      host.childDevices.filter { $0.kind == .network }.map { $0.name } == ["em1", "vmx0"])
  }

  @Test(
    "Interfaces that are not named like their device",
    arguments: [
      ("mce0", "01:00.0"), ("mce0.5", "01:00.0"), ("wlan0", "01:00.1"), ("em2.10", "09:01.0"),
    ])
  func interfaceNames(interface: String, expected: String) throws {
    var kernel = try kernel(mounts: [])
    for index in kernel.listed.indices where kernel.listed[index].driver == "em" {
      if kernel.listed[index].unit == 0 { kernel.listed[index].driver = "mlx5_core" }
      if kernel.listed[index].unit == 1 {
        kernel.listed[index].driver = "iwlwifi"
        kernel.listed[index].unit = 0
      }
    }
    kernel.sysctls["net.wlan.0.%parent"] = "iwlwifi0"
    kernel.interfaceBytes = [2, 0, 0, 0] + Array(interface.utf8) + [0]
    kernel.routeBytes = message(
      flags: 3, index: 2, addresses: [inet(0, 0, 0, 0), inet(10, 0, 0, 1), []])
    let host = try FreeBSDScanner(kernel).scan(.full)
    let route = try #require(host.dependencies.first { $0.kind == .defaultRoute })
    #expect(route.function == (try address(expected)))
    #expect(route.chain.first == interface)
  }

  @Test("An interface of nothing known is a gap")
  func bridgeInterface() throws {
    var kernel = try kernel(mounts: [])
    kernel.interfaceBytes = Array("\u{2}\0\0\0lagg0\0".utf8)
    kernel.routeBytes = message(
      flags: 3, index: 2, addresses: [inet(0, 0, 0, 0), inet(10, 0, 0, 1), []])
    let host = try FreeBSDScanner(kernel).scan(.full)
    #expect(host.dependencies.allSatisfy { $0.kind != .defaultRoute })
    #expect(host.gaps.contains { $0.reason.contains("lagg0") })
  }

  @Test("Hostile routing tables end")
  func hostileRoutes() {
    let good = message(flags: 3, index: 2, addresses: [inet(0, 0, 0, 0), inet(1, 2, 3, 4), []])
    for length in 0...good.count {
      _ = RouteMessages.defaultInterfaces(Array(good[..<length]))
    }
    for position in good.indices {
      var bytes = good
      bytes[position] ^= 0xff
      _ = RouteMessages.defaultInterfaces(bytes)
    }
    #expect(RouteMessages.defaultInterfaces(good) == [2])
  }

  // MARK: IOMMU

  private func table(_ signature: String, _ structures: [[UInt8]]) -> [UInt8] {
    var bytes = Array(signature.utf8) + [UInt8](repeating: 0, count: 44)
    for structure in structures { bytes += structure }
    return bytes
  }

  @Test("The DMAR table counts its units")
  func intel() throws {
    var kernel = try RecordedKernel("rich15")
    let unit: [UInt8] = [0, 0, 16, 0] + [UInt8](repeating: 0, count: 12)
    let reserved: [UInt8] = [1, 0, 24, 0] + [UInt8](repeating: 0, count: 20)
    kernel.tables["DMAR"] = table("DMAR", [unit, unit, reserved])
    var host = try FreeBSDScanner(kernel).scan(.full)
    #expect(host.iommu.kind == .intel)
    #expect(host.iommu.isPresent == true)
    #expect(host.iommu.units == ["dmar0", "dmar1"])
    // vmm is not loaded on this recording.
    #expect(host.iommu.isEnabled == nil)
    kernel.tables["DMAR"] = table("DMAR", [reserved, unit])
    host = try FreeBSDScanner(kernel).scan(.full)
    #expect(host.gaps.contains { $0.reason.contains("does not start with a remapping unit") })
    kernel.tables["DMAR"] = table("DMAR", [[0, 0, 2, 0]])
    host = try FreeBSDScanner(kernel).scan(.full)
    #expect(host.iommu.units.isEmpty)
    #expect(host.gaps.contains { $0.reason.contains("do not fit") })
  }

  /// The layouts of Intel's specification 4.1, sections 8.3, 8.3.1 and 8.4.
  @Test("The DMAR table says what its units serve and what memory is wanted")
  func scopes() throws {
    var kernel = try RecordedKernel("rich15")
    // Flags 0, domain 0; endpoint 00:02.0, and an IOAPIC.
    let graphics: [UInt8] =
      [0, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0xd9, 0xfe, 0, 0, 0, 0] + [1, 8, 0, 0, 0, 0, 2, 0]
      + [3, 8, 0, 0, 2, 0xf0, 0x1f, 7]
    // INCLUDE_PCI_ALL, domain 1.
    let rest: [UInt8] = [0, 0, 16, 0, 1, 0, 1, 0, 0, 0, 0xd9, 0xfe, 0, 0, 0, 0]
    // 0xbdf6f000 to 0xbdf7efff for what is at 1c.0, then 00.1 behind it.
    let reserved: [UInt8] =
      [1, 0, 34, 0, 0, 0, 0, 0, 0x00, 0xf0, 0xf6, 0xbd, 0, 0, 0, 0]
      + [0xff, 0xef, 0xf7, 0xbd, 0, 0, 0, 0] + [1, 10, 0, 0, 0, 0, 0x1c, 0, 0, 1]
    kernel.tables["DMAR"] = table("DMAR", [graphics, reserved, rest])
    let host = try FreeBSDScanner(kernel).scan(.full)
    #expect(
      host.remapping
        == RemappingFacts(
          units: [
            RemappingFacts.Unit(
              domain: 0, servesRest: false,
              scopes: [
                DeviceScope(kind: 1, bus: 0, path: [0x10]),
                DeviceScope(kind: 3, bus: 0xf0, path: [0xff]),
              ]), RemappingFacts.Unit(domain: 1, servesRest: true, scopes: []),
          ], leadingUnits: 1,
          reservedMemory: [
            RemappingFacts.ReservedMemory(
              domain: 0, start: 0xbdf6_f000, end: 0xbdf7_efff,
              scopes: [DeviceScope(kind: 1, bus: 0, path: [0xe0, 0x01])])
          ]))
    // Scopes that do not fit their structure, and every shorter table, are refused or read.
    let whole = table("DMAR", [graphics, reserved, rest])
    for length in 0...whole.count { _ = RemappingTable(dmar: Array(whole[..<length])) }
    for position in 48..<whole.count {
      var bytes = whole
      bytes[position] ^= 0xff
      _ = RemappingTable(dmar: bytes)
    }
    var broken = graphics
    broken[17] = 40
    #expect(RemappingTable(dmar: table("DMAR", [broken])) == nil)
    broken[17] = 5
    #expect(RemappingTable(dmar: table("DMAR", [broken])) == nil)
  }

  @Test("The IVRS table counts each unit once, however many blocks it has")
  func amd() throws {
    var kernel = try RecordedKernel("ppt15")
    func block(_ type: UInt8, _ device: UInt8) -> [UInt8] {
      [type, 0, 24, 0, device, 0] + [UInt8](repeating: 0, count: 18)
    }
    kernel.tables["IVRS"] = table("IVRS", [block(0x10, 2), block(0x11, 2), block(0x40, 2)])
    let host = try FreeBSDScanner(kernel).scan(.full)
    #expect(host.iommu.kind == .amd)
    #expect(host.iommu.units == ["ivhd0"])
    // hw.vmm.amdvi.enable is 0 on the recording.
    #expect(host.iommu.isEnabled == false)
  }

  @Test("No table at all is no IOMMU")
  func noTable() throws {
    let host = try FreeBSDScanner(try RecordedKernel("rich12")).scan(.full)
    #expect(host.iommu.isPresent == false)
    #expect(host.iommu.isEnabled == false)
  }

  // MARK: Kernel environment and errors

  @Test("The kernel environment keeps what matters and nothing else")
  func environment() throws {
    var kernel = try RecordedKernel("rich15")
    kernel.environmentBytes =
      Array(
        "pptdevs=1/0/1 2/0/0\0smbios.system.serial=secret\0hint.em.2.at=pci0:11:0:0\0"
          .utf8) + [0, 0]
    let host = try FreeBSDScanner(kernel).scan(.full)
    #expect(
      host.freeBSD?.kernelEnvironment == [
        NamedValue(name: "pptdevs", value: "1/0/1 2/0/0"),
        NamedValue(name: "hint.em.2.at", value: "pci0:11:0:0"),
      ])
  }

  @Test(
    "Each failure says what to do",
    arguments: [
      (KernelError(.open, number: 2, call: "open /dev/pci"), ScanError.Code.missing, "jail"),
      (KernelError(.open, number: 13, call: "open /dev/pci"), .notPermitted, "root"),
      (KernelError(.noKnownLayout, number: 25, call: "x"), .unsupported, "pciconf -lvbcB"),
      (KernelError(.unsettled, number: 16, call: "x"), .failed, "try again"),
      (KernelError(.refused, number: 5, call: "PCIOCGETCONF"), .failed, "PCIOCGETCONF"),
      (KernelError(.unsupported, number: 78, call: "x"), .unsupported, "--from"),
    ])
  func errors(error: KernelError, code: ScanError.Code, words: String) {
    let made = ScanError(error)
    #expect(made.code == code)
    #expect(made.description.contains(words))
    #expect(made.remedy != nil)
  }

  @Test("On this system there is no /dev/pci to open")
  func unsupported() {
    #if !os(FreeBSD)
      #expect(throws: ScanError.self) { try DevPCIScanner() }
    #endif
  }
}
