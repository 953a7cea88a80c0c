// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PassthruAnalysis
import Testing

@testable import PassthruConfig

@Suite struct PlanStepsTests {
  var gatewayPlan: Plan {
    let address = SampleHost.address("0a:00.1")
    var plan = Plan(
      machine: SampleHost.gateway, consumer: .bhyve, guest: "pfsense", selected: [address])
    plan.devices = [address]
    plan.renumbered = [
      Renumbering(
        driver: "em", address: SampleHost.address("0b:00.0"), from: 2, to: 1, names: ["em2"])
    ]
    return plan.completed()
  }

  @Test func freeBSDWayHasEveryStep() throws {
    let plan = gatewayPlan
    let places = plan.steps.map(\.place)
    #expect(plan.warnings.isEmpty)
    #expect(plan.steps.count == 5)
    #expect(plan.steps[0].lines == ["acpidump -t | grep DMAR"])
    #expect(places[1] == "/boot/loader.conf")
    #expect(
      plan.steps[1].lines == [
        "vmm_load=\"YES\"", "# ppt: 10/0/1 is 8086:1521", "pptdevs=\"10/0/1\"",
        "hint.em.2.at=\"pci0:11:0:0\"",
      ])
    #expect(plan.steps[2].action.contains("em2 becomes em1"))
    #expect(plan.steps[2].lines[0].contains("/etc/rc.conf "))
    #expect(plan.steps[2].lines[0].contains("/etc/pf.conf "))
    #expect(plan.steps[3].lines.contains("pciconf -l | grep ^ppt"))
    #expect(
      plan.steps[3].notes[0].contains("pptN@pci0:10:0:1: with vendor=0x8086 device=0x1521"))
    #expect(plan.steps[4].alternatives.map(\.tool) == ["iohyve", "vm-bhyve", "bhyve"])
    #expect(
      plan.steps[4].alternatives.map(\.lines) == [
        ["iohyve set pfsense pcidev:01=passthru,10/0/1 bargs=-S_-A_-H_-P"],
        ["passthru0=\"10/0/1=20:0\""],
        ["-S -s 20:0,passthru,10/0/1"],
      ])
    #expect(plan.undo.last?.lines == ["devctl set driver -f pci0:10:0:1 em"])
  }

  @Test func linuxWayHasEveryStep() throws {
    let address = SampleHost.address("0b:00.0")
    var host = SampleHost.workstation
    host.iommu = IOMMUState(kind: .intel, isEnabled: false, isPresent: true)
    var plan = Plan(machine: host, consumer: .vfio, guest: "g", selected: [address])
    plan.devices = [address]
    let completed = plan.completed()
    #expect(completed.steps.count == 4)
    #expect(completed.steps[0].lines == ["intel_iommu=on"])
    #expect(completed.steps[1].lines == ["driverctl set-override 0000:0b:00.0 vfio-pci"])
    #expect(completed.steps[2].lines == ["lspci -nnk -s 0000:0b:00.0"])
    #expect(completed.steps[3].alternatives.map(\.tool) == ["libvirt", "qemu", "proxmox"])
    #expect(completed.undo.last?.lines == ["driverctl unset-override 0000:0b:00.0"])
  }

  @Test func refusedDomainIsAWarningAndNoStep() throws {
    let address = SampleHost.address("10000:e1:00.0")
    var plan = Plan(
      machine: SampleHost.workstation, consumer: .bhyve, guest: "g", selected: [address])
    plan.devices = [address]
    let completed = plan.completed()
    #expect(completed.steps.isEmpty)
    #expect(completed.warnings.count == 1)
  }
}
