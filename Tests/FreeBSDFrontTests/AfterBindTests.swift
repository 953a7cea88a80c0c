// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

extension FrontTests {
  /// What is said of a host whose drivers were changed since it booted, or that hides something.
  struct AfterBindTests {
    static let kernels = ["rich12", "rich15"]

    /// devctl leaves a hole, and the next boot counts it: em1 is known from the journal.
    @Test(arguments: kernels)
    func unitsAfterABind(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "units")
      // What the kernel did with pptdevs="1/0/1" (12.1 and 15): each later em moved up.
      try host.run("plan em1 --guest fw")
      host.says("em2 becomes em1")
      try host.run("emit loader.conf em1 --guest fw --force")
      host.says("hint.em.2.at=")
      try host.change("bind em1 --force")
      host.ends(0)
      try host.run("plan ppt0 --guest fw")
      host.says("em2 becomes em1")
      try host.run("emit loader.conf ppt0 --guest fw --force")
      host.says("hint.em.2.at=")
      host.says("1/0/1")
      // em1 is back at the next boot, so that em2 keeps its unit when it goes.
      try host.run("plan em2 --guest fw")
      host.saysNothing(of: "cannot be predicted")
      try host.run("check em0 -v")
      host.saysNothing(of: "cannot predict the units")
      host.says("em1 becomes em0")
      try host.run("check ppt0 -v")
      host.says("em2 becomes em1")
    }

    /// Without the journal nobody knows, and that is said.
    @Test(arguments: kernels)
    func unitsWithoutTheJournal(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "no-journal")
      try host.change("bind em1 --force")
      try FileManager.default.removeItem(at: host.database)
      try host.run("plan ppt0 --guest fw")
      host.says("was bound after it")
      try host.run("emit loader.conf ppt0 --guest fw --force")
      host.says("not known which units move at the next boot")
      host.ends(1)
      try host.run("check ppt0 -v")
      host.says("not known whether units move at the next boot")
    }

    /// pptdevs gave it at boot: nothing moves, and nothing is unknown of it.
    @Test func unitsOfPptdevs() throws {
      let host = try PlayedHost("ppt15", "units")
      host.plays["FREEBSD_KENV"] = "pptdevs=2/0/0"
      try host.run("plan ppt0 --guest fw")
      host.saysNothing(of: "was bound after it")
      host.saysNothing(of: "cannot be predicted")
    }

    @Test(arguments: kernels)
    func unchangedHost(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "unchanged")
      try host.run("snapshot -o \(host.state.path).json")
      host.ends(0)
      try host.run("diff \(host.state.path).json")
      // The played kernel hides what no recording has.
      host.says("Nothing changed in what is recorded of both.")
      try host.change("bind em1 --force")
      try host.run("diff \(host.state.path).json")
      host.saysNothing(of: "Nothing changed")
      host.says("ppt0")
    }

    /// Root reads no more than others there, and is not told to be root.
    @Test(arguments: kernels, ["", "-v", "show em1", "check em1", "check em1 -v", "bind em1"])
    func securelevel(_ kernel: String, _ words: String) throws {
      let host = try PlayedHost(kernel, "level")
      host.plays["FREEBSD_AS"] = "securelevel"
      try host.run(words)
      host.says("kern.securelevel is 1")
      host.saysNothing(of: "as root: ")
      host.saysNothing(of: "run as root")
    }

    @Test(arguments: kernels)
    func showLeftOut(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "left-out")
      host.plays["FREEBSD_AS"] = "user"
      try host.run("show em1")
      host.says("run as root to read capabilities")
    }

    @Test(arguments: kernels)
    func moduleOfAnotherKernel(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "module")
      try host.change("bind em1 --force", playing: ["FREEBSD_REFUSES": "vmm=8"])
      host.ends(1)
      host.says("does not fit this kernel (ENOEXEC)")
      try host.nothingIsChanged()
    }

    /// The recorded vmm started on SVM; with the firmware's SVM off its features stay 0.
    @Test func vmmThatDidNotStart() throws {
      let host = try PlayedHost("ppt15", "vmm")
      try host.run("check ppt0")
      host.saysNothing(of: "did not start")
      host.plays["FREEBSD_SYSCTL"] = "hw.vmm.svm.features=0"
      try host.run("check ppt0")
      host.says("did not start")
      host.saysNothing(of: "ready")
    }

    @Test(arguments: kernels)
    func forceThatDoesNotHelp(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "force")
      try host.change("bind pcib1 --force")
      host.ends(1)
      host.says("--force does not change that")
    }

    /// A rescan leaves the kernel's list with what came back at its end.
    @Test func listIsByAddress() throws {
      let text = try Front.folder("list").appendingPathComponent("rescanned.pciconf")
      let lines = [("em0", "1:0:0"), ("em2", "2:0:0"), ("em1", "1:0:1")].map {
        "\($0)@pci0:\($1):\tclass=0x020000 card=0x00008086 chip=0x10d38086 rev=0x00 hdr=0x00\n"
      }
      try Data(lines.joined().utf8).write(to: text)
      let list = try ProgramRun(Front.executable, ["list", "--from", text.path]).text
      let places = ["em0", "em1", "em2"].compactMap { list.range(of: $0)?.lowerBound }
      #expect(places.count == 3 && places == places.sorted(), "\(list)")
    }

    @Test(arguments: kernels)
    func benchRuns(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "bench")
      try host.run("bench --runs 2")
      host.ends(0)
      host.says("2 scans")
      host.says("freebsd ")
    }

    /// Whether /dev/pci, devctl2 or the journal says no: one status.
    @Test(arguments: kernels, ["bind em1 --force", "unbind em1", "reset em1", "rescan"])
    func oneStatusWithoutPermission(_ kernel: String, _ words: String) throws {
      let host = try PlayedHost(kernel, "status")
      host.plays["FREEBSD_AS"] = "user"
      try host.change(words == "unbind em1" ? "bind em1 --driver nvme --force" : words)
      host.ends(1)
    }

    @Test(arguments: kernels)
    func oneSpelling(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "spelling")
      for words in [
        "bind em1 --force", "bind em1 --force --apply", "restore --all", "unbind ppt0",
        "restore --all --apply",
      ] {
        try host.show(words)
        host.ends(0)
        host.says("pci0:1:0:1")
        host.saysNothing(of: "01:00.1")
      }
    }
  }
}
