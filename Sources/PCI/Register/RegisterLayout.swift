// SPDX-License-Identifier: Apache-2.0

/// The fields of a block of registers, in the order in which they are shown.
///
/// One layout gives both the decoded fields and the catalogue of their names, so
/// that the two cannot differ.
public struct RegisterLayout: Sendable {
  /// The fields, each with its full name, so that it is put together once.
  let rows: [(name: String, field: RegisterField)]
  /// What comes after the fields, as often as the registers say.
  let arrays: [RegisterArray]

  init(_ fields: [RegisterField], _ arrays: [RegisterArray] = []) {
    rows = fields.map { ($0.name, $0) }
    self.arrays = arrays
  }

  /// The fields of several registers, one after the other.
  init(registers: [[RegisterField]], _ arrays: [RegisterArray] = []) {
    self.init(Array(registers.joined()), arrays)
  }

  /// The names of all fields there can be; `N` stands for an index.
  var names: [String] {
    var names = rows.map { $0.name }
    for array in arrays {
      for name in array.elements.names { names.append(array.name(of: name, at: "N")) }
    }
    return names
  }

  /// Whether all registers of the arrays were read that must be there.
  func holdsArrays(_ registers: RegisterBytes) -> Bool {
    arrays.allSatisfy { array in
      array.isOptional || registers.holds(array.offset + array.stride * array.count(registers))
    }
  }

  /// Every field whose register is there, its name after a prefix.
  func fields(_ registers: RegisterBytes, prefix: String = "") -> [Field] {
    var fields: [Field] = []
    fields.reserveCapacity(rows.count)
    for (name, field) in rows {
      guard let value = registers[field.register] else { continue }
      fields.append(field.decoded(value, as: prefix.isEmpty ? name : prefix + name))
    }
    for array in arrays {
      for (index, element) in array.blocks(registers).enumerated() {
        for (part, field) in array.elements.rows {
          guard let value = element[field.register] else { continue }
          fields.append(
            field.decoded(value, as: prefix + array.name(of: part, at: String(index))))
        }
      }
    }
    return fields
  }
}
