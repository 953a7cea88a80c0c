// SPDX-License-Identifier: Apache-2.0

/// Why a platform could not do something.
public struct PlatformError: Error, Hashable, Sendable {
  /// What happened and what to do, in one line.
  public let message: String

  /// Says what happened.
  public init(_ message: String) { self.message = message }

  /// A file could not be read or written.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - number: The system's error number, or that of a `FileRefusal`.
  ///   - text: The system's words for it.
  ///   - realPath: The path without links.
  public init(_ path: String, _ number: Int32, _ text: String, realPath: String? = nil) {
    if let refusal = FileRefusal(rawValue: number) {
      self.init(refusal.message(path, realPath: realPath ?? path))
      return
    }
    switch number {
    // ENOENT, EACCES and EFBIG have the same numbers on FreeBSD and Linux.
    case 2: self.init("there is nothing at \(path): give a file or a directory that exists")
    case 13: self.init("\(path) may not be read: run as a user who may, or make it readable")
    case 27: self.init("\(path) is larger than 1 GiB: no recording of a host is")
    default: self.init("\(path) could not be read or written: \(text)")
    }
  }
}
