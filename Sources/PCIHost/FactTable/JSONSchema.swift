// SPDX-License-Identifier: Apache-2.0

/// The form of a JSON value, as far as this project's documents need one.
indirect enum JSONSchema: Hashable, Sendable {
  /// A member of an object.
  struct Member: Hashable, Sendable {
    let name: String
    let schema: JSONSchema
    /// Whether it may be null.
    let isNullable: Bool
    /// Whether every object has it.
    let isRequired: Bool
  }

  case boolean
  case integer(minimum: Int64, maximum: UInt64)
  case text(pattern: String?)
  /// One of these texts.
  case choice([String])
  case array(JSONSchema)
  /// An object with these members and no other.
  case object([Member])
  case either([JSONSchema])
  /// An object with any members.
  case map
}
