// SPDX-License-Identifier: Apache-2.0

import PCIDrivers
import PCIHost

/// A journal in memory, which may be made to fail as a full disk does.
struct MemoryJournal: DriverJournalStore {
  var journal = DriverJournal()
  var savesLeft = Int.max

  func load() throws(DeviceControlError) -> DriverJournal { journal }

  mutating func save(_ journal: DriverJournal) throws(DeviceControlError) {
    guard savesLeft > 0 else { throw DeviceControlError("no space left on device") }
    savesLeft -= 1
    // What is kept is what the file would say.
    self.journal = try DriverJournal(document: journal.document)
  }
}
