// SPDX-License-Identifier: Apache-2.0

import PCIRecords

/// Reads the input as a snapshot.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  follow(Array(UnsafeBufferPointer(start: start, count: count)), as: .snapshot)
  return 0
}
