// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIBus
import PCIHost
import PCIRecords
import PassthruAnalysis
import TestCorpora
import Testing

@testable import PassthruConfig

/// Random selections, emitted and parsed back by the consumers' languages.
@Suite struct RoundTripTests {
  /// A source of numbers that is the same in each run.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      // SplitMix64.
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  /// Parses a target's text; `nil` where the format names no device.
  static func parse(_ target: String, _ text: String, _ host: Machine) throws -> [Placed]? {
    switch target {
    case "loader.conf": try FreeBSDGrammars.loaderConf(text)
    case "devctl": try FreeBSDGrammars.devctl(text)
    case "bhyve": try FreeBSDGrammars.bhyve(text)
    case "bhyve-config": try FreeBSDGrammars.bhyveConfig(text)
    case "vm-bhyve": try FreeBSDGrammars.vmBhyve(text)
    case "iohyve": try FreeBSDGrammars.iohyve(text)
    case "cbsd": try FreeBSDGrammars.cbsd(text)
    case "guard": try FreeBSDGrammars.guardScript(text, host)
    case "libvirt-bhyve": try HypervisorGrammars.libvirt(text, managed: "no")
    case "driverctl": try LinuxGrammars.driverctl(text)
    case "modprobe": try LinuxGrammars.modprobe(text, host)
    case "udev": try LinuxGrammars.udev(text, host)
    case "systemd": try LinuxGrammars.systemd(text, host)
    case "initramfs-tools": try LinuxGrammars.initramfsTools(text, host)
    case "kernel-cmdline": try LinuxGrammars.kernelCommandLine(text, host)
    case "nixos": try LinuxGrammars.nixOS(text, host)
    case "dracut", "mkinitcpio": nil
    case "qemu", "qemu-json": try HypervisorGrammars.qemu(text)
    case "libvirt": try HypervisorGrammars.libvirt(text, managed: "yes")
    case "virt-install": try HypervisorGrammars.virtInstall(text)
    case "proxmox": try HypervisorGrammars.proxmox(text, host)
    case "proxmox-mapping": try HypervisorGrammars.proxmoxMapping(text, host)
    case "xen": try HypervisorGrammars.xen(text, host)
    case "xen-pciback": try HypervisorGrammars.xenPciback(text)
    case "cloud-hypervisor": try HypervisorGrammars.cloudHypervisor(text)
    case "crosvm": try HypervisorGrammars.crosvm(text)
    case "incus": try HypervisorGrammars.incus(text)
    case "unraid": try HypervisorGrammars.unraid(text, host)
    case "truenas": try HypervisorGrammars.trueNAS(text)
    case "sriov-device-plugin": try OtherGrammars.sriovDevicePlugin(text)
    case "nfd": try OtherGrammars.nfd(text)
    case "ansible": try OtherGrammars.ansible(text)
    case "prometheus": try OtherGrammars.prometheus(text)
    case "hyperv": try OtherGrammars.hyperV(text, host)
    case "esxi": try OtherGrammars.esxi(text, host)
    case "kata", "kubevirt", "virtualbox": nil
    default: throw GrammarError(description: "no grammar for \(target)")
    }
  }

  /// Targets that give each function a slot of its own, or leave slots to their consumer.
  static let withoutSlots: Set<String> = [
    "loader.conf", "devctl", "cbsd", "guard", "driverctl", "modprobe", "udev", "systemd",
    "initramfs-tools", "kernel-cmdline", "nixos", "xen-pciback", "cloud-hypervisor",
    "incus", "unraid", "truenas", "sriov-device-plugin", "nfd", "ansible",
    "prometheus", "hyperv", "esxi",
  ]

  static func hosts() throws -> [(String, Machine)] {
    var hosts = [("gateway", SampleHost.gateway), ("workstation", SampleHost.workstation)]
    // The project's own: every target is emitted for one of these three.
    hosts.append(("intel-rich", try CorporaHosts.fixture("hosts/intel-rich.json")))
    hosts += try CorporaHosts.all()
    return hosts
  }

