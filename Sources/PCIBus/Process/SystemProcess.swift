// SPDX-License-Identifier: Apache-2.0

internal import CDevPCI

/// This process's files, terminal, clock and environment, on Linux and FreeBSD.
package enum SystemProcess {
  /// The greatest file that is read: a snapshot of 65,536 functions has 0.6 GB.
  private static let maximumSize = 1 << 30

  /// The bytes of a file; `-` is standard input.
  package static func read(_ path: String) throws(SystemFailure) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>? = nil
    var length = 0
    let number = unsafe devpci_read_file(path, maximumSize, &bytes, &length)
    defer { unsafe devpci_free(bytes) }
    guard number == 0 else { throw SystemFailure(number) }
    guard let bytes = unsafe bytes else { return [] }
    return unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: length))
  }

  /// Reads a file piece by piece; `false` where it could not be read to its end.
  package static func forEachPiece(of path: String, _ body: ([UInt8]) -> Void) -> Bool {
    var file: Int32 = -1
    guard unsafe devpci_open_file(path, &file) == 0 else { return false }
    defer { devpci_close_file(file) }
    // What a processor's second cache holds, so that a piece is copied once.
    let size = 1 << 16
    while true {
      var number: Int32 = 0
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        number = unsafe devpci_read_piece(file, buffer.baseAddress, size, &count)
      }
      guard number == 0 else { return false }
      if piece.isEmpty { return true }
      body(piece)
    }
  }

  /// Writes a file anew.
  package static func write(_ bytes: [UInt8], to path: String) throws(SystemFailure) {
    let number = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe devpci_write_file(path, buffer.baseAddress, buffer.count)
    }
    guard number == 0 else { throw SystemFailure(number) }
  }

  /// Replaces a file that has the bytes `old`, keeping them as `FILE.before-passthru`.
  package static func replace(
    _ path: String, _ old: [UInt8], with bytes: [UInt8]
  ) throws(SystemFailure) {
    let number = unsafe old.withUnsafeBufferPointer { old in
      unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe devpci_replace_file(
          path, old.baseAddress, old.count, buffer.baseAddress, buffer.count)
      }
    }
    guard number == 0 else { throw SystemFailure(number) }
  }

  /// The path without links; itself where there is nothing.
  package static func realPath(_ path: String) -> String {
    guard let real = unsafe devpci_real_path(path) else { return path }
    defer { unsafe devpci_free(real) }
    return unsafe String(cString: real)
  }

  /// Writes to standard output or standard error: what went wrong, where anything did.
  ///
  /// A reader that goes away ends it in silence.
  package static func print(_ bytes: [UInt8], to descriptor: Int32) -> SystemFailure? {
    let number = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe devpci_write_all(descriptor, buffer.baseAddress, buffer.count)
    }
    // EPIPE has the same number on FreeBSD and Linux.
    return number == 0 || number == 32 ? nil : SystemFailure(number)
  }

  /// Lets a reader go away (`passthru | head`) without ending this process.
  package static func ignoreClosedPipes() { devpci_ignore_closed_pipes() }

  /// The columns of the terminal, 100 where they are not known; `nil` where
  /// standard output is none.
  package static var terminalWidth: Int? {
    guard devpci_is_terminal(1) == 1 else { return nil }
    let width = Int(devpci_terminal_width(1))
    return width > 0 ? width : 100
  }

  /// A variable of the environment.
  package static func environment(_ name: String) -> String? {
    guard let value = unsafe devpci_environment(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Nanoseconds of the clock that never goes back.
  package static var nanoseconds: UInt64 { devpci_nanoseconds() }
}
