// SPDX-License-Identifier: Apache-2.0

internal import PCIHost

extension JSONWriter {
  /// Writes a document: an object that says first which schema it has.
  mutating func document(_ schema: String, _ members: (inout JSONWriter) -> Void) {
    object { json in
      json.member("schema", schema)
      members(&json)
    }
  }

  /// Writes a member that is an array of objects, one for each element.
  mutating func array<Element>(
    _ name: StaticString, of elements: [Element], _ members: (inout JSONWriter, Element) -> Void
  ) {
    array(name) { json in
      for element in elements { json.object { json in members(&json, element) } }
    }
  }
}
