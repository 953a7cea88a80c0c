// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIBus
internal import PCIRecords

/// Why no host could be had from a source.
enum SourceFailure: Error {
  case system(String, Int32)
  case tooLarge(String)
  case directory(String)
  case scan(ScanError)
  case record(String, RecordError)
  case unknownKind(String)
  case refused(String)

  /// What happened and what to do, in one line: the words of the other front.
  var message: String {
    switch self {
    // ENOENT and EACCES have the same numbers on FreeBSD and Linux.
    case .system(let path, 2):
      return "there is nothing at \(path): give a file or a directory that exists"
    case .system(let path, 13):
      return "\(path) may not be read: run as a user who may, or make it readable"
    case .system(let path, let number):
      return "\(path) could not be read or written: \(Process.errorText(number))"
    case .tooLarge(let path): return "\(path) is larger than 1 GiB: no recording of a host is"
    case .directory(let path):
      return "\(path) is a directory, and sysfs trees are not read on FreeBSD: "
        + "make a snapshot of it on Linux"
    case .scan(let error): return error.description
    case .record(let path, let error): return "\(path): \(error.description)"
    case .refused(let message): return message
    case .unknownKind(let kind):
      return "there is no kind \(displayText(kind.utf8)) of recording: "
        + "sysfs, lspci, pciconf or snapshot"
    }
  }
}
