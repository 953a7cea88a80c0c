// SPDX-License-Identifier: Apache-2.0

/// The names of all fields that this library decodes: stable, and sorted in register order.
public enum FieldCatalogue {
  /// Every name, the header's first; `N` stands for an index.
  public static var names: [String] {
    var names = ConfigurationSpace.headerFieldNames
    var last: CapabilityID?
    for decoder in CapabilityCatalogue.all where !decoder.kind.isNull && decoder.kind.id != last {
      last = decoder.kind.id
      names += decoder.kind.id.fieldNames
    }
    return names
  }

  /// The name as the catalogue has it: numbers between dots become `N`.
  public static func pattern(of name: String) -> String {
    var parts: [String] = []
    for part in name.split(separator: ".", omittingEmptySubsequences: false) {
      parts.append(part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? "N" : String(part))
    }
    return parts.joined(separator: ".")
  }
}

extension ConfigurationSpace {
  /// The fields with a dotted name, each with where its capability is; empty where none has it.
  ///
  /// The name starts with `header` or a capability's short name. Several
  /// capabilities with one id all answer; `vsec@0x150.length` names one by its
  /// offset. A header's fields have no offset.
  public func fields(named name: String) -> [(offset: Int?, field: Field)] {
    guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return [] }
    var owner = String(name[..<dot])
    let rest = String(name[name.utf8.index(after: dot)...])
    if owner == "header" {
      for field in headerFields where field.name == name { return [(nil, field)] }
      return []
    }
    var wanted: Int?
    if let at = owner.utf8.firstIndex(of: UInt8(ascii: "@")) {
      var reader = NumberReader(owner[owner.utf8.index(after: at)...].utf8)
      guard let offset = reader.longHexadecimal(), reader.isAtEnd else { return [] }
      wanted = Int(exactly: offset)
      owner = String(owner[..<at])
    }
    var found: [(offset: Int?, field: Field)] = []
    for capability in capabilities where capability.shortName == owner {
      guard wanted == nil || wanted == capability.entry.offset else { continue }
      for field in capability.fields where field.name == rest {
        found.append((capability.entry.offset, field))
      }
    }
    return found
  }
}
