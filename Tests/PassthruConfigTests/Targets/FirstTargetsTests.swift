// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PassthruAnalysis
import Testing

@testable import PassthruConfig

/// The targets of the blog post's way, against the forms that bhyve(8), vmm(4),
/// vm(8) and iohyve's own help give.
@Suite struct FirstTargetsTests {
  func emit(_ name: String, _ request: ConfigurationRequest) throws -> ConfigurationDocument {
    try #require(Target.named(name)).emit(request)
  }

  @Test func loaderConf() throws {
    var request = SampleHost.request("0a:00.1")
    request.renumbered = [
      Renumbering(driver: "em", address: SampleHost.address("0b:00.0"), from: 2, to: 1, names: [])
    ]
    let document = try emit("loader.conf", request)
    #expect(
      document.text
        == "vmm_load=\"YES\"\n# ppt: 10/0/1 is 8086:1521\npptdevs=\"10/0/1\"\n"
        + "hint.em.2.at=\"pci0:11:0:0\"\n")
    #expect(document.path == "/boot/loader.conf")
  }

  @Test func loaderConfOnAMD() throws {
    var host = SampleHost.gateway
    host.iommu.kind = .amd
    let document = try emit("loader.conf", SampleHost.request("0a:00.1", host: host))
    #expect(document.text.contains("hw.vmm.amdvi.enable=\"1\"\n"))
  }

  @Test func loaderConfKeepsWhatTheKernelWasBootedWith() throws {
    var host = SampleHost.gateway
    host.freeBSD = FreeBSDFacts(
      kernelEnvironment: [NamedValue(name: "pptdevs", value: "11/0/0 10:0:0 99/0/0")])
    let document = try emit("loader.conf", SampleHost.request("0a:00.1", host: host))
    #expect(document.text.contains("pptdevs=\"11/0/0 99/0/0 10/0/1\"\n"))
    #expect(document.warnings.contains { $0.contains("10:0:0") })
    #expect(document.warnings.contains { $0.contains("99/0/0") && $0.contains("no device") })
  }

  @Test func loaderConfSpillsOverThreeVariablesAndRefusesMore() throws {
    var host = SampleHost.gateway
    host.functions = (100..<160).map { bus in
      SampleHost.function(UInt8(bus).hexadecimal(width: 2) + ":00.0")
    }
    var request = ConfigurationRequest(
      host: host, devices: host.functions.prefix(40).map(\.address), guest: "g")
    let lines = try emit("loader.conf", request).text.split(separator: "\n").dropFirst()
      .filter { !$0.hasPrefix("#") }
    #expect(lines.map { $0.split(separator: "=")[0] } == ["pptdevs", "pptdevs2", "pptdevs3"])
    for line in lines {
      #expect(line.split(separator: "=")[1].utf8.count <= 127 + 2)
    }
    request.devices = host.functions.map(\.address)
    #expect(throws: ConfigurationError.self) { try emit("loader.conf", request) }
  }

  @Test func bhyve() throws {
    let document = try emit("bhyve", SampleHost.request("0a:00.0", "0a:00.1", "0b:00.0"))
    #expect(
      document.text
        == "-S -s 20:0,passthru,10/0/0 -s 20:1,passthru,10/0/1 -s 21:0,passthru,11/0/0\n")
  }

  @Test func bhyveROMNeedsItsRelease() throws {
    var request = SampleHost.request("0a:00.0")
    request.romFile = "/roms/gpu.rom"
    #expect(
      try emit("bhyve", request).text == "-S -s 20:0,passthru,10/0/0,rom=/roms/gpu.rom\n")
    request.release = 12
    #expect(throws: ConfigurationError.self) { try emit("bhyve", request) }
  }

  @Test func vmBhyve() throws {
    let document = try emit("vm-bhyve", SampleHost.request("0a:00.0", "0a:00.1"))
    #expect(
      document.text == "passthru0=\"10/0/0=20:0\"\npassthru1=\"10/0/1=20:1\"\n")
  }

  @Test func lowestFunctionBecomesFunctionZero() throws {
    let document = try emit("vm-bhyve", SampleHost.request("0a:00.1"))
    #expect(document.text == "passthru0=\"10/0/1=20:0\"\n")
    #expect(document.losses.count == 1)
  }

  @Test func iohyve() throws {
    #expect(
      try emit("iohyve", SampleHost.request("0a:00.1")).text
        == "iohyve set pfsense pcidev:01=passthru,10/0/1 bargs=-S_-A_-H_-P\n")
    let both = try emit("iohyve", SampleHost.request("0a:00.0", "0a:00.1", "0b:00.0"))
    #expect(
      both.text
        == "iohyve set pfsense pcidev:01=passthru,11/0/0"
        + " bargs=-S_-A_-H_-P_-s_20:0,passthru,10/0/0_-s_20:1,passthru,10/0/1\n")
    #expect(both.warnings.contains { $0.contains("sort key") })
  }

  @Test func iohyveKeysSortAsTheyAreWritten() {
    let keys = Iohyve.keys(28)
    #expect(keys == keys.sorted())
    #expect(Set(keys).count == 28)
  }

  @Test(arguments: ["loader.conf", "bhyve", "vm-bhyve", "iohyve"])
  func freeBSDRefusesOtherDomains(_ name: String) throws {
    let request = SampleHost.request("10000:e1:00.0", host: SampleHost.workstation)
    #expect(throws: ConfigurationError.self) { try emit(name, request) }
  }

  @Test(arguments: Target.all.map(\.name))
  func everyTargetRefusesWhatCannotBe(_ name: String) throws {
    for devices in [["00:1c.0"], ["7f:00.0"], ["0a:00.0", "0a:00.0"], []] {
      let request = ConfigurationRequest(
        host: SampleHost.workstation, devices: devices.map { SampleHost.address($0) }, guest: "g")
      #expect(throws: ConfigurationError.self) { try emit(name, request) }
    }
    for guest in ["", "-x", "a b", "a'b", "../g", "g\n"] {
      let request = SampleHost.request("0a:00.0", host: SampleHost.workstation, guest: guest)
      #expect(throws: ConfigurationError.self) { try emit(name, request) }
    }
  }

  @Test func qemu() throws {
    let request = SampleHost.request("0a:00.0", "0a:00.1", host: SampleHost.workstation)
    #expect(
      try emit("qemu", request).text == """
        -device pcie-root-port,id=passthru-port0,bus=pcie.0,addr=10.0,chassis=16,slot=16 \\
        -device vfio-pci,host=0000:0a:00.0,id=passthru0,bus=passthru-port0,addr=00.0,multifunction=on \\
        -device vfio-pci,host=0000:0a:00.1,id=passthru1,bus=passthru-port0,addr=00.1

        """)
  }

  @Test func libvirtLeavesTheAddressOfOneFunctionToLibvirt() throws {
    let request = SampleHost.request("0b:00.0", host: SampleHost.workstation)
    #expect(
      try emit("libvirt", request).text == """
        <hostdev mode='subsystem' type='pci' managed='yes'>
          <source>
            <address domain='0x0000' bus='0x0b' slot='0x00' function='0x0'/>
          </source>
        </hostdev>

        """)
  }

  @Test func remarksBecomeComments() throws {
    var request = SampleHost.request("0a:00.0", host: SampleHost.workstation)
    request.remarks = ["blocked: group.shared-host -- it\nis shared"]
    #expect(
      try emit("libvirt", request).text.hasPrefix(
        "<!-- blocked: group.shared-host - - it is shared -->\n<hostdev"))
    #expect(
      try emit("driverctl", request).text.hasPrefix(
        "# blocked: group.shared-host -- it is shared\ndriverctl"))
  }
}
