// SPDX-License-Identifier: Apache-2.0

/// A place that keeps a journal through a crash and a power cut.
public protocol DriverJournalStore: ~Copyable {
  /// The journal; an empty one where there is none yet.
  func load() throws(DeviceControlError) -> DriverJournal
  /// Replaces the journal; it is on the disk when this returns.
  ///
  /// An empty journal may be kept as no file at all.
  mutating func save(_ journal: DriverJournal) throws(DeviceControlError)
}
