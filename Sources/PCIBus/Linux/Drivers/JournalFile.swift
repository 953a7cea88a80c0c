// SPDX-License-Identifier: Apache-2.0

public import PCIHost

/// The journal of driver changes, a file that only root reads.
///
/// It is in `/var/lib` and not in `/run`: a power cut while drivers change hands
/// must be told from a change that went well.
public struct JournalFile: ~Copyable, DriverJournalStore {
  /// Where the journal is unless a test says otherwise.
  public static let standardDirectory = "/var/lib/passthru"

  private let path: String
  private let lock: FileLock

  /// Opens the journal for changes; one process at a time has it.
  ///
  /// Throws where another process is changing drivers, and where the directory
  /// cannot be made or written.
  public init(directory: String = standardDirectory) throws(DeviceControlError) {
    path = directory + "/journal.json"
    do throws(ErrorNumber) {
      try makeDirectory(directory)
    } catch {
      throw DeviceControlError(
        "\(directory): \(error.reason)", remedy: Self.remedy(error), errorNumber: error.rawValue)
    }
    let taken: FileLock?
    do throws(ErrorNumber) {
      taken = try FileLock(directory + "/lock")
    } catch {
      throw DeviceControlError(
        "\(directory)/lock: \(error.reason)", remedy: Self.remedy(error),
        errorNumber: error.rawValue)
    }
    guard let taken else {
      throw DeviceControlError(
        "another passthru is changing drivers",
        remedy: "wait for it, or see where it stands: ps -C passthru")
    }
    lock = taken
  }

  /// The journal as it is on the disk, without a lock: to look, not to change.
  public static func look(
    directory: String = standardDirectory
  ) throws(DeviceControlError) -> DriverJournal {
    try read(directory + "/journal.json")
  }

  /// The journal.
  public func load() throws(DeviceControlError) -> DriverJournal { try Self.read(path) }

  private static func read(_ path: String) throws(DeviceControlError) -> DriverJournal {
    if isForbidden(path) {
      throw DeviceControlError("\(path) cannot be read", remedy: "run as root")
    }
    guard exists(path) else { return DriverJournal() }
    let parts = path.split(separator: "/")
    let directory = Directory.openOrNone("/" + parts.dropLast().joined(separator: "/"))
    guard let name = parts.last, let bytes = directory.wholeFile(String(name)) else {
      throw DeviceControlError("\(path) cannot be read", remedy: "run as root")
    }
    return try DriverJournal(document: bytes)
  }

  /// Replaces the journal; an empty one is no file.
  public mutating func save(_ journal: DriverJournal) throws(DeviceControlError) {
    do throws(ErrorNumber) {
      if journal.records.isEmpty {
        try removeFile(path)
      } else {
        try replaceFile(path, journal.document)
      }
    } catch {
      throw DeviceControlError(
        "\(path): \(error.reason)", remedy: Self.remedy(error), errorNumber: error.rawValue)
    }
  }

  private static func remedy(_ error: ErrorNumber) -> String {
    switch error {
    case .accessDenied, .notPermitted: "run as root"
    default:
      "nothing is changed without a journal: give it a place that can be written "
        + "(--state-directory)"
    }
  }
}
