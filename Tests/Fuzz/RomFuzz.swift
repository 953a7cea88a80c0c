// SPDX-License-Identifier: Apache-2.0

import PCI

/// Reads the input as an expansion ROM's file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let rom = ExpansionROM(Array(UnsafeBufferPointer(start: start, count: count)))
  var end = rom.start
  for image in rom.images {
    // One follows the other, and none is empty.
    precondition(image.offset == end && image.length > 0)
    precondition(image.isLast == (image == rom.images.last) || rom.defect != nil)
    precondition(!image.codeType.name.isEmpty)
    end += image.length
  }
  precondition(!rom.images.isEmpty || rom.defect != nil)
  precondition(rom.hasUEFIImage || !rom.hasUEFIGraphicsImage)
  if let defect = rom.defect { precondition(!defect.reason.isEmpty) }
  return 0
}
