// SPDX-License-Identifier: Apache-2.0

import PCI

/// Decodes the input as a configuration space, and asks for everything it says.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let space = ConfigurationSpace(Array(UnsafeBufferPointer(start: start, count: count)))
  var length = 0
  for capability in space.capabilities {
    length &+= capability.entry.offset
    for field in capability.fields { length &+= "\(field)".utf8.count }
  }
  for defect in space.capabilityList.defects { length &+= defect.reason.utf8.count }
  length &+= "\(space.baseAddressRegisters) \(String(describing: space.identity))".utf8.count
  length &+= "\(String(describing: space.bridgeBuses))".utf8.count
  return length == Int.min ? 1 : 0
}
