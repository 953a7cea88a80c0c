// SPDX-License-Identifier: Apache-2.0

public import PCIDrivers

/// The journal of driver changes, a file that only root reads.
///
/// It is in `/var/lib` and not in `/run`: a power cut while drivers change hands
/// must be told from a change that went well.
public struct JournalFile: ~Copyable, DriverJournalStore {
  /// Where the journal is unless a test says otherwise.
  public static let standardDirectory = "/var/lib/passthru"

  // One implementation of files that outlive a crash, for both systems.
  private var file: DevctlJournal

  /// Opens the journal for changes; one process at a time has it.
  ///
  /// Throws where another process is changing drivers, and where the directory
  /// cannot be made or written, or others can write it.
  public init(directory: String = standardDirectory) throws(DeviceControlError) {
    file = try DevctlJournal(directory: directory)
  }

  /// The journal as it is on the disk, without a lock: to look, not to change.
  public static func look(
    directory: String = standardDirectory
  ) throws(DeviceControlError) -> DriverJournal {
    try DevctlJournal.look(directory: directory)
  }

  /// The journal.
  public func load() throws(DeviceControlError) -> DriverJournal { try file.load() }

  /// Replaces the journal; an empty one is no file.
  public mutating func save(_ journal: DriverJournal) throws(DeviceControlError) {
    try file.save(journal)
  }
}
