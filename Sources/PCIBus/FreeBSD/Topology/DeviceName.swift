// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Driver and unit of a FreeBSD device's name: `t5nex0` is unit 0 of `t5nex`.
struct DeviceName: Hashable {
  let driver: String
  let unit: Int

  /// Takes a name apart; `nil` where it has no trailing digits, or nothing else.
  init?(_ name: String) {
    let bytes = Array(name.utf8)
    var end = bytes.count
    while end > 0, bytes[end - 1] >= 0x30, bytes[end - 1] <= 0x39 { end -= 1 }
    guard end > 0, end < bytes.count, let unit = Int(displayText(bytes[end...])) else {
      return nil
    }
    driver = displayText(bytes[..<end])
    self.unit = unit
  }
}
