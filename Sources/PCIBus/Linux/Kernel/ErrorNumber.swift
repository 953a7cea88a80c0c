// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The number with which a system call failed (`errno`).
struct ErrorNumber: Error, RawRepresentable, Hashable, Sendable {
  let rawValue: Int32

  /// There is nothing of that name: absent, or gone since it was listed.
  static let noEntry = ErrorNumber(rawValue: ENOENT)
  /// The device behind an attribute is gone.
  static let noDevice = ErrorNumber(rawValue: ENODEV)
  /// The reader has not the privilege.
  static let accessDenied = ErrorNumber(rawValue: EACCES)
  /// The kernel forbids it to everyone, as under lockdown.
  static let notPermitted = ErrorNumber(rawValue: EPERM)
  /// A component of the path is no directory.
  static let notDirectory = ErrorNumber(rawValue: ENOTDIR)
  /// The value makes no sense there: `readlink` of what is no link.
  static let invalid = ErrorNumber(rawValue: EINVAL)
  /// Symbolic links lead in a circle.
  static let linkLoop = ErrorNumber(rawValue: ELOOP)
  /// A name is longer than the kernel takes.
  static let nameTooLong = ErrorNumber(rawValue: ENAMETOOLONG)

  /// Whether it says that a thing that was listed is no longer there.
  var meansVanished: Bool { self == .noEntry || self == .noDevice }

  /// What it says, in words.
  ///
  /// Written out for the numbers that a scan meets, so that the text is the
  /// same under every C library and locale.
  var reason: String {
    switch self {
    case .noEntry: "no such file or directory"
    case .noDevice: "the device is gone"
    case .accessDenied: "permission denied"
    case .notPermitted: "operation not permitted"
    case .notDirectory: "not a directory"
    case .invalid: "invalid argument"
    case .linkLoop: "too many levels of symbolic links"
    case .nameTooLong: "the path is too long"
    default: "error \(rawValue)"
    }
  }

  /// The scan error for a failure at a path.
  func scanError(_ path: String) -> ScanError {
    switch self {
    case .noEntry:
      ScanError(
        .missing, "no such file or directory",
        remedy: "name an existing sysfs root, such as /sys", path: path, errorNumber: rawValue)
    case .accessDenied, .notPermitted:
      ScanError(
        .notPermitted, reason, remedy: "run as root, or make it readable", path: path,
        errorNumber: rawValue)
    default:
      ScanError(.failed, reason, path: path, errorNumber: rawValue)
    }
  }
}
