// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PCINames
internal import SystemPackage

/// Finds a pci.ids and reads of it what a host needs.
enum NameSource {
  /// Up to so many kinds of device an excerpt is faster than the whole file.
  private static let excerptLimit = 256

  /// The names of the file given, or of the first place that has one.
  ///
  /// Only those of functions of hosts, by position, where there are few kinds of them.
  static func database(
    _ path: String?, for functions: (host: Host, indices: [Int])...
  ) throws(SourceError) -> NameDatabase? {
    let identities = kinds(of: functions)
    if let path {
      if let identities, let excerpt = excerpt(path, identities) { return excerpt }
      return NameDatabase(bytes: try FileContents.read(path))
    }
    for place in NameDatabase.places {
      if let identities {
        if let excerpt = excerpt(place, identities) { return excerpt }
      } else if let bytes = try? FileContents.read(place) {
        return NameDatabase(bytes: bytes)
      }
    }
    return nil
  }

  /// All names of the file given, or of the first place that has one.
  static func database(_ path: String?) throws(SourceError) -> NameDatabase? {
    if let path { return NameDatabase(bytes: try FileContents.read(path)) }
    for place in NameDatabase.places {
      if let bytes = try? FileContents.read(place) { return NameDatabase(bytes: bytes) }
    }
    return nil
  }

  /// The distinct identities of functions; `nil` where they are many.
  private static func kinds(of functions: [(host: Host, indices: [Int])]) -> [Identity]? {
    var kinds: Set<Identity> = []
    for (host, indices) in functions {
      for index in indices {
        // The revision names nothing.
        var identity = host.functions[index].identity
        identity.revisionID = nil
        kinds.insert(identity)
        if kinds.count > excerptLimit { return nil }
      }
    }
    return Array(kinds)
  }

  private static func excerpt(_ path: String, _ identities: [Identity]) -> NameDatabase? {
    var excerpt = NameExcerpt(for: identities)
    guard FileContents.forEachPiece(of: path, { excerpt.add($0) }) else { return nil }
    excerpt.finish()
    return NameDatabase(bytes: excerpt.bytes)
  }
}
