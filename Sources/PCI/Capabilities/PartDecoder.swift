// SPDX-License-Identifier: Apache-2.0

/// What there is to do with one layout of a capability, without its type.
struct PartDecoder: Sendable {
  /// Which layout it is.
  let kind: PartKind
  /// Whether all registers were read that must be there.
  let isComplete: @Sendable (RegisterBytes) -> Bool
  /// The fields; none where too few bytes were read.
  let fields: @Sendable (RegisterBytes) -> [Field]
  /// The names of all fields there can be.
  let fieldNames: @Sendable () -> [String]

  /// A layout that has a name, and no fields here.
  init(_ kind: PartKind) {
    self.kind = kind
    isComplete = { _ in true }
    fields = { _ in [] }
    fieldNames = { [] }
  }

  /// A layout that a type decodes.
  init<Type: CapabilityPart>(_ type: Type.Type) {
    kind = Type.part
    isComplete = { Type.isComplete($0) }
    fields = { Type.isComplete($0) ? Type($0).fields : [] }
    fieldNames = { Type.fieldNames }
  }
}

extension [PartDecoder] {
  /// The layout with a number.
  func part(_ number: UInt16) -> PartDecoder? { first { $0.kind.number == number } }

  /// The names of all fields there can be, each once.
  var fieldNames: [String] {
    var names: [String] = []
    for part in self {
      for name in part.fieldNames() where !names.contains(name) { names.append(name) }
    }
    return names
  }
}
