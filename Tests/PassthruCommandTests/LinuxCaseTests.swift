// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// Reports that people made on Linux, each with what is right (the README beside it).
@Suite("Linux reports") struct LinuxCaseTests {
  static let isPresent = ReportQuestion.isPresent("linux")

  static let questions: [ReportQuestion] = [
    // "group 1 is not viable": the audio function must go too, the port stays.
    ReportQuestion(
      name: "01-gtx760-audio-left-behind", words: "check 01:00.0 --from @host", status: 0,
      says: ["conditional: it can go, with 01:00.1", "snd_hda_intel"], omits: ["00:01.0"]),
    ReportQuestion(
      name: "01-gtx760-audio-left-behind", words: "emit libvirt 01:00.0 --guest w --from @host",
      status: 1, says: ["01:00.1"]),
    ReportQuestion(
      name: "01-gtx760-audio-left-behind",
      words: "emit libvirt 01:00.0 --with-group --guest w --from @host", status: 0,
      says: ["slot='0x00' function='0x0'", "slot='0x00' function='0x1'"]),
    ReportQuestion(
      name: "03-b450-chipset-slot", words: "check 07:00.0 --from @host", status: 1,
      says: ["blocked: / is on nvme0n1p2, on nvme0n1, on 04:00.0, which must go along"]),
    ReportQuestion(
      name: "04-port-in-the-group", words: "check 05:00.0 --from @host", status: 0,
      says: ["ready: it is bound to vfio-pci"]),
    ReportQuestion(
      name: "05-x710-four-ports-one-active", words: "check 44:00.3 --from @host", status: 1,
      says: ["blocked: default route is on enp68s0f0, on 44:00.0, which must go along"]),
    ReportQuestion(
      name: "06-hp-rmrr-nic", words: "check 04:00.2 --from @host", status: 1,
      says: ["resv.direct", "mapped one to one"]),
    // From a text that names groups: the IOMMU is on, and the rest is a condition by name.
    ReportQuestion(
      name: "01-gtx760-audio-left-behind", words: "check 01:00.0 --from @lspci-nnvvv.txt",
      status: 1, says: ["conditional: it can go, with 01:00.1"],
      omits: ["not known whether the IOMMU is on", "if the IOMMU is on"]),
    ReportQuestion(
      name: "03-b450-chipset-slot", words: "check 07:00.0 08:00.0 --from @lspci-nnvvv.txt",
      status: 1, says: ["blocked: 03:00.0, which must go along", "with 08:00.1"]),
    ReportQuestion(
      name: "05-x710-four-ports-one-active", words: "check 44:00.3 --from @lspci-nnvvv.txt",
      status: 1, says: ["conditional: it can go, with 44:00.0 44:00.1 44:00.2", "route"]),
    ReportQuestion(
      name: "12-x710-behind-peg", words: "check 01:00.0 --from @lspci-nnvvvxxxx.txt",
      status: 1, says: ["conditional: it can go, with 01:00.1"]),
    // The platform's framebuffer: /proc/iomem, or the boot VGA, before 6.9.
    ReportQuestion(
      name: "07-efifb-holds-bar", words: "check b3:00.0 --from @host-kernel-5.14", status: 0,
      says: ["bar.held", "initcall_blacklist=sysfb_init"]),
    ReportQuestion(
      name: "07-efifb-holds-bar", words: "check b3:00.0 --from @host-kernel-6.9", status: 0,
      says: ["bar.held", "initcall_blacklist=sysfb_init"]),
    // The firmware has the IOMMU off: that is what decides, and the pair is known.
    ReportQuestion(
      name: "08-amd-990fx-no-groups", words: "check 01:00.0 --from @host", status: 1,
      says: ["blocked: the firmware describes no IOMMU"], omits: ["not recorded"]),
    ReportQuestion(
      name: "08-amd-990fx-no-groups", words: "plan 01:00.0 --guest w --from @host", status: 1,
      says: ["01:00.1, NVIDIA", "intel_iommu=on is nothing for this machine"],
      omits: ["[the kernel's command line]"]),
    ReportQuestion(
      name: "09-lvm-on-md-on-nvme", words: "check 06:00.0 07:00.0 --from @host", status: 1,
      says: ["vg0-root", "md0"]),
    ReportQuestion(
      name: "09-lvm-on-md-on-nvme", words: "check 08:00.0 --from @host", status: 0,
      says: ["eligible", "dev.twins"]),
    // What the kernel would answer is said before the echo.
    ReportQuestion(
      name: "10-igpu-vf-windows-unassigned", words: "vfs 00:02.0 2 --from @host", status: 1,
      says: ["Cannot allocate memory", "Above 4G Decoding"], omits: ["echo 2"]),
    ReportQuestion(
      name: "10-igpu-vf-windows-unassigned", words: "check 00:02.0 --from @host",
      says: ["their windows have no address"]),
    ReportQuestion(
      name: "13-pch-nic-with-audio", words: "check 00:1f.6 --from @host", status: 1,
      says: ["00:1f.3 (sof-audio-pci-intel-mtl)", "00:1f.4 (i801_smbus)", "00:1f.5 (intel-spi)"]),
    // The functions of a chipset's or a processor's slot are devices of their own.
    ReportQuestion(
      name: "21-phoenix-igpu-split-hostpci", words: "check c6:00.0 --from @host",
      says: ["reset.amd"], omits: ["group.split-functions"]),
    ReportQuestion(
      name: "13-pch-nic-with-audio", words: "check 00:1f.6 --from @host",
      omits: ["group.split-functions"]),
    ReportQuestion(
      name: "15-two-t400", words: "lint @vfio.conf --from @host", status: 1, says: ["another card"]),
    // Without the physical function's driver there is no virtual function.
    ReportQuestion(
      name: "16-vf-in-the-group-of-its-pf", words: "check 01:00.2 --from @host", status: 1,
      says: ["blocked: it shares its group with its physical function 01:00.0"]),
    ReportQuestion(
      name: "16-vf-in-the-group-of-its-pf", words: "plan 01:00.0 --guest w --from @host",
      says: ["echo 0 > /sys/bus/pci/devices/0000:01:00.0/sriov_numvfs"],
      omits: ["set-override 0000:01:00.2"]),
    ReportQuestion(
      name: "17-apu-audio-with-everything", words: "check 04:00.6 --from @host", status: 1,
      says: ["blocked:", "04:00.0, which must go along"]),
    // A file is judged by the host it is for.
    ReportQuestion(
      name: "14-vfio-conf-two-of-four", words: "lint @vfio.conf --from @host", status: 1,
      says: ["host.group"]),
    ReportQuestion(
      name: "24-lint-with-the-host", words: "lint @101.conf --from @host", status: 1,
      says: ["[host."]),
    ReportQuestion(
      name: "24-lint-with-the-host", words: "lint @99-vfio.rules --from @host", status: 1,
      says: ["[host."]),
    ReportQuestion(
      name: "24-lint-with-the-host", words: "lint @decimal-bus.xml --from @host", status: 1,
      says: ["0000:41:00.0", "host.absent"]),
    ReportQuestion(
      name: "24-lint-with-the-host", words: "lint @vfio-pci.cfg --from @host", status: 1,
      says: ["0000:04:00.0", "host.blocked"]),
    ReportQuestion(
      name: "24-lint-with-the-host", words: "lint @vm.sh --from @host", status: 1,
      says: ["[host."]),
    ReportQuestion(
      name: "24-lint-with-the-host", words: "lint @win.xml --from @host", status: 1,
      says: ["[host."]),
    // kmod takes nothing from a line that starts with an id.
    ReportQuestion(
      name: "20-vfio-conf-bad-lines", words: "lint @vfio.conf --kind modprobe --no-host", status: 1,
      says: [":3:", ":4:", ":5:", "modprobe.command"], omits: [":2:", ":6:"]),
    ReportQuestion(
      name: "20-vfio-conf-bad-lines", words: "lint @spaces.conf --no-host", status: 1,
      says: ["a blank ends the list"]),
    ReportQuestion(
      name: "20-vfio-conf-bad-lines", words: "lint @option.conf --no-host", status: 1,
      says: ["no command \"option\""]),
    ReportQuestion(
      name: "25-limine-cmdline", words: "lint @cmdline.txt --no-host", status: 0,
      says: ["amd_iommu has no value \"on\""], omits: ["take them out"]),
    ReportQuestion(
      name: "26-iommu-switched-off-between", words: "diff @before @iommu-off",
      says: ["iommu.isEnabled: yes -> no"], omits: ["Nothing changed"]),
    ReportQuestion(
      name: "26-iommu-switched-off-between", words: "diff @before @other-kernel-and-cmdline",
      says: ["pcie_acs_override=downstream"], omits: ["Nothing changed"]),
  ]

  @Test(.enabled(if: isPresent), arguments: questions)
  func isAnswered(_ question: ReportQuestion) throws {
    try question.ask(
      in: folder(question.name))
  }

  /// The files of a report: packed ones unpacked.
  private func folder(_ name: String) throws -> URL {
    let corpora = try #require(TestCorpora.corpora)
    let plain = corpora.appendingPathComponent("../cases/linux/" + name)
    let isPacked = FileManager.default.fileExists(
      atPath: plain.appendingPathComponent("case.tar.zst").path)
    guard isPacked else { return plain }
    return try TestCorpora.unpacked("../cases/linux/\(name)/case.tar.zst")
      .appendingPathComponent(name)
  }
}
