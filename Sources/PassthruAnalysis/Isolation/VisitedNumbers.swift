// SPDX-License-Identifier: Apache-2.0

/// The device and function numbers of one bus that a search has come by.
///
/// A bit each for 256 numbers, without memory of its own: there is a search for
/// every function.
struct VisitedNumbers {
  private var bits: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// Adds a number; whether it is new.
  mutating func insert(_ number: UInt8) -> Bool {
    let bit: UInt64 = 1 << UInt64(number & 63)
    switch number >> 6 {
    case 0: return Self.add(bit, to: &bits.0)
    case 1: return Self.add(bit, to: &bits.1)
    case 2: return Self.add(bit, to: &bits.2)
    default: return Self.add(bit, to: &bits.3)
    }
  }

  private static func add(_ bit: UInt64, to word: inout UInt64) -> Bool {
    let isNew = word & bit == 0
    word |= bit
    return isNew
  }
}
