// SPDX-License-Identifier: Apache-2.0

import PCI

/// Reads the input as vital product data.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let contents = VitalProductDataContents(Array(UnsafeBufferPointer(start: start, count: count)))
  var length = 0
  for item in contents.items {
    length += 3 + item.data.count
    precondition(item.text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f })
    _ = item.title
  }
  precondition(length <= count)
  return 0
}
