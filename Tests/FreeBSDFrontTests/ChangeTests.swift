// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import TestCorpora
import Testing

extension FrontTests {
  /// Drivers changed by the FreeBSD front over a played kernel, under the sanitizers: bound
  /// and given back, refused, rolled back.
  struct ChangeTests {
    static let kernels = ["rich12", "rich15"]

    @Test(arguments: kernels)
    func shownOnly(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "shown")
      try host.show("bind em1 --force")
      host.ends(0)
      host.says("em1 -> ppt0")
      host.says("devctl set driver -f pci0:1:0:1 ppt")
      // The module, which is not loaded.
      host.says("kldload vmm")
      try host.nothingIsChanged()
      host.hasNoJournal()
    }

    @Test(arguments: kernels)
    func refusedByTheAnalysis(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "refused")
      try host.change("bind em1")
      host.ends(1)
      host.says("iommu.off")
      try host.nothingIsChanged()
      // A bridge.
      try host.change("bind pcib1 --force")
      host.ends(1)
      try host.nothingIsChanged()
    }

    @Test(arguments: kernels)
    func boundAndGivenBack(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "bound")
      try host.change("bind em1 --force")
      host.ends(0)
      host.says("em1 -> ppt0")
      try host.holds("0:1:0:1", "ppt 0")
      try host.othersAreAsBefore("0:1:0:1")
      host.hasJournal()
      try host.run("list")
      host.says("ppt0")
      // A driver's name is no other's after it.
      try host.change("bind em1 --force")
      host.ends(64)
      // Again: nothing to do.
      try host.change("bind ppt0 --force")
      host.ends(0)
      // No change was cut off.
      try host.change("restore")
      host.says("nothing to put back")
      try host.holds("0:1:0:1", "ppt 0")
      try host.change("unbind ppt0")
      host.ends(0)
      host.says("ppt0 -> em1")
      try host.nothingIsChanged()
      host.hasNoJournal()
    }

    @Test(arguments: kernels)
    func twoPorts(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "two")
      try host.change("bind em1 em0 --force")
      host.ends(0)
      try host.holds("0:1:0:0", "ppt 0")
      try host.holds("0:1:0:1", "ppt 1")
      // em2 keeps its unit.
      try host.othersAreAsBefore("0:1:0:0", "0:1:0:1")
      try host.change("restore --all")
      try host.nothingIsChanged()
      host.hasNoJournal()
      // One after the other, in the order in which units are not handed out.
      try host.change("bind em0 em1 --force")
      try host.change("restore ppt1")
      try host.holds("0:1:0:1", "em 0")
      host.says("ppt1 -> em0, and em1 before")
      try host.change("restore --all")
      // The other has the one that is left.
      try host.holds("0:1:0:0", "em 1")
    }

    @Test(arguments: kernels)
    func functionWithoutADriver(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "driverless")
      try host.change("bind 00:07.0 --force")
      host.ends(0)
      host.says("no driver -> ppt0")
      try host.change("restore --all")
      host.ends(0)
      host.says("ppt0 -> no driver")
      try host.nothingIsChanged()
    }

    @Test(arguments: kernels)
    func busy(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "busy")
      host.plays["FREEBSD_BUSY"] = "0:1:0:1"
      try host.change("bind em1 --force")
      host.ends(1)
      host.says("em1 does not release it (EBUSY)")
      host.says("all is as it was")
      try host.nothingIsChanged()
      host.hasNoJournal()
      // The first goes back.
      try host.change("bind em0 em1 --force")
      try host.nothingIsChanged()
      host.says("all is as it was")
      host.hasNoJournal()
    }

    @Test(arguments: kernels)
    func pptDoesNotTakeIt(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "untaken")
      host.plays["FREEBSD_REFUSES"] = "ppt=6"
      try host.change("bind em1 --force")
      host.ends(1)
      host.says("ppt does not take it (ENXIO)")
      // It has its unit again.
      try host.nothingIsChanged()
      host.says("all is as it was")
      // One without a driver has no name again.
      try host.change("bind 00:07.0 --force")
      try host.nothingIsChanged()
    }

    @Test(arguments: kernels)
    func oldDriverDoesNotComeBack(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "unreturned")
      try host.change("bind em1 --force")
      try host.change("restore --all", playing: ["FREEBSD_REFUSES": "em=12"])
      host.ends(1)
      host.says("out of memory (ENOMEM)")
      host.hasJournal()
      try host.change("restore --all")
      // By name, since the kernel's own choice was made, and failed.
      try host.has("0:1:0:1 em 1 attached=1 fixed=1")
      try host.othersAreAsBefore("0:1:0:1")
      host.hasNoJournal()
    }

    @Test(arguments: kernels)
    func noVMM(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "no-vmm")
      try host.change("bind em1 --force", playing: ["FREEBSD_REFUSES": "vmm=6"])
      host.ends(1)
      host.says("turn VT-x or SVM on")
      host.says("kldload vmm: ")
      try host.nothingIsChanged()
      host.hasNoJournal()
      try host.change("bind em1 --driver nosuch --force")
      host.ends(1)
      host.says("the kernel has no driver nosuch (ENOENT)")
      try host.nothingIsChanged()
    }

    @Test(arguments: kernels)
    func whoAsks(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "who")
      host.plays["FREEBSD_AS"] = "user"
      try host.change("bind em1 --force")
      host.ends(1)
      host.says("run as root")
      try host.nothingIsChanged()
      // Above securelevel 0 nothing can be loaded.
      host.plays["FREEBSD_AS"] = "securelevel"
      try host.change("bind em1 --force")
      host.says("kern.securelevel above 0")
      try host.nothingIsChanged()
      host.plays["FREEBSD_AS"] = nil
      try host.change("bind em1 --force")
      try host.change("restore --all")
      // What is loaded can be used, and given back.
      host.plays["FREEBSD_AS"] = "securelevel"
      try host.change("bind em1 --force")
      try host.holds("0:1:0:1", "ppt 0")
      try host.change("restore --all")
      try host.nothingIsChanged()
    }

    @Test(arguments: kernels)
    func oneAtATime(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "one")
      try FileManager.default.createDirectory(
        at: host.database, withIntermediateDirectories: true)
      let lock = open(
        host.database.appendingPathComponent("lock").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      defer { close(lock) }
      try #require(flock(lock, LOCK_EX) == 0)
      try host.change("bind em1 --force")
      _ = flock(lock, LOCK_UN)
      host.ends(1)
      host.says("another passthru is changing drivers")
      try host.nothingIsChanged()
    }

    @Test(arguments: kernels)
    func damagedJournal(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "damaged")
      try FileManager.default.createDirectory(
        at: host.database, withIntermediateDirectories: true)
      try Data(#"{"schema": "passthru.journal/1", "functions": [{}]}"#.utf8)
        .write(to: host.database.appendingPathComponent("journal.json"))
      try host.change("bind em1 --force")
      host.ends(2)
      host.says("put the drivers back by hand")
      try host.nothingIsChanged()
    }

    @Test(arguments: kernels)
    func anotherStartOfTheMachine(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "start")
      host.plays["FREEBSD_BOOT"] = "first"
      try host.change("bind em1 --force")
      try host.startAgain()
      // The journal is of this start, and is done with.
      try host.change("restore --all")
      host.says("em1")
      host.hasNoJournal()
      try host.change("bind em1 --force")
      try host.startAgain()
      host.plays["FREEBSD_BOOT"] = "second"
      try host.change("restore --all")
      host.says("was started again since")
      try host.nothingIsChanged()
      host.hasNoJournal()
    }

    @Test(arguments: kernels)
    func deviceNotItsDriver(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "device")
      try host.change("reset em1")
      host.ends(0)
      try host.has("0:1:0:1 em 1 ", "resets=1")
      try host.change("remove em1")
      host.ends(0)
      try host.has("0:1:0:1 ", "gone=1")
      try host.run("list")
      host.saysNothing(of: "em1")
      try host.change("rescan")
      host.ends(0)
      try host.holds("0:1:0:1", "em 1")
      try host.change("vfs em1 2")
      host.says("iovctl")
      try host.run("watch")
      host.says("devd(8)")
    }

    // A device that pptdevs gave to ppt is ppt's by the kernel's own choice.
    @Test func pptdevs() throws {
      let host = try PlayedHost("ppt15", "pptdevs")
      try host.change("unbind ppt0")
      host.ends(1)
      host.says("take it out of pptdevs")
      try host.nothingIsChanged()
      // Another driver by name, and back.
      try host.change("bind ppt0 --driver nvme --force")
      try host.holds("0:2:0:0", "nvme 1")
      try host.change("restore --all")
      try host.holds("0:2:0:0", "ppt 0")
    }
  }
}
