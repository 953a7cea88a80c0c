// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Machine {
  /// Ties virtual functions to their physical ones, by the numbers of SR-IOV.
  ///
  /// For sources without links between them: hexadecimal dumps and pciconf's
  /// text. A virtual function's requester id follows from First VF Offset and
  /// VF Stride (PCI Express Base 6.0, section 9.2.1.2). Its vendor and device id
  /// read `ffff` in its own configuration space (section 9.3.4.1) and are filled
  /// in from the physical function's.
  public mutating func deriveVirtualFunctions() {
    var positions: [UInt64: Int] = [:]
    func key(_ domain: UInt32, _ requesterID: UInt16) -> UInt64 {
      UInt64(domain) << 16 | UInt64(requesterID)
    }
    var areTold = true
    var routes: [(index: Int, routing: VirtualFunctionRouting)] = []
    for (index, function) in functions.enumerated() {
      positions[key(function.address.domain, function.address.requesterID)] = index
      guard let routing = VirtualFunctionRouting(function) else {
        switch function.capabilityFacts.hasVirtualization {
        case false: functions[index].recordAbsence(of: .virtualFunctions)
        case true, nil: areTold = areTold && function.headerType != .endpoint
        }
        continue
      }
      functions[index].virtualFunctions = routing.state
      routes.append((index, routing))
    }
    for (index, routing) in routes where routing.state.enabled > 0 {
      let physical = functions[index]
      for number in 0..<Int(routing.state.enabled) {
        let id =
          Int(physical.address.requesterID) + Int(routing.firstOffset)
          + number * Int(routing.stride)
        guard let id = UInt16(exactly: id),
          let position = positions[key(physical.address.domain, id)], position != index,
          functions[position].physicalFunction == nil
        else { continue }
        functions[position].physicalFunction = physical.address
        if functions[position].identity.vendorID == 0xffff {
          functions[position].identity.vendorID = physical.identity.vendorID
          functions[position].identity.deviceID = routing.deviceID
        }
      }
    }
    // Where each function's capabilities are known, what none of them counts is no
    // virtual function.
    guard areTold else { return }
    for index in functions.indices { functions[index].recordAbsence(of: .physicalFunction) }
  }
}

/// Where a physical function's virtual functions are.
private struct VirtualFunctionRouting {
  let state: VirtualFunctionState
  let firstOffset: UInt16
  let stride: UInt16
  let deviceID: UInt16

  init?(_ function: Function) {
    if let space = function.configuration {
      guard let capability = space[SingleRootIOVirtualization.self] else { return nil }
      state = VirtualFunctionState(
        total: capability.totalVirtualFunctions,
        enabled: capability.isEnabled ? capability.numberOfVirtualFunctions : 0)
      firstOffset = capability.firstOffset
      stride = capability.stride
      deviceID = capability.deviceID
      return
    }
    for capability in function.listedCapabilities ?? []
    where capability.id == SingleRootIOVirtualization.id {
      let words = Words(capability.text)
      if let state = function.capabilityFacts.virtualFunctions,
        // pciconf's words, and lspci's: `VF offset: 128, stride: 2, Device ID: 10ca`.
        let first = words.hexadecimal(after: ["First", "VF", "RID", "Offset"])
          ?? words.number(after: ["VF", "offset:"]).flatMap({ UInt16(exactly: $0) }),
        let stride = words.hexadecimal(after: ["VF", "RID", "Stride"])
          ?? words.number(after: "stride:").flatMap({ UInt16(exactly: $0) }),
        let device = words.hexadecimal(after: ["VF", "Device", "ID"])
          ?? words.bareHexadecimal(after: ["Device", "ID:"])
      {
        self.state = state
        firstOffset = first
        self.stride = stride
        deviceID = device
        return
      }
    }
    return nil
  }
}
