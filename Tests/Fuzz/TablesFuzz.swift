// SPDX-License-Identifier: Apache-2.0

import PCIHost

/// Reads the input as a DMAR and as an IVRS table.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let table = RemappingTable(dmar: bytes) {
    // A structure has four bytes at least.
    precondition(table.unitCount <= count / 4 && (table.unitCount > 0 || !table.startsWithUnit))
  }
  if let table = RemappingTable(ivrs: bytes) {
    precondition(table.unitCount <= count / 4 && table.startsWithUnit == (table.unitCount > 0))
  }
  return 0
}
