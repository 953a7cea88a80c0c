// SPDX-License-Identifier: Apache-2.0

/// A number of bytes as people write it: `256 bytes`, `16 KiB`, `8 GiB`.
func sizeText(_ bytes: UInt64) -> String {
  let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"]
  var value = bytes
  var index = 0
  // A size that is no whole number of the next unit stays exact in this one.
  while value >= 1024, value & 1023 == 0, index < units.count - 1 {
    value >>= 10
    index += 1
  }
  return "\(value) " + units[index]
}
