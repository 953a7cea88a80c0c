// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Reads one element of a snapshot's `functions`.
struct FunctionReader {
  private let value: JSONValue
  private let position: Int

  init(_ value: JSONValue, position: Int) {
    self.value = value
    self.position = position
  }

  func function() throws(HostReader.Failure) -> Function {
    guard let text = value["address"]?.text, let address = FunctionAddress(text) else {
      throw failure("address", "an address such as 0000:0a:00.0")
    }
    guard let vendor = hexadecimal16("vendorID"), let device = hexadecimal16("deviceID") else {
      throw failure("vendorID or deviceID", "four hexadecimal digits")
    }
    var identity = Identity(vendorID: vendor, deviceID: device)
    identity.subsystemVendorID = hexadecimal16("subsystemVendorID")
    identity.subsystemID = hexadecimal16("subsystemID")
    identity.revisionID = hexadecimal("revisionID").flatMap { UInt8(exactly: $0) }
    var function = Function(address: address, identity: identity)
    function.classCode = hexadecimal("classCode").flatMap { UInt32(exactly: $0) }
      .map { ClassCode(rawValue: $0) }
    function.headerType = integer("headerType").flatMap { UInt8(exactly: $0) }
      .map { HeaderType(rawValue: $0) }
    function.isMultiFunction = value["isMultiFunction"]?.flag
    if let driver = value["driver"], let name = driver["name"]?.text, !name.isEmpty {
      function.driver = DriverBinding(
        name: displayText(name.utf8),
        unit: driver["unit"]?.integer.flatMap { Int(exactly: $0) })
    }
    function.iommuGroup = integer("iommuGroup").flatMap { Int(exactly: $0) }
    for window in value["bars"]?.elements ?? [] {
      guard let window = baseAddressRegister(window) else {
        throw failure("bars", "windows with an index and a kind")
      }
      function.baseAddressRegisters.append(window)
    }
    readPlace(into: &function)
    readState(into: &function)
    function.configuration = try configuration()
    if function.configuration == nil, let elements = value["capabilities"]?.elements {
      function.listedCapabilities = elements.compactMap(listedCapability)
    }
    return function
  }

  private func readPlace(into function: inout Function) {
    if let upstream = value["upstream"] {
      if let text = upstream["bridge"]?.text, let bridge = FunctionAddress(text) {
        function.upstream = .bridge(bridge)
      } else if let text = upstream["rootBus"]?.text,
        let probe = FunctionAddress(text + ":00.0")
      {
        function.upstream = .rootBus(probe.busAddress)
      }
    }
    if let bridge = value["bridge"],
      let secondary = bridge["secondary"]?.integer.flatMap({ UInt8(exactly: $0) }),
      let subordinate = bridge["subordinate"]?.integer.flatMap({ UInt8(exactly: $0) })
    {
      function.bridge = BridgeBuses(
        primary: bridge["primary"]?.integer.flatMap { UInt8(exactly: $0) },
        secondary: secondary, subordinate: subordinate)
    }
    function.physicalFunction = value["physicalFunction"]?.text.flatMap { FunctionAddress($0) }
    if let counts = value["virtualFunctions"],
      let total = counts["total"]?.integer.flatMap({ UInt16(exactly: $0) }),
      let enabled = counts["enabled"]?.integer.flatMap({ UInt16(exactly: $0) })
    {
      function.virtualFunctions = VirtualFunctionState(total: total, enabled: enabled)
    }
  }

  private func readState(into function: inout Function) {
    function.numaNode = integer("numaNode").flatMap { Int(exactly: $0) }
    function.interrupt = integer("interrupt").flatMap { UInt32(exactly: $0) }
    if let name = value["powerState"]?.text {
      function.powerState = PowerState.allCases.first { $0.name == name }
    }
    function.resetMethods = value["resetMethods"]?.elements.map { elements in
      elements.compactMap { $0.text.map { ResetMethod(rawValue: displayText($0.utf8)) } }
    }
    function.isBootVGA = value["isBootVGA"]?.flag
    function.slotName = value["slotName"]?.text.map { displayText($0.utf8) }
    function.label = value["label"]?.text.map { displayText($0.utf8) }
    function.driverOverride = value["driverOverride"]?.text.map { displayText($0.utf8) }
  }

  private func baseAddressRegister(_ value: JSONValue) -> BaseAddressRegister? {
    guard let index = value["index"]?.integer.flatMap({ UInt8(exactly: $0) }), index <= 6,
      let kind = value["kind"]?.text.flatMap({ BaseAddressRegister.Kind(name: $0) })
    else { return nil }
    var address: UInt64?
    if let text = value["address"]?.text {
      var reader = NumberReader(text.utf8)
      address = reader.longHexadecimal()
      guard reader.isAtEnd, address != nil else { return nil }
    }
    return BaseAddressRegister(
      index: index, kind: kind, isPrefetchable: value["isPrefetchable"]?.flag ?? false,
      isEnabled: value["isEnabled"]?.flag, address: address,
      size: value["size"]?.integer.flatMap { UInt64(exactly: $0) })
  }

  private func listedCapability(_ value: JSONValue) -> ListedCapability? {
    guard let text = value["id"]?.text, let digits = text.suffix(after: "0x") else { return nil }
    var reader = NumberReader(digits.utf8)
    guard let number = reader.hexadecimal(maximumDigits: 4), reader.isAtEnd else { return nil }
    let id: CapabilityID
    if value["isExtended"]?.flag == true {
      guard let number = UInt16(exactly: number) else { return nil }
      id = .extended(ExtendedCapabilityID(rawValue: number))
    } else {
      guard let number = UInt8(exactly: number) else { return nil }
      id = .standard(StandardCapabilityID(rawValue: number))
    }
    return ListedCapability(
      id: id, offset: value["offset"]?.integer.flatMap { Int(exactly: $0) },
      version: value["version"]?.integer.flatMap { UInt8(exactly: $0) },
      text: displayText((value["text"]?.text ?? "").utf8))
  }

  private func configuration() throws(HostReader.Failure) -> ConfigurationSpace? {
    guard let text = value["configuration"]?.text else { return nil }
    let digits = text.utf8
    guard digits.count % 2 == 0, digits.count <= 2 * ConfigurationSpace.extendedSize else {
      throw failure("configuration", "an even number of hexadecimal digits, 8192 at most")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    var high: UInt8?
    for digit in digits {
      guard let value = hexadecimalDigit(digit) else {
        throw failure("configuration", "hexadecimal digits")
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return ConfigurationSpace(bytes)
  }

  private func integer(_ name: String) -> Int64? { value[name]?.integer }

  private func hexadecimal(_ name: String) -> UInt64? {
    guard let text = value[name]?.text else { return nil }
    var reader = NumberReader(text.utf8)
    guard let number = reader.longHexadecimal(), reader.isAtEnd else { return nil }
    return number
  }

  private func hexadecimal16(_ name: String) -> UInt16? {
    hexadecimal(name).flatMap { UInt16(exactly: $0) }
  }

  private func failure(_ member: String, _ expected: String) -> HostReader.Failure {
    HostReader.Failure(reason: "functions[\(position)]: \(member) must be \(expected)")
  }
}
