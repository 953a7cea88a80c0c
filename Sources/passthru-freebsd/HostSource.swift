// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PCIHost
internal import PCINames
internal import PCIRecords
internal import PassthruCommand

/// A host to read: this machine, or a file.
struct HostSource {
  /// The path the user gave; `nil` is this machine.
  let path: String?
  /// The kind the user gave; `nil` is told by content.
  let kind: String?

  /// Reads the host, with configuration space where the invocation needs it.
  func host(for invocation: Invocation) throws(SourceFailure) -> Host {
    guard let path else { return try live(invocation) }
    guard kind != "sysfs" else { throw .directory(path) }
    var record: RecordKind?
    if let kind {
      guard let known = RecordKind(rawValue: kind) else { throw .unknownKind(kind) }
      record = known
    }
    let bytes = try Process.readFile(path)
    do throws(RecordError) {
      return try recordedHost(bytes, as: record, location: path)
    } catch {
      throw .record(path, error)
    }
  }

  private func live(_ invocation: Invocation) throws(SourceFailure) -> Host {
    do throws(ScanError) {
      let scanner = try DevPCIScanner()
      var host = try scanner.scan(.full)
      let positions = invocation.functionsToRead(in: host)
      if !positions.isEmpty { scanner.readConfiguration(into: &host, of: positions) }
      return host
    } catch {
      throw .scan(error)
    }
  }
}

/// Finds a pci.ids and reads it.
enum NameSource {
  /// The names of the file given, or of the first place that has one.
  static func database(_ path: String?) throws(SourceFailure) -> NameDatabase? {
    if let path { return NameDatabase(bytes: try Process.readFile(path)) }
    for place in NameDatabase.places {
      if let bytes = try? Process.readFile(place) { return NameDatabase(bytes: bytes) }
    }
    return nil
  }
}
