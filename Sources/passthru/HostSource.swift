// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PCIHost
internal import PCIRecords
internal import SystemPackage

/// A host to read: this machine, a directory, or a file.
struct HostSource {
  /// The path the user gave; `nil` is this machine.
  let path: String?
  /// The kind the user gave; `nil` is told by content.
  let kind: String?
  /// The access method the user gave: `libpci`, `libpci:linux-proc`; `nil` is the system's own.
  var via: String?

  /// Reads the host.
  func host(_ options: ScanOptions = .full) throws(SourceError) -> Host {
    if let via { return try libpci(via) }
    guard let path else { return try live(options) }
    if kind == "sysfs" { return try sysfs(path, options) }
    var record: RecordKind?
    if let kind {
      guard let known = RecordKind(rawValue: kind) else { throw .unknownKind(kind) }
      record = known
    }
    if record == nil && Self.isDirectory(path) { return try sysfs(path, options) }
    let bytes = try FileContents.read(path)
    do throws(RecordError) {
      return try recordedHost(bytes, as: record, location: path)
    } catch {
      throw .record(path, error)
    }
  }

  private func sysfs(_ path: String, _ options: ScanOptions) throws(SourceError) -> Host {
    do throws(ScanError) {
      return try SysfsScanner(root: path).scan(options)
    } catch {
      throw .scan(error)
    }
  }

  private func live(_ options: ScanOptions) throws(SourceError) -> Host {
    #if os(Linux)
      return try sysfs("/sys", options)
    #elseif os(FreeBSD)
      do throws(ScanError) {
        return try DevPCIScanner().scan(options)
      } catch {
        throw .scan(error)
      }
    #else
      throw .noLiveScan
    #endif
  }

  private func libpci(_ via: String) throws(SourceError) -> Host {
    let parts = via.split(separator: ":", maxSplits: 1).map { String($0) }
    let name = parts.count == 2 ? parts[1] : LibPCIMethod.sysfs.name
    guard parts.first == "libpci", let method = LibPCIMethod.all.first(where: { $0.name == name })
    else { throw .unknownMethod(via) }
    do throws(ScanError) {
      return try LibPCIScanner(method: method, location: path).scan()
    } catch {
      throw .scan(error)
    }
  }

  private static func isDirectory(_ path: String) -> Bool {
    // Opening a file as a directory fails without touching its contents.
    guard
      let descriptor = try? FileDescriptor.open(
        FilePath(path), .readOnly, options: [.directory, .closeOnExec])
    else { return false }
    try? descriptor.close()
    return true
  }
}
