// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

extension FrontTests {
  /// The FreeBSD front killed at every moment at which a request to the kernel or a change
  /// of a file begins or ends, and put back each time.
  struct CrashTests {
    @Test(arguments: ChangeTests.kernels)
    func bind(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "crash-bind")
      try host.change("bind em0 em1 00:07.0 --force")
      let end = try host.now()
      try everyMoment(of: "bind em0 em1 00:07.0 --force", host, from: host.before, end: end)
    }

    // The way back after a refusal.
    @Test(arguments: ChangeTests.kernels)
    func bindThatIsRolledBack(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "crash-rollback")
      try host.change("bind em0 em1 00:07.0 --force")
      let end = try host.now()
      host.plays["FREEBSD_BUSY"] = "0:1:0:1"
      try everyMoment(of: "bind em0 em1 --force", host, from: host.before, end: end)
    }

    // The way back itself: half of it done is finished by the next.
    @Test(arguments: ChangeTests.kernels)
    func restore(_ kernel: String) throws {
      let host = try PlayedHost(kernel, "crash-restore")
      try host.change("bind em0 em1 00:07.0 --force")
      let end = try host.now()
      try everyMoment(
        of: "restore --all", host, from: end, journal: host.keptJournal(), end: end)
    }

    /// Kills a run at each of its moments in turn; `end` is what the host is after a whole
    /// change.
    private func everyMoment(
      of words: String, _ host: PlayedHost, from start: [String], journal: URL? = nil,
      end: [String]
    ) throws {
      var moment = 1
      while moment < 200 {
        try host.restart(start, journal: journal)
        try host.change(words, playing: ["FREEBSD_KILL_AT": "\(moment)"])
        guard host.wasKilled else { break }
        try host.change("restore")
        host.ends(0)
        // Whole or not at all: a change that was finished is left, and goes back on
        // demand, and so does one whose way back was not begun.
        if try !host.isAsBefore() {
          host.check("all or nothing", try host.now() == end)
          try host.change("restore --all")
          host.ends(0)
        }
        try host.nothingIsChanged()
        host.hasNoJournal()
        moment += 1
      }
      host.check("it was killed at least ten times, and came to its end", 11..<200 ~= moment)
      Front.counted.add("moments of being killed", moment - 1)
    }
  }
}
