// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What standard output is.
enum Terminal {
  /// Whether standard output is a terminal.
  static var isPresent: Bool { isatty(1) == 1 }

  /// The columns of the terminal; 100 where there is none.
  static var width: Int {
    guard isPresent else { return 100 }
    var size = winsize()
    guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  /// Colour on a terminal, unless NO_COLOR is set to anything (no-color.org).
  static var wantsColor: Bool {
    guard isPresent else { return false }
    guard let value = unsafe getenv("NO_COLOR") else { return true }
    return unsafe value.pointee == 0
  }
}
