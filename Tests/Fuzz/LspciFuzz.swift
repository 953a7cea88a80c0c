// SPDX-License-Identifier: Apache-2.0

import PCIRecords

/// Reads the input as lspci's text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  follow(Array(UnsafeBufferPointer(start: start, count: count)), as: .lspci)
  return 0
}
