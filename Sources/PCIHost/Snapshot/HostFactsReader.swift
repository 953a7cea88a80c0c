// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Reads the members of a snapshot that concern the machine as a whole.
struct HostFactsReader {
  private let document: JSONValue

  init(_ document: JSONValue) { self.document = document }

  func read(into host: inout Host) {
    host.childDevices = (document["childDevices"]?.elements ?? []).compactMap(childDevice)
    host.dependencies = (document["dependencies"]?.elements ?? []).compactMap(dependency)
    host.remapping = document["remapping"].flatMap(remapping)
    if let linux = document["linux"], linux != .null { host.linux = self.linux(linux) }
    if let freeBSD = document["freeBSD"], freeBSD != .null {
      host.freeBSD = FreeBSDFacts(
        releaseDate: freeBSD["releaseDate"]?.integer.flatMap { Int(exactly: $0) },
        sysctls: namedValues(freeBSD["sysctls"]),
        kernelEnvironment: namedValues(freeBSD["kernelEnvironment"]))
    }
    host.gaps = (document["gaps"]?.elements ?? []).compactMap(gap)
  }

  private func childDevice(_ value: JSONValue) -> ChildDevice? {
    guard let kind = value["kind"]?.text.flatMap({ ChildDevice.Kind(rawValue: $0) }),
      let name = value["name"]?.text, let function = address(value["function"])
    else { return nil }
    return ChildDevice(kind: kind, name: displayText(name.utf8), function: function)
  }

  private func dependency(_ value: JSONValue) -> HostDependency? {
    guard let kind = value["kind"]?.text.flatMap({ HostDependency.Kind(rawValue: $0) }),
      let subject = value["subject"]?.text, let function = address(value["function"])
    else { return nil }
    return HostDependency(
      kind: kind, subject: displayText(subject.utf8), chain: strings(value["chain"]) ?? [],
      function: function)
  }

  private func linux(_ value: JSONValue) -> LinuxFacts {
    var linux = LinuxFacts()
    linux.commandLine = value["commandLine"]?.text.map { displayText($0.utf8) }
    linux.acpiTables = strings(value["acpiTables"])
    linux.modules = strings(value["modules"])
    linux.passthroughModules = strings(value["passthroughModules"])
    linux.deviceOrder = value["deviceOrder"]?.elements?.compactMap {
      $0.integer.flatMap { UInt16(exactly: $0) }
    }
    linux.reservedRegions = (value["reservedRegions"]?.elements ?? []).compactMap(region)
    readMachine(value, into: &linux)
    return linux
  }

  private func readMachine(_ value: JSONValue, into linux: inout LinuxFacts) {
    linux.lockdown = value["lockdown"]?.text.map { displayText($0.utf8) }
    linux.hasVirtualization = value["hasVirtualization"]?.flag
    linux.lockedMemoryLimit = number(value["lockedMemoryLimit"])
    linux.seesAllPrograms = value["seesAllPrograms"]?.flag
    linux.connectors = value["connectors"]?.elements?.compactMap { value in
      guard let name = value["name"]?.text, let function = address(value["function"]) else {
        return nil
      }
      return DisplayConnector(
        name: displayText(name.utf8), function: function,
        isConnected: value["isConnected"]?.flag, isEnabled: value["isEnabled"]?.flag)
    }
    linux.passthroughNodes = value["passthroughNodes"]?.elements?.compactMap { value in
      guard let group = value["group"]?.integer.flatMap({ Int(exactly: $0) }),
        let owner = value["owner"]?.integer.flatMap({ UInt32(exactly: $0) }),
        let permissions = value["permissions"]?.integer.flatMap({ UInt16(exactly: $0) })
      else { return nil }
      return PassthroughNode(group: group, owner: owner, permissions: permissions)
    }
    linux.openNodes = value["openNodes"]?.elements?.compactMap { value in
      guard let function = address(value["function"]), let path = value["path"]?.text,
        let process = value["process"]?.text,
        let processID = value["processID"]?.integer.flatMap({ Int(exactly: $0) })
      else { return nil }
      return OpenNode(
        function: function, path: displayText(path.utf8), process: displayText(process.utf8),
        processID: processID)
    }
  }

  private func remapping(_ value: JSONValue) -> RemappingFacts? {
    guard let units = value["units"]?.elements else { return nil }
    func domain(_ value: JSONValue) -> UInt32 {
      value["domain"]?.integer.flatMap { UInt32(exactly: $0) } ?? 0
    }
    return RemappingFacts(
      units: units.map {
        RemappingFacts.Unit(
          domain: domain($0), servesRest: $0["servesRest"]?.flag ?? false, scopes: scopes($0))
      },
      leadingUnits: value["leadingUnits"]?.integer.flatMap { Int(exactly: $0) } ?? 0,
      reservedMemory: (value["reservedMemory"]?.elements ?? []).compactMap { value in
        guard let start = number(value["start"]), let end = number(value["end"]) else {
          return nil
        }
        return RemappingFacts.ReservedMemory(
          domain: domain(value), start: start, end: end, scopes: scopes(value))
      })
  }

  private func scopes(_ value: JSONValue) -> [DeviceScope] {
    func byte(_ value: JSONValue?) -> UInt8? {
      value?.integer.flatMap { UInt8(exactly: $0) }
    }
    return (value["scopes"]?.elements ?? []).compactMap { value in
      guard let kind = byte(value["kind"]), let bus = byte(value["bus"]) else { return nil }
      return DeviceScope(
        kind: kind, bus: bus, path: (value["path"]?.elements ?? []).compactMap { byte($0) })
    }
  }

  private func region(_ value: JSONValue) -> ReservedRegion? {
    guard let group = value["group"]?.integer.flatMap({ Int(exactly: $0) }),
      let start = number(value["start"]), let end = number(value["end"]),
      let type = value["type"]?.text
    else { return nil }
    return ReservedRegion(group: group, start: start, end: end, type: displayText(type.utf8))
  }

  private func gap(_ value: JSONValue) -> Gap? {
    guard let fact = value["fact"]?.text, let reason = value["reason"]?.text else { return nil }
    var subject = Gap.Subject.host
    if let address = address(value["address"]) { subject = .function(address) }
    if let line = value["line"]?.integer.flatMap({ Int(exactly: $0) }) { subject = .line(line) }
    return Gap(
      subject, displayText(fact.utf8), reason: displayText(reason.utf8),
      remedy: value["remedy"]?.text.map { displayText($0.utf8) })
  }

  private func namedValues(_ value: JSONValue?) -> [NamedValue] {
    (value?.elements ?? []).compactMap { element in
      guard let name = element["name"]?.text, let text = element["value"]?.text else {
        return nil
      }
      return NamedValue(name: displayText(name.utf8), value: displayText(text.utf8))
    }
  }

  private func strings(_ value: JSONValue?) -> [String]? {
    value?.elements?.compactMap { $0.text.map { displayText($0.utf8) } }
  }

  private func address(_ value: JSONValue?) -> FunctionAddress? {
    value?.text.flatMap { FunctionAddress($0) }
  }

  private func number(_ value: JSONValue?) -> UInt64? {
    guard let text = value?.text else { return nil }
    var reader = NumberReader(text.utf8)
    guard let number = reader.longHexadecimal(), reader.isAtEnd else { return nil }
    return number
  }
}
