// SPDX-License-Identifier: Apache-2.0

internal import CDevPCI
internal import PassthruCommand

/// The process's files, terminal and environment, through the shim.
enum Process {
  /// The greatest file that is read: a snapshot of 65,536 functions has 0.6 GB.
  private static let maximumSize = 1 << 30

  /// The bytes of a file; `-` is standard input.
  static func readFile(_ path: String) throws(SourceFailure) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>? = nil
    var length = 0
    let number = unsafe devpci_read_file(path, maximumSize, &bytes, &length)
    defer { unsafe devpci_free(bytes) }
    switch number {
    case 0: break
    // EISDIR has the same number on FreeBSD and Linux, as has EFBIG.
    case 21: throw .directory(path)
    case 27: throw .tooLarge(path)
    default: throw .system(path, number)
    }
    guard let bytes = unsafe bytes else { return [] }
    return unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: length))
  }

  /// Writes a file anew.
  static func writeFile(_ bytes: [UInt8], to path: String) throws(SourceFailure) {
    let number = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe devpci_write_file(path, buffer.baseAddress, buffer.count)
    }
    guard number == 0 else { throw .system(path, number) }
  }

  /// Replaces a file that has the bytes `old`, keeping them as `FILE.before-passthru`.
  static func replaceFile(
    _ path: String, _ old: [UInt8], with bytes: [UInt8]
  ) throws(SourceFailure) {
    let number = unsafe old.withUnsafeBufferPointer { old in
      unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe devpci_replace_file(
          path, old.baseAddress, old.count, buffer.baseAddress, buffer.count)
      }
    }
    if number == 0 { return }
    guard let reason = FileRefusal(rawValue: number) else { throw .system(path, number) }
    let real = unsafe devpci_real_path(path)
    defer { unsafe devpci_free(real) }
    let realPath = if let real = unsafe real { unsafe String(cString: real) } else { path }
    throw .refused(reason.message(path, realPath: realPath))
  }

  /// Writes to standard output or standard error.
  ///
  /// A reader that goes away ends it in silence. That standard output could not
  /// be written is said once, and ends the command with `OutputFailure.status`.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    let number = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe devpci_write_all(descriptor, buffer.baseAddress, buffer.count)
    }
    // EPIPE has the same number on FreeBSD and Linux.
    guard number != 0, number != 32, descriptor == 1, OutputFailure.isFirst() else { return }
    write(Array(OutputFailure.message(errorText(number)).utf8), to: 2)
  }

  /// The columns of the terminal; 100 where there is none.
  static var terminalWidth: Int {
    guard devpci_is_terminal(1) == 1 else { return 100 }
    let width = Int(devpci_terminal_width(1))
    return width > 0 ? width : 100
  }

  /// Colour on a terminal, unless NO_COLOR is set to anything (no-color.org).
  static var wantsColor: Bool {
    guard devpci_is_terminal(1) == 1 else { return false }
    guard let value = unsafe devpci_environment("NO_COLOR") else { return true }
    return unsafe value.pointee == 0
  }

  /// This system's text for an errno value.
  static func errorText(_ number: Int32) -> String {
    unsafe String(cString: devpci_error_text(number))
  }
}
