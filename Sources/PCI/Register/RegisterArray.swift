// SPDX-License-Identifier: Apache-2.0

/// Registers that follow each other as often as another register says.
///
/// Each element has the same fields, under the array's name and its index:
/// `laneEqualization.3`.
public struct RegisterArray: Sendable {
  /// The start of the dotted names.
  public let name: String
  /// Where the first element starts, in bytes from the start of the capability's header.
  public let offset: Int
  /// How many bytes each element takes.
  public let stride: Int
  /// Whether a capability of which too few bytes were read for them is decoded without.
  let isOptional: Bool
  /// How many elements a capability has.
  let count: @Sendable (RegisterBytes) -> Int
  /// The fields of an element, with offsets from its start.
  let elements: RegisterLayout

  /// An array whose elements are one number each: a mask or an id, unless a field is given.
  init(
    _ offset: Int, _ width: Int, _ name: String, isOptional: Bool = false,
    of fields: [RegisterField]? = nil, count: @escaping @Sendable (RegisterBytes) -> Int
  ) {
    self.offset = offset
    stride = width
    self.name = name
    self.isOptional = isOptional
    self.count = count
    elements = RegisterLayout(fields ?? [Register(0, width, "").hexadecimal()])
  }

  /// The name of a field of one element.
  func name(of part: String, at index: String) -> String {
    part.isEmpty ? name + "." + index : name + "." + index + "." + part
  }

  /// The registers of each element; none where not all of them were read.
  func blocks(_ registers: RegisterBytes) -> [RegisterBytes] {
    let count = max(count(registers), 0)
    guard registers.holds(offset + stride * count) else { return [] }
    return (0..<count).map { registers.advanced(by: offset + stride * $0) }
  }
}
