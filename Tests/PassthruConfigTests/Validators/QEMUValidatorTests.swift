// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import Testing

@testable import PassthruConfig

/// QEMU's own parser, and the tree it makes with a device that it emulates.
@Suite(.enabled(if: Programs.have("qemu-system-x86_64")))
struct QEMUValidatorTests {
  static let base = [
    "-machine", "q35,accel=tcg", "-m", "64", "-nodefaults", "-display", "none", "-S", "-serial",
    "none",
  ]

  static let selections: [[String]] = [
    ["0b:00.0"], ["0a:00.0", "0a:00.1"], ["0a:00.1"], ["0a:00.0", "0a:00.1", "0b:00.0"],
    ["10000:e1:00.0"],
  ]

  func request(_ devices: [String]) -> ConfigurationRequest {
    ConfigurationRequest(
      host: SampleHost.workstation, devices: devices.map { SampleHost.address($0) }, guest: "g")
  }

  /// The only thing wrong may be that the device is not on this machine.
  @Test(arguments: ["qemu", "qemu-json"], selections)
  func argumentsParse(_ target: String, _ devices: [String]) throws {
    var request = request(devices)
    request.bootIndex = 1
    if devices.count == 1 { request.romFile = "/roms/a, b.rom" }
    let document = try #require(Target.named(target)).emit(request)
    let words = try HypervisorGrammars.words(document.text)
    // QEMU stops at the first device that is absent: one function at a time.
    for chosen in words.filter({ $0.contains("vfio-pci") }) {
      var arguments: [String] = []
      for index in stride(from: 0, to: words.count, by: 2) {
        if words[index + 1] == chosen || !words[index + 1].contains("vfio-pci") {
          arguments += [words[index], words[index + 1]]
        }
      }
      let outcome = try Programs.run(
        "qemu-system-x86_64", Self.base + ["-monitor", "none"] + arguments)
      #expect(outcome.status != 0)
      let lines = outcome.errors.split(separator: "\n").filter { $0.contains("qemu-system") }
      #expect(lines.count == 1, "\(outcome.errors)")
      let hasOnlyTheAbsence = lines.first.map {
        matches(
          String($0),
          ": vfio /sys/bus/pci/devices/(0000:0[ab]|10000:e1):00\\.[01]: no such host device"
        ).count == 1
      }
      #expect(hasOnlyTheAbsence == true, "\(outcome.errors)")
    }
  }

  @Test func parserIsAbleToRefuse() throws {
    let outcome = try Programs.run(
      "qemu-system-x86_64",
      Self.base + ["-monitor", "none", "-device", "vfio-pci,host=0000:0a:00.0,bogus=1"])
    #expect(outcome.errors.contains("Property 'vfio-pci.bogus' not found"))
  }

  /// Why a domain above 16 bits goes by its path.
  @Test func hostTakesSixteenBitsOfADomain() throws {
    let outcome = try Programs.run(
      "qemu-system-x86_64",
      Self.base + ["-monitor", "none", "-device", "vfio-pci,host=10000:e1:00.0"])
    #expect(outcome.errors.contains("doesn't take value '10000:e1:00.0'"))
  }

  /// With e1000e in place of vfio-pci: the functions are where they should be.
  @Test(arguments: ["qemu", "qemu-json"], selections)
  func functionsAreWhereTheyShouldBe(_ target: String, _ devices: [String]) throws {
    let document = try #require(Target.named(target)).emit(request(devices))
    var arguments: [String] = []
    for (kind, keys) in try HypervisorGrammars.qemuOptions(document.text) {
      var keys = keys
      keys["driver"] = nil
      keys["host"] = nil
      keys["sysfsdev"] = nil
      let driver = kind == "vfio-pci" ? "e1000e" : kind
      let properties = keys.map { "\($0)=\($1)" }.sorted().joined(separator: ",")
      arguments += ["-device", "\(driver),\(properties)"]
    }
    let outcome = try Programs.run(
      "qemu-system-x86_64", Self.base + ["-monitor", "stdio"] + arguments,
      input: "info qtree\nquit\n")
    #expect(outcome.status == 0, "\(outcome.errors)")
    var port = ""
    var found: [Placed] = []
    let expected = try HypervisorGrammars.qemu(document.text)
    for line in outcome.output.components(separatedBy: .newlines) {
      let line = line.trimmingCharacters(in: .whitespaces)
      if let groups = match(line, "class PCI bridge, addr 00:(\\S+), pci id 1b36:000c.*") {
        port = groups[1]
      } else if let groups = match(
        line, "class Ethernet controller, addr [0-9a-f]{2}:00\\.([0-7]), pci id 8086:10d3.*")
      {
        let index = found.count
        try #require(index < expected.count)
        found.append(
          Placed(address: expected[index].address, slot: port, function: UInt8(groups[1])))
      }
    }
    #expect(Set(found.compactMap(\.slot)) == Set(expected.compactMap(\.slot)))
    #expect(found.count == devices.count, "\(outcome.output)")
    #expect(shape(found) == shape(expected))
  }

  /// The functions of each slot, the smallest slot first.
  func shape(_ places: [Placed]) -> [[UInt8]] {
    var slots: [String: [UInt8]] = [:]
    for place in places { slots[place.slot ?? "", default: []].append(place.function ?? 0xff) }
    let functions: [[UInt8]] = slots.values.map { $0.sorted() }
    return functions.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
