// SPDX-License-Identifier: Apache-2.0

/// The bytes of a function's configuration space, as far as they were read.
///
/// Up to 256 bytes for conventional PCI and 4,096 for PCI Express; a reader
/// without privilege gets the first 64. Registers are little-endian
/// (PCI Local Bus 3.0, section 6.1). Every access checks its bounds: what was
/// not read is `nil`.
public struct ConfigurationSpace: Hashable, Sendable {
  /// The bytes read, from offset 0 on.
  public let bytes: [UInt8]

  /// The largest configuration space: 4,096 bytes (PCI Express Base 6.0, 7.2.2).
  public static let extendedSize = 4096
  /// The size of conventional configuration space: 256 bytes.
  public static let conventionalSize = 256

  /// Keeps the bytes given, up to 4,096.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes.count <= Self.extendedSize ? bytes : Array(bytes[..<Self.extendedSize])
  }

  /// How many bytes were read.
  public var count: Int { bytes.count }

  /// One byte, or `nil` past the end.
  public func byte(at offset: Int) -> UInt8? {
    guard offset >= 0, offset < bytes.count else { return nil }
    return bytes[offset]
  }

  /// Two bytes, or `nil` past the end.
  public func word(at offset: Int) -> UInt16? {
    guard offset >= 0, offset < bytes.count, bytes.count - offset >= 2 else { return nil }
    return UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
  }

  /// Four bytes, or `nil` past the end.
  public func doubleWord(at offset: Int) -> UInt32? {
    guard offset >= 0, offset < bytes.count, bytes.count - offset >= 4 else { return nil }
    return UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8
      | UInt32(bytes[offset + 2]) << 16 | UInt32(bytes[offset + 3]) << 24
  }

  /// Eight bytes, or `nil` past the end.
  public func quadWord(at offset: Int) -> UInt64? {
    guard let low = doubleWord(at: offset), let high = doubleWord(at: offset + 4) else {
      return nil
    }
    return UInt64(high) << 32 | UInt64(low)
  }

  /// Whether every byte read is `0xff`, as a function that is gone answers.
  public var isAllOnes: Bool { !bytes.isEmpty && bytes.allSatisfy { $0 == 0xff } }
}
