// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PCINames
internal import PCIRecords

extension Front {
  /// A host with the configuration space that is needed and that a scan does not read.
  func host(
    at place: ReadingRequest.Place, _ request: ReadingRequest, wakes: Bool
  ) throws(PlatformError) -> Machine {
    var host = try host(at: place, request.depth, namesFile: request.namesFile)
    guard place.path == nil || host.source.kind == .sysfs else { return host }
    // FreeBSD's kernel reports neither groups nor capabilities: verdicts and
    // groups rest on every port's own registers, and reading them wakes nothing.
    let needsAll = host.source.kind == .devpci && !request.readsNoGroups
    let positions = needsAll ? Array(host.functions.indices) : request.configuration(host)
    if !positions.isEmpty {
      system.readConfiguration(of: positions, into: &host, root: place.path, wakes: wakes)
    }
    return host
  }

  /// A host: this machine, a sysfs root, or a recording.
  func host(
    at place: ReadingRequest.Place, _ depth: ScanDepth, namesFile: String? = nil
  ) throws(PlatformError) -> Machine {
    if let via = place.via { return try system.scan(via: via, place.path) }
    guard let path = place.path else {
      var host = try system.scan(root: nil, depth)
      if host.freeBSD != nil, let journal = try? system.journal(nil),
        let control = try? system.control()
      {
        host.recordDriversBefore(journal, bootIdentifier: control.bootIdentifier)
      }
      return host
    }
    if place.kind == "sysfs" { return try system.scan(root: path, depth) }
    var kind: RecordKind?
    if let name = place.kind {
      guard let known = RecordKind(rawValue: name) else {
        throw PlatformError(
          "there is no kind \(displayText(name.utf8)) of recording: "
            + "sysfs, lspci, pciconf or snapshot")
      }
      kind = known
    }
    if kind == nil, system.isDirectory(path) { return try system.scan(root: path, depth) }
    let bytes = try system.read(path)
    do throws(RecordError) {
      var host = try Machine(recording: bytes, as: kind, location: path)
      if host.functions.contains(where: { !$0.hasIdentity }) {
        if let names = try? names(.whole, [], namesFile) { host.identify(by: names) }
      }
      return host
    } catch {
      throw PlatformError(path + ": " + error.description)
    }
  }

  /// The names of the file given, or of the first place that has one.
  func names(
    _ naming: ReadingRequest.Naming, _ hosts: [Machine], _ path: String?
  ) throws(PlatformError) -> NameDatabase? {
    var kinds: [Identity]?
    switch naming {
    case .nothing: return nil
    case .whole: break
    case .of(let shown): kinds = Self.kinds(hosts.map { ($0, shown($0)) })
    }
    if let path {
      if let kinds, let excerpt = excerpt(path, kinds) { return excerpt }
      // Not `read`, which waits for the end of a pipe, and of a device that has none.
      var bytes: [UInt8] = []
      guard kinds == nil, system.forEachPiece(of: path, { bytes += $0 }) else {
        throw PlatformError(
          displayText(path.utf8) + " cannot be read as a pci.ids: give a file that exists, and no "
            + "pipe or device")
      }
      return NameDatabase(bytes: bytes)
    }
    for place in NameDatabase.places {
      if let kinds {
        if let excerpt = excerpt(place, kinds) { return excerpt }
      } else if let bytes = try? system.read(place) {
        return NameDatabase(bytes: bytes)
      }
    }
    return nil
  }

  /// The distinct identities of functions; `nil` where they are many.
  ///
  /// Up to 256 kinds of device an excerpt is faster than the whole file.
  private static func kinds(_ functions: [(host: Machine, indices: [Int])]) -> [Identity]? {
    var kinds: Set<Identity> = []
    for (host, indices) in functions {
      for index in indices {
        // The revision names nothing.
        var identity = host.functions[index].identity
        identity.revisionID = nil
        kinds.insert(identity)
        if kinds.count > 256 { return nil }
      }
    }
    return Array(kinds)
  }

  private func excerpt(_ path: String, _ identities: [Identity]) -> NameDatabase? {
    var excerpt = NameExcerpt(for: identities)
    guard system.forEachPiece(of: path, { excerpt.add($0) }) else { return nil }
    excerpt.finish()
    return NameDatabase(bytes: excerpt.bytes)
  }
}
