// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A BAR as lspci's text prints it, with the size that no register holds.
///
/// `Region 0: Memory at fc800000 (64-bit, non-prefetchable) [size=16K]` with
/// `-vv`, the same without its number with `-v`; `Expansion ROM at ...`.
struct LspciRegion {
  /// The register's index; `nil` where `-v` printed none.
  let index: UInt8?
  let kind: BaseAddressRegister.Kind
  let isPrefetchable: Bool
  /// The kernel's address; `nil` where lspci says unassigned or ignored.
  let address: UInt64?
  let size: UInt64?
  /// Whether the function answers; `nil` where it has no address.
  let isEnabled: Bool?

  /// Reads a BAR, or `nil` where the line is none.
  init?(_ cursor: TextCursor) {
    var cursor = cursor
    // pciutils moved the word behind the address in 3.7.
    _ = cursor.skip("[virtual] ")
    if cursor.skip("Region ") {
      guard let number = cursor.decimal(), number < 6, cursor.skip(": ") else { return nil }
      index = UInt8(number)
    } else {
      index = cursor.matches("Expansion ROM at ", at: cursor.position) ? 6 : nil
    }
    _ = cursor.skip("[virtual] ")
    let isIO = cursor.skip("I/O ports at ")
    let isROM = !isIO && cursor.skip("Expansion ROM at ")
    guard isIO || isROM || cursor.skip("Memory at ") else { return nil }
    let base = cursor.hexadecimal().flatMap { $0 == 0 ? nil : $0 }
    address = base
    isEnabled = base == nil ? nil : !cursor.contains("[disabled]")
    isPrefetchable = cursor.contains(", prefetchable)")
    if isIO {
      kind = .io
    } else if isROM {
      kind = .expansionROM
    } else if cursor.contains("(64-bit,") {
      kind = .memory64
    } else if cursor.contains("(low-1M,") {
      kind = .memoryBelow1MiB
    } else if cursor.contains("(32-bit,") {
      kind = .memory32
    } else {
      return nil
    }
    size = cursor.skip(past: "[size=") ? Self.size(&cursor) : nil
  }

  /// Reads `16K]`, `128]`, `2M]`.
  private static func size(_ cursor: inout TextCursor) -> UInt64? {
    guard let number = cursor.decimal() else { return nil }
    let shift: UInt64 =
      switch cursor.next {
      case UInt8(ascii: "K"): 10
      case UInt8(ascii: "M"): 20
      case UInt8(ascii: "G"): 30
      case UInt8(ascii: "T"): 40
      default: 0
      }
    guard number > 0, number <= UInt64.max >> shift else { return nil }
    return number << shift
  }
}
