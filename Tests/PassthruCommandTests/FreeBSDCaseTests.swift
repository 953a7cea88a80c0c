// SPDX-License-Identifier: Apache-2.0

import TestCorpora
import Testing

/// Reports that people made on FreeBSD, each with what is right (the README beside it).
///
/// What is linted without a host is among the linter's own cases.
@Suite("FreeBSD reports") struct FreeBSDCaseTests {
  static let isPresent = ReportQuestion.isPresent("freebsd")

  static let questions: [ReportQuestion] = [
    ReportQuestion(
      name: "02-excerpt-one-device", words: "check em0 --from @em0.pciconf", status: 1,
      says: ["if it is not the only network card of the host"],
      omits: ["blocked"]),
    ReportQuestion(
      name: "02-excerpt-one-device", words: "check xhci0 --from @xhci0.pciconf", status: 1,
      says: ["if it is not the only USB controller of the host"],
      omits: ["blocked"]),
    ReportQuestion(
      name: "02-excerpt-one-device", words: "plan igb0 --guest g --from @ryzen-igb0.pciconf",
      status: 1,
      says: [
        "acpidump -t | grep -E 'DMAR|IVRS'", "on AMD's hw.vmm.amdvi.enable=\"1\" must be there too",
      ],
      omits: ["grep DMAR "]),
    ReportQuestion(
      name: "03-rx9060-amd", words: "check 3/0/0 --from @web.pciconf", status: 1,
      says: ["if it is not the only display of the host", "pass all of them"],
      omits: ["blocked"]),
    ReportQuestion(
      name: "03-rx9060-amd", words: "lint @guest.conf --from @web.pciconf", status: 0,
      says: ["no fault"]),
    ReportQuestion(
      name: "03-rx9060-amd", words: "lint @bridges.loader.conf --from @web.pciconf", status: 1,
      says: ["pptdevs.bridge"]),
    ReportQuestion(
      name: "04-sriov-x710", words: "check iavf1 --from @host.pciconf", status: 1,
      says: ["it is a virtual function", "passthrough : true in iovctl.conf(5)"],
      omits: ["another function of the same device", "01:00.11"]),
    ReportQuestion(
      name: "04-sriov-x710", words: "emit loader.conf iavf1 --from @host.pciconf", status: 1,
      says: ["pptdevs=\"1/0/17\"", "pci0:1:0:17"],
      omits: ["01:00.11"]),
    ReportQuestion(
      name: "04-sriov-x710", words: "list --from @wrapped.pciconf", status: 0,
      says: ["pci0:1:0:0", "pci0:1:0:1"]),
    ReportQuestion(
      name: "06-bge-function",
      words: "emit vm-bhyve 3/0/1 --guest g --slot 20:1 --from @host.pciconf", status: 1,
      says: ["passthru0=\"3/0/1=20:1\"", "function 0"]),
    ReportQuestion(
      name: "07-cbsd530-bcm5709", words: "check 4/0/0 --from @excerpt.pciconf", status: 1,
      says: ["unknown:", "its capabilities are not recorded"]),
    ReportQuestion(
      name: "10-bcm4360-macbook", words: "check 3/0/0 --from @excerpt.pciconf", status: 1,
      says: ["unknown:"],
      omits: ["the only network card of the host"]),
    ReportQuestion(
      name: "10-bcm4360-macbook", words: "lint @loader.conf --no-host", status: 0,
      says: ["risk: hw.dmar.enable=1"]),
    ReportQuestion(
      name: "11-wifibox-mt7922", words: "check ppt0 --from @a.pciconf", status: 1,
      says: ["reset.quirk-no-flr", "Transactions pending after FLR!"]),
    ReportQuestion(
      name: "12-truenas-t580-vf", words: "check ppt7 --from @a.pciconf", status: 1,
      says: ["pci0:5:0:21"],
      omits: ["the only network card", "05:00.15"]),
    ReportQuestion(
      name: "12-truenas-t580-vf", words: "emit bhyve ppt7 --slot 20 --from @a.pciconf", status: 1,
      says: ["5/0/21"],
      omits: ["05:00.15"]),
    ReportQuestion(
      name: "14-optimus", words: "lint @loader.conf --from @host.pciconf", status: 1,
      says: ["0/1/0 is a bridge, which ppt never takes"]),
    ReportQuestion(
      name: "15-jail-82580", words: "plan 1/0/0 --guest w --from @host.pciconf", status: 1,
      says: [
        "igb1 becomes igb0, igb2 becomes igb1 and igb3 becomes igb2",
        "hint.igb.1.at=\"pci0:1:0:1\"",
      ]),
    ReportQuestion(
      name: "15-jail-82580", words: "plan 1/0/0 --guest w --release 11 --from @host.pciconf",
      status: 1,
      says: ["has no hints for PCI units"],
      omits: ["the hints above", "with the hints", "and the hints", "hint.igb"]),
    ReportQuestion(
      name: "15-jail-82580", words: "plan 1/0/0 1/0/1 1/0/2 1/0/3 --guest w --from @host.pciconf",
      status: 1,
      says: ["pci0:1:0:0, pci0:1:0:1, pci0:1:0:2, pci0:1:0:3: if VT-d or AMD-Vi is on"],
      omits: ["? pci0:1:0:1"]),
    ReportQuestion(
      name: "16-openwrt-ax", words: "lint @loader.conf.d/vmm.conf --no-host", status: 0,
      says: ["no fault"]),
    ReportQuestion(
      name: "16-openwrt-ax", words: "lint @rc.local --no-host", status: 0, says: ["no fault"]),
    ReportQuestion(
      name: "17-rx7600-script", words: "lint @run.sh --no-host", status: 0, says: ["no fault"]),
    ReportQuestion(
      name: "23-coral-tpu", words: "plan 45/0/0 46/0/0 --guest w --from @host.pciconf", status: 1,
      says: ["pptdevs=\"45/0/0 46/0/0\"", "hw.vmm.amdvi.enable=\"1\"", "grep IVRS"],
      omits: ["? pci0:46:0:0"]),
    ReportQuestion(
      name: "23-coral-tpu", words: "lint @rc.conf --no-host", status: 1,
      says: ["pptdevs does nothing here", "hw.vmm.amdvi.enable does nothing here"]),
    ReportQuestion(
      name: "23-coral-tpu", words: "lint @hex.loader.conf --from @host.pciconf", status: 1,
      says: ["is hexadecimal"]),
    ReportQuestion(
      name: "23-coral-tpu", words: "lint @all.loader.conf --from @host.pciconf", status: 1,
      says: ["pptdevs.bridge"]),
  ]

  @Test(.enabled(if: isPresent), arguments: questions)
  func isAnswered(_ question: ReportQuestion) throws {
    let corpora = try #require(TestCorpora.corpora)
    try question.ask(in: corpora.appendingPathComponent("../cases/freebsd/" + question.name))
  }
}
