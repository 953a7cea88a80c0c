// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PCIRecords
internal import SystemPackage

/// Why no host could be had from a source.
enum SourceError: Error {
  case system(String, Errno)
  case tooLarge(String)
  case scan(ScanError)
  case record(String, RecordError)
  case unknownKind(String)
  case unknownMethod(String)
  case noLiveScan
  case changedWhileMeasured
  case refused(String)

  /// What happened and what to do, in one line.
  var message: String {
    switch self {
    case .system(let path, .noSuchFileOrDirectory):
      "there is nothing at \(path): give a file or a directory that exists"
    case .system(let path, .permissionDenied):
      "\(path) may not be read: run as a user who may, or make it readable"
    case .system(let path, let error): "\(path) could not be read or written: \(error)"
    case .tooLarge(let path):
      "\(path) is larger than 1 GiB: no recording of a host is"
    case .scan(let error): "\(error)"
    case .record(let path, let error): "\(path): \(error)"
    case .unknownKind(let kind):
      "there is no kind \(kind) of recording: sysfs, lspci, pciconf or snapshot"
    case .unknownMethod(let name):
      "there is no access method \(name): write libpci or libpci:METHOD, METHOD one of "
        + LibPCIMethod.all.map { $0.name }.joined(separator: " ")
    case .changedWhileMeasured:
      "functions came or went while the scans were timed: run it again"
    case .refused(let message): message
    case .noLiveScan:
      "this system's bus cannot be scanned by this build: give a recording with --from"
    }
  }
}