  @Test func everySelectionComesBack() throws {
    var emitted: [String: Int] = [:]
    let hosts = try Self.hosts()
    if TestCorpora.isPresent { #expect(hosts.count > 80) }
    for (name, host) in hosts {
      var generator = Generator(state: 42)
      let endpoints = host.functions.filter { $0.isBridge == false }.map(\.address)
      guard !endpoints.isEmpty else { continue }
      for _ in 0..<4 {
        var chosen = Set<FunctionAddress>()
        let count = Int.random(in: 1...min(6, endpoints.count), using: &generator)
        for _ in 0..<count {
          guard let one = endpoints.randomElement(using: &generator) else { continue }
          chosen.insert(one)
          // Often a whole card, as people pass them.
          if Bool.random(using: &generator) {
            for other in endpoints where other.isInSameSlot(as: one) { chosen.insert(other) }
          }
        }
        let request = ConfigurationRequest(host: host, devices: chosen.sorted(), guest: "g")
        for target in Target.all {
          if try check(target, request, name) { emitted[target.name, default: 0] += 1 }
        }
      }
    }
    let silent = Target.all.map(\.name).filter { emitted[$0] == nil }
    #expect(Set(silent) == ["firecracker", "virtualbox"])
  }

  /// Emits, parses and compares; false where the target refused.
  func check(_ target: Target, _ request: ConfigurationRequest, _ host: String) throws -> Bool {
    let document: ConfigurationDocument
    do {
      document = try target.emit(request)
    } catch {
      #expect(!error.reason.isEmpty && !error.remedy.isEmpty)
      return false
    }
    let context = "\(target.name) on \(host): \(document.text)"
    for forbidden in ["amd_iommu=on", "pcie_acs_override", "new_id"] {
      #expect(!document.text.contains(forbidden), "\(context)")
    }
    let placed: [Placed]?
    do {
      placed = try Self.parse(target.name, document.text, request.host)
    } catch {
      Issue.record("\(error) in \(context)" as Comment)
      return true
    }
    guard let placed else {
      try checkWithoutDevices(target.name, document, request)
      return true
    }
    let isLinux = target.platform != .freebsd
    let expected = isLinux ? request.devices.map(\.linuxForm).sorted() : request.devices
    #expect(placed.map(\.address).sorted() == expected, "\(context)")
    let cards = request.cards(try request.checkedFunctions())
    guard !Self.withoutSlots.contains(target.name) else {
      // What parts a card says so.
      if target.platform != .linux, cards.contains(where: { $0.count > 1 }),
        ![
          "loader.conf", "devctl", "guard", "xen-pciback", "unraid", "nfd", "ansible",
          "prometheus", "sriov-device-plugin",
        ].contains(target.name)
      {
        #expect(!document.losses.isEmpty, "\(context)")
      }
      return true
    }
    try checkPlaces(placed, cards: cards, document: document, context: context)
    return true
  }

  func checkPlaces(
    _ placed: [Placed], cards: [[Function]], document: ConfigurationDocument, context: String
  ) throws {
    let byAddress = Dictionary(uniqueKeysWithValues: placed.map { ($0.address, $0) })
    let withSlots = placed.filter { $0.slot != nil }
    let places = withSlots.map { "\($0.slot ?? ""):\($0.function ?? 0)" }
    #expect(Set(places).count == places.count, "a place twice: \(context)")
    for slot in Set(withSlots.compactMap(\.slot)) {
      #expect(withSlots.contains { $0.slot == slot && $0.function == 0 }, "no 0: \(context)")
    }
    var slotsSeen: Set<String> = []
    for card in cards {
      let members = card.compactMap { byAddress[$0.address] ?? byAddress[$0.address.linuxForm] }
      let slots = Set(members.compactMap(\.slot))
      if slots.count > 1 {
        #expect(!document.losses.isEmpty, "a card parted without a word: \(context)")
      }
      for slot in slots {
        #expect(slotsSeen.insert(slot).inserted, "two cards in \(slot): \(context)")
      }
      for member in members where card.count > 1 && member.slot != nil {
        let kept = member.function == member.address.deviceFunction & 7
        #expect(kept || !document.losses.isEmpty, "number lost without a word: \(context)")
      }
    }
  }

  func checkWithoutDevices(
    _ name: String, _ document: ConfigurationDocument, _ request: ConfigurationRequest
  ) throws {
    switch name {
    case "kata":
      let groups = try HypervisorGrammars.kata(document.text)
      let expected = Set(request.devices.compactMap { request.host.function(at: $0)?.iommuGroup })
      #expect(groups == expected)
    case "kubevirt":
      let asked = try OtherGrammars.kubeVirt(document.text)
      #expect(asked.values.reduce(0, +) == request.devices.count)
      #expect(asked.count == request.cards(try request.checkedFunctions()).count)
    default:
      #expect(!document.losses.isEmpty, "\(name) names no device and does not say so")
    }
  }
}
