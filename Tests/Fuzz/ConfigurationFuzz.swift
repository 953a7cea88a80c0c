// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost

/// Decodes the input as a configuration space, and writes everything it says.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let space = ConfigurationSpace(Array(UnsafeBufferPointer(start: start, count: count)))
  for defect in space.capabilityList.defects { precondition(!defect.reason.isEmpty) }
  var function = Function(
    address: FunctionAddress(domain: 0, bus: 0, deviceFunction: 0),
    identity: space.identity ?? Identity(vendorID: 0, deviceID: 0))
  function.headerType = space.headerType
  function.classCode = space.classCode
  function.baseAddressRegisters = space.baseAddressRegisters
  function.bridge = space.bridgeBuses
  function.configuration = space
  _ = function.capabilityFacts
  var host = Machine(
    source: Source(kind: .lspci, location: "input"), system: OperatingSystem(family: .unknown))
  host.functions = [function]
  host.deriveVirtualFunctions()
  host.deriveUpstream()
  var json = JSONWriter()
  MachineWriter(host, detail: .decoded).write(into: &json)
  return json.bytes.isEmpty ? 1 : 0
}
