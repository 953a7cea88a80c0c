// SPDX-License-Identifier: Apache-2.0

/// The bytes that a capability's registers are read from.
///
/// A view of a configuration space: registers are read when they are asked for,
/// and none past the end of the part that the capability may be in.
public struct RegisterBytes: Sendable {
  /// The space that the capability is in.
  public let space: ConfigurationSpace
  /// Where its header starts.
  public let offset: Int
  /// Where the part of the space ends that it may be in.
  let limit: Int
  /// How many bytes from the start of the header are not its own, and are not read.
  var skipped = 0

  /// The registers from an offset on, up to a limit or to where the space was read.
  init(_ space: ConfigurationSpace, at offset: Int, limit: Int? = nil) {
    self.space = space
    self.offset = offset
    self.limit = min(limit ?? space.count, space.count)
  }

  /// Whether as many bytes from the start of the header were read.
  func holds(_ count: Int) -> Bool { offset >= 0 && limit - offset >= count }

  /// The same bytes, with offsets counted from a place further on.
  func advanced(by count: Int) -> Self { Self(space, at: offset + count, limit: limit) }

  /// The same bytes up to a count of them.
  func prefix(_ count: Int) -> Self {
    Self(space, at: offset, limit: min(limit, offset + count))
  }

  /// One byte, or `nil` where it was not read.
  func byte(at position: Int) -> UInt8? {
    holds(position + 1) && position >= skipped ? space.byte(at: offset + position) : nil
  }

  /// Two bytes, or `nil` where one of them was not read.
  func word(at position: Int) -> UInt16? {
    holds(position + 2) && position >= skipped ? space.word(at: offset + position) : nil
  }

  /// Four bytes, or `nil` where one of them was not read.
  func doubleWord(at position: Int) -> UInt32? {
    holds(position + 4) && position >= skipped ? space.doubleWord(at: offset + position) : nil
  }

  /// The bytes from a position up to another, as many as were read.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    let start = min(offset + range.lowerBound, limit)
    let end = min(offset + range.upperBound, limit)
    return start >= 0 && start < end ? Array(space.bytes[start..<end]) : []
  }

  /// The value of a register; `nil` where it is not there or was not read.
  public subscript(_ register: Register) -> UInt64? {
    if let isPresent = register.isPresent, !isPresent(self) { return nil }
    switch register.width {
    case 1: return byte(at: register.offset).map { UInt64($0) }
    case 2: return word(at: register.offset).map { UInt64($0) }
    case 4: return doubleWord(at: register.offset).map { UInt64($0) }
    default:
      guard holds(register.offset + 8) else { return nil }
      return space.quadWord(at: offset + register.offset)
    }
  }

  /// The bits of a field; `nil` where its register is not there or was not read.
  public subscript(_ field: RegisterField) -> UInt64? {
    self[field.register].map { field.bits(of: $0) }
  }
}
