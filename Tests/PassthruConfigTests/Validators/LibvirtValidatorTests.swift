// SPDX-License-Identifier: Apache-2.0

import Foundation
import FoundationXML
import PCI
import PCIHost
import Testing

@testable import PassthruConfig

/// libvirt's own schema and parser, and virt-install, on what is written for them.
@Suite struct LibvirtValidatorTests {
  static let selections: [[String]] = [
    ["0b:00.0"], ["0a:00.0", "0a:00.1"], ["0a:00.1"], ["0a:00.0", "0a:00.1", "0b:00.0"],
  ]

  func request(_ devices: [String], host: Machine = SampleHost.workstation) -> ConfigurationRequest
  {
    ConfigurationRequest(
      host: host, devices: devices.map { SampleHost.address($0) }, guest: "g")
  }

  static func domain(_ type: String, devices: String, memory: String = "") -> String {
    """
    <domain type='\(type)'>
      <name>g</name>
      <memory unit='MiB'>512</memory>
      \(memory)
      <vcpu>1</vcpu>
      <os><type arch='x86_64' machine='q35'>hvm</type></os>
      <devices>
    \(devices)
      </devices>
    </domain>
    """
  }

  func validate(_ xml: String) throws -> Programs.Outcome {
    let folder = try TemporaryFolder()
    let file = try folder.write(xml, to: "dom.xml")
    return try Programs.run("virt-xml-validate", [file.path, "domain"])
  }

  @Test(
    .enabled(if: Programs.have("virt-xml-validate") && Programs.have("xmllint")),
    arguments: selections)
  func schemaTakesQEMUDomains(_ devices: [String]) throws {
    var request = request(devices)
    request.bootIndex = 0
    if devices.count == 1 { request.romFile = "/roms/it's <a> \"rom\" & more" }
    for slot in [nil, 12] as [UInt8?] {
      request.guestSlot = slot
      let document = try Libvirt.emit(request)
      let outcome = try validate(Self.domain("kvm", devices: document.text))
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)\(document.text)")
    }
  }

  @Test(
    .enabled(if: Programs.have("virt-xml-validate") && Programs.have("xmllint")),
    arguments: selections)
  func schemaTakesBhyveDomains(_ devices: [String]) throws {
    let text = try LibvirtBhyve.emit(request(devices)).text
    let marker = "<!-- in devices -->\n"
    let cut = try #require(text.range(of: marker))
    let domain = Self.domain(
      "bhyve", devices: String(text[cut.upperBound...]),
      memory: String(text[..<cut.lowerBound]))
    let outcome = try validate(domain)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)\(domain)")
  }

  @Test(.enabled(if: Programs.have("virt-xml-validate") && Programs.have("xmllint")))
  func schemaIsAbleToRefuse() throws {
    let text = try Libvirt.emit(request(["0a:00.0", "0a:00.1"])).text
    let broken = text.replacingOccurrences(of: "function='0x1'", with: "function='0x8'")
    #expect(try validate(Self.domain("kvm", devices: broken)).status != 0)
  }

  @Test(.enabled(if: Programs.have("virsh")), arguments: selections)
  func libvirtDefinesAndKeepsTheAddresses(_ devices: [String]) throws {
    let document = try Libvirt.emit(request(devices))
    let folder = try TemporaryFolder()
    let domain = Self.domain("test", devices: document.text)
    let file = try folder.write(domain, to: "dom.xml")
    let outcome = try Programs.run(
      "virsh",
      ["-q", "-c", "test:///default", "define --validate \(file.path); dumpxml g"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let dumped = try XMLDocument(
      xmlString: outcome.output.replacingOccurrences(
        of: "^[^<]*", with: "", options: .regularExpression))
    let sources = try dumped.nodes(forXPath: "/domain/devices/hostdev/source/address")
    #expect(sources.count == devices.count)
    let written = try HypervisorGrammars.libvirt(document.text, managed: "yes")
    for (node, placed) in zip(sources, written) {
      let element = try #require(node as? XMLElement)
      #expect(
        element.attribute(forName: "bus")?.stringValue
          == "0x" + placed.address.bus.hexadecimal(width: 2))
      #expect(
        element.attribute(forName: "function")?.stringValue
          == "0x" + placed.address.function.hexadecimal(width: 1))
    }
  }

  /// A node for libvirt's test driver with the functions that virt-install looks up.
  static func node(_ request: ConfigurationRequest) -> String {
    let devices = request.devices.map { address in
      """
      <device>
        <name>\(Libvirt.nodeDevice(address))</name>
        <parent>computer</parent>
        <capability type='pci'>
          <domain>\(address.domain)</domain><bus>\(address.bus)</bus>
          <slot>\(address.device)</slot><function>\(address.function)</function>
          <product id='0x1521'>x</product><vendor id='0x8086'>y</vendor>
        </capability>
      </device>
      """
    }
    return """
      <node>
        <cpu><mhz>1000</mhz><model>i686</model><active>2</active><nodes>1</nodes>
          <sockets>1</sockets><cores>2</cores><threads>1</threads></cpu>
        <memory>4000000</memory>
        <network><name>default</name><bridge name='b'/>
          <ip address='192.168.122.1' netmask='255.255.255.0'/></network>
        <device><name>computer</name><capability type='system'>
          <hardware><vendor>x</vendor><uuid>1f34a8a0-0000-0000-0000-000000000000</uuid></hardware>
          <firmware><vendor>x</vendor></firmware></capability></device>
        \(devices.joined(separator: "\n"))
      </node>
      """
  }

  @Test(.enabled(if: Programs.have("virt-install")), arguments: selections)
  func virtInstallPlacesTheDevices(_ devices: [String]) throws {
    let request = request(devices)
    let folder = try TemporaryFolder()
    let node = try folder.write(Self.node(request), to: "node.xml")
    let text = try VirtInstall.emit(request).text
    let options = try HypervisorGrammars.words(text)
    let outcome = try Programs.run(
      "virt-install",
      [
        "--connect", "test://\(node.path)", "--name", "g", "--memory", "512", "--disk", "none",
        "--osinfo", "generic", "--import", "--print-xml",
      ] + options, environment: ["HOME": folder.url.path])
    #expect(outcome.status == 0, "\(outcome.errors)\(text)")
    // It prints one document an installation step: the first is the guest.
    let xml = try #require(outcome.output.components(separatedBy: "</domain>").first)
    let document = try XMLDocument(xmlString: xml + "</domain>")
    var placed: [Placed] = []
    for node in try document.nodes(forXPath: "/domain/devices/hostdev") {
      let element = try #require(node as? XMLElement)
      let source = try #require(try element.nodes(forXPath: "source/address").first as? XMLElement)
      func number(_ element: XMLElement, _ name: String) throws -> UInt8 {
        let text = try #require(element.attribute(forName: name)?.stringValue)
        return try #require(
          text.hasPrefix("0x") ? UInt8(text.dropFirst(2), radix: 16) : UInt8(text))
      }
      let address = try #require(
        FunctionAddress(
          domain: 0, bus: try number(source, "bus"), device: try number(source, "slot"),
          function: try number(source, "function")))
      var place = Placed(address: address)
      if let guest = element.elements(forName: "address").first {
        place.slot = "0x" + (try number(guest, "bus")).hexadecimal(width: 2)
        place.function = try number(guest, "function")
      }
      placed.append(place)
    }
    #expect(placed == (try HypervisorGrammars.virtInstall(text)))
  }
}
