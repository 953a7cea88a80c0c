// SPDX-License-Identifier: Apache-2.0

/// That standard output could not be written, for other reasons than a reader that went away.
///
/// What was printed is then not whole, and the command's own status says nothing
/// of it. A front writes from one thread only.
public enum OutputFailure {
  nonisolated(unsafe) private static var hasHappened = false

  /// Takes note of a failure; whether it is the first, which alone is told.
  public static func isFirst() -> Bool {
    defer { unsafe hasHappened = true }
    return unsafe !hasHappened
  }

  /// The status to end with: the command's, or 2 where its output was lost.
  public static func status(_ status: Int32) -> Int32 {
    unsafe hasHappened ? ExitStatus.unreadable.rawValue : status
  }

  /// The line that says it.
  public static func message(_ reason: String) -> String {
    "passthru: standard output could not be written: \(reason): "
      + "make room, or write elsewhere; what is there is not whole\n"
  }
}
