// SPDX-License-Identifier: Apache-2.0

internal import CDevPCI
public import PCIDrivers

/// The journal of changes through devctl, a file that only root reads.
///
/// It is in /var/db and not in /var/run, which FreeBSD empties at each start: a
/// power cut while drivers change hands must be told from a change that went well.
public struct DevctlJournal: ~Copyable, DriverJournalStore {
  /// Where the journal is unless a test says otherwise.
  public static let standardDirectory = "/var/db/passthru"
  /// No journal of 65,536 functions is larger.
  private static let maximumSize = 1 << 26

  private let path: String
  private let lock: Int32

  /// Opens the journal for changes; one process at a time has it.
  ///
  /// Throws where another process is changing drivers, and where the directory
  /// cannot be made or written, or others can write it.
  public init(directory: String = standardDirectory) throws(DeviceControlError) {
    var descriptor: Int32 = -1
    var number = unsafe devpci_make_directory(directory)
    guard number == 0 else { throw Self.error(directory, number) }
    let file = directory + "/lock"
    number = unsafe devpci_lock_file(file, &descriptor)
    guard number == 0 else { throw Self.error(file, number) }
    guard descriptor >= 0 else {
      throw DeviceControlError(
        "another passthru is changing drivers",
        remedy: "wait for it, or see where it stands: pgrep -l passthru")
    }
    path = directory + "/journal.json"
    lock = descriptor
  }

  deinit { devpci_unlock_file(lock) }

  /// The journal as it is on the disk, without a lock: to look, not to change.
  public static func look(
    directory: String = standardDirectory
  ) throws(DeviceControlError) -> DriverJournal {
    var journal = try read(directory + "/journal.json")
    // Whoever has it open is not done yet.
    if !journal.cutOff.isEmpty {
      journal.isBeingChanged = unsafe devpci_is_locked(directory + "/lock") != 0
    }
    return journal
  }

  /// The journal.
  public func load() throws(DeviceControlError) -> DriverJournal { try Self.read(path) }

  private static func read(_ path: String) throws(DeviceControlError) -> DriverJournal {
    var bytes: UnsafeMutablePointer<UInt8>? = nil
    var length = 0
    let number = unsafe devpci_read_file(path, maximumSize, &bytes, &length)
    defer { unsafe devpci_free(bytes) }
    // ENOENT has the same number on every system that this runs on.
    if number == KernelError.noEntry { return DriverJournal() }
    guard number == 0 else { throw error(path, number) }
    guard let bytes = unsafe bytes else { return try DriverJournal(document: []) }
    return try DriverJournal(
      document: unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: length)))
  }

  /// Replaces the journal; an empty one is no file.
  public mutating func save(_ journal: DriverJournal) throws(DeviceControlError) {
    let number: Int32
    if journal.records.isEmpty {
      number = unsafe devpci_remove_file(path)
    } else {
      number = unsafe journal.document.withUnsafeBufferPointer { buffer in
        unsafe devpci_store_file(path, buffer.baseAddress, buffer.count)
      }
    }
    guard number == 0 else { throw Self.error(path, number) }
  }

  private static func error(_ path: String, _ number: Int32) -> DeviceControlError {
    let text = unsafe String(cString: devpci_error_text(number))
    let remedy =
      switch number {
      // EPERM and EACCES have the same numbers on every system that this runs on.
      case 1, 13: "run as root"
      case Int32(DEVPCI_FILE_SHARED):
        "see what is in it, and give it to root alone: chmod go-w \(path)"
      default:
        "nothing is changed without a journal: give it a place that can be written "
          + "(--state-directory)"
      }
    return DeviceControlError("\(path): \(text)", remedy: remedy, errorNumber: number)
  }
}
