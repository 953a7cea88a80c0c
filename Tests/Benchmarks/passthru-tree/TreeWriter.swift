// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Writes files and links below one directory.
///
/// Straight system calls, since a tree of 65,536 functions is a million files.
final class TreeWriter {
  private let root: Int32
  private var made: Set<String> = []

  init?(_ path: String) {
    _ = mkdir(path, 0o755)
    root = open(path, O_RDONLY | O_DIRECTORY)
    guard root >= 0 else { return nil }
  }

  deinit { close(root) }

  /// Makes a directory and those above it.
  func directory(_ path: String) {
    guard !path.isEmpty, made.insert(path).inserted else { return }
    if let slash = path.lastIndex(of: "/") { directory(String(path[..<slash])) }
    guard mkdirat(root, path, 0o755) == 0 || errno == EEXIST else { fail(path) }
  }

  /// Writes a file; its directory must be there.
  func file(_ path: String, _ bytes: [UInt8]) {
    let descriptor = openat(root, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0, write(descriptor, bytes, bytes.count) == bytes.count else { fail(path) }
    close(descriptor)
  }

  /// Writes a text file; its directory must be there.
  func file(_ path: String, _ text: String) { file(path, Array(text.utf8)) }

  /// Makes a symbolic link; its directory must be there.
  func link(_ path: String, to target: String) {
    guard symlinkat(target, root, path) == 0 || errno == EEXIST else { fail(path) }
  }

  private func fail(_ path: String) -> Never {
    complain("passthru-tree: \(path): \(String(cString: strerror(errno)))\n")
    exit(1)
  }
}

/// Writes a line to standard error.
func complain(_ text: String) {
  let bytes = Array(text.utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}
