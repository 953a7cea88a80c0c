// SPDX-License-Identifier: Apache-2.0

internal import PCINames

/// Finds a pci.ids and reads it.
enum NameSource {
  /// The names of the file given, or of the first place that has one.
  static func database(_ path: String?) throws(SourceError) -> NameDatabase? {
    if let path { return NameDatabase(bytes: try FileContents.read(path)) }
    for place in NameDatabase.places {
      if let bytes = try? FileContents.read(place) { return NameDatabase(bytes: bytes) }
    }
    return nil
  }
}
