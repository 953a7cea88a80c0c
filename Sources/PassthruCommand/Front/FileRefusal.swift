// SPDX-License-Identifier: Apache-2.0

/// Why a file is not replaced, where no call failed; the numbers are the shim's.
public enum FileRefusal: Int32, Sendable {
  /// The path is a symbolic link.
  case link = -1
  /// The path is a device, a pipe, a socket or a directory.
  case special = -2
  /// Others can write the directory, and put other files in the place of ours.
  case shared = -3
  /// The file's bytes are not those that were read before.
  case changed = -4

  /// What happened and what to do, in one line.
  public func message(_ path: String, realPath: String) -> String {
    switch self {
    case .link: "\(path) is a link to \(realPath): name that file"
    case .special: "\(path) is not a regular file: name one"
    case .shared:
      "\(path) is not replaced, since others can write its directory, and could put another "
        + "file there: put in by hand what --into shows without --write, or take from others "
        + "the right to write there"
    case .changed: "\(path) changed while it was being worked on, and is as it was: run it again"
    }
  }
}
