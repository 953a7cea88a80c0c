// SPDX-License-Identifier: Apache-2.0

/// What there is to do with a capability of one kind, without its type.
struct CapabilityDecoder: Sendable {
  /// Which capability it is.
  private(set) var kind: CapabilityKind
  /// Whether registers with the kind's id have this layout.
  let applies: @Sendable (RegisterBytes) -> Bool
  /// The fields; `nil` where too few bytes were read, or none is known.
  let fields: @Sendable (RegisterBytes) -> [Field]?
  /// Whether all registers were read that must be there.
  let isComplete: @Sendable (RegisterBytes) -> Bool
  /// The same under a second id.
  var alias: CapabilityDecoder? {
    guard let otherID else { return nil }
    var alias = self
    alias.kind = otherID
    alias.otherID = nil
    return alias
  }
  private var otherID: CapabilityKind?
  /// The names of all fields there can be; empty where none is known.
  let fieldNames: @Sendable () -> [String]
  /// Whether the registers are decoded, or kept as bytes.
  let isDecoded: Bool

  /// A capability that has a name but no layout here: it is kept as bytes.
  init(_ kind: CapabilityKind) {
    self.kind = kind
    otherID = nil
    applies = { _ in true }
    fields = { _ in nil }
    isComplete = { _ in true }
    fieldNames = { [] }
    isDecoded = false
  }

  /// A capability that a type decodes.
  init<Type: DecodedCapability>(_ type: Type.Type) {
    kind = Type.kind
    otherID = Type.alias
    applies = { Type.applies(to: $0) }
    fields = { Type.isComplete($0) ? Type($0).fields : nil }
    isComplete = { Type.isComplete($0) }
    fieldNames = { Type.fieldNames }
    isDecoded = true
  }
}
