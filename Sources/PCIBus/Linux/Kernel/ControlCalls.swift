// SPDX-License-Identifier: Apache-2.0
//
// The system calls that change something: attributes written, a module loaded,
// a program run. Those that read are in SystemCalls.swift.

internal import Glibc

extension ErrorNumber {
  /// The number that the last failing system call of this thread left.
  fileprivate static var current: ErrorNumber { ErrorNumber(rawValue: errno) }
}

/// Writes a whole text in one `write`: the kernel takes an attribute so.
func writeAttribute(_ path: String, _ text: String) throws(ErrorNumber) {
  let file = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
  guard file >= 0 else { throw .current }
  defer { _ = close(file) }
  let bytes = Array(text.utf8)
  while true {
    let count = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    if count == bytes.count { return }
    if count >= 0 { throw ErrorNumber(rawValue: EIO) }
    guard errno == EINTR else { throw .current }
  }
}

/// Milliseconds of the clock that never goes back.
func monotonicMilliseconds() -> Int64 {
  var time = timespec()
  guard unsafe clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return 0 }
  return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}

/// Runs a program and waits for it: its exit status, or the reason it did not run.
///
/// `PATH` is not asked, and no environment is given: a program that runs as root
/// is named by its whole path.
func run(_ program: String, _ arguments: [String]) throws(ErrorNumber) -> Int32 {
  let child = try spawn(program, arguments)
  var status: Int32 = 0
  while unsafe waitpid(child, &status, 0) < 0 {
    guard errno == EINTR else { throw .current }
  }
  // The low seven bits are the signal that ended it, the next eight its status.
  return status & 0x7f == 0 ? status >> 8 & 0xff : -1
}

/// Starts a program.
private func spawn(_ program: String, _ arguments: [String]) throws(ErrorNumber) -> pid_t {
  var copies: [UnsafeMutablePointer<CChar>?] = unsafe []
  for text in [program] + arguments { unsafe copies.append(strdup(text)) }
  unsafe copies.append(nil)
  defer { unsafe copies.forEach { unsafe free($0) } }
  var child = pid_t()
  var none: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
  let result = unsafe posix_spawn(&child, program, nil, nil, &copies, &none)
  guard result == 0 else { throw ErrorNumber(rawValue: result) }
  return child
}

/// Whether there is a file, or what else, at a path.
func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }
