// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension RuleContext {
  /// What the function's capabilities say.
  var capabilities: CapabilityFacts { tables.capabilities[index] }

  /// The function's base address registers, as far as they are recorded.
  ///
  /// `bar.alignment` tells where they are not, and a verdict for bhyve rests on it.
  var registers: [BaseAddressRegister] {
    function.baseAddressRegisters.value(ifNotRecorded: nil) ?? []
  }

  /// What drivers made of the function.
  var children: [ChildDevice] {
    guard let children = tables.survey.children[index] else { return [] }
    return children.map { host.childDevices[$0] }
  }

  /// The names of what drivers made of the function, sorted.
  var childNames: [String] { children.map { $0.name }.sorted() }

  /// An address as the consumer's system spells it.
  func spelling(_ address: FunctionAddress) -> String {
    switch consumer {
    case .vfio: address.description
    case .bhyve: address.freeBSDSelector
    }
  }

  /// Whether the consumer's driver holds the function.
  var isHandedOver: Bool { tables.isHandedOver(index) }

  /// Whether the consumer's driver holds all that must go along.
  var isGroupHandedOver: Bool {
    guard consumer == .vfio, let group = tables.groupSurvey(of: index) else { return true }
    return group.endpoints.allSatisfy { tables.isHandedOver($0) }
  }

  /// The nodes of the function that programs have open, as far as was seen.
  var openNodes: [OpenNode] { openNodes(of: index) }

  /// The nodes of a function that programs have open, as far as was seen.
  func openNodes(of index: Int) -> [OpenNode] {
    guard let places = tables.survey.use.openNodes[index], let nodes = host.linux?.openNodes
    else { return [] }
    return places.map { nodes[$0] }
  }

  /// The memory that the firmware's table DMAR wants for the function.
  var reservedMemory: RemappingFacts.ReservedMemory? {
    tables.survey.scopes.reserved[index].flatMap { host.remapping?.reservedMemory[$0] }
  }

  /// A sysctl that is a number; `nil` where it was not recorded.
  func sysctl(_ name: String) -> Int? {
    tables.survey.sysctls.isEmpty ? nil : tables.survey.sysctls[name]
  }

  /// `kern.securelevel` where it is above 0, and keeps from root too what only root may read.
  var raisedSecurelevel: Int? { sysctl("kern.securelevel").flatMap { $0 > 0 ? $0 : nil } }

  /// Why no capabilities are known, as the end of a sentence.
  var unreadCapabilities: String {
    "its capabilities are not recorded"
      + (raisedSecurelevel.map { ", since kern.securelevel is \($0)" } ?? "")
  }

  /// How to read what needs root: the way given, where root may.
  func readingAsRoot(_ way: String) -> String {
    raisedSecurelevel == nil
      ? way
      : "root cannot read it either: take kern_securelevel_enable out of /etc/rc.conf and reboot"
  }

  /// Whether handing a function over switches the decoding of its BARs on: FreeBSD 13.1 and
  /// later (sys/amd64/vmm/io/ppt.c, `ppt_assign_device`; review D33628).
  var switchesDecodingOn: Bool { freeBSDRelease.map { $0 >= FreeBSDRelease(13, 1) } ?? false }

  /// FreeBSD's release, where it is known.
  var freeBSDRelease: FreeBSDRelease? { tables.survey.freeBSDRelease }

  /// The group that Linux would put the function in; `nil` where none is predicted.
  var predictedGroup: IsolationGroup? {
    guard let isolation = tables.isolation, let place = isolation.groupOf[index] else {
      return nil
    }
    return isolation.groups[place]
  }

  /// Whether two functions are in one group, reported or, without any, predicted for certain.
  func shareGroup(_ first: Int, _ second: Int) -> Bool {
    if let place = tables.groups.place(of: first) {
      return place == tables.groups.place(of: second)
    }
    guard tables.groups.isEmpty, let isolation = tables.isolation,
      let place = isolation.groupOf[first], !isolation.groups[place].isInferred
    else { return false }
    return place == isolation.groupOf[second]
  }

  /// A member of the function's reported group whose virtual functions are on.
  func virtualizedMember(besides index: Int) -> FunctionAddress? {
    tables.groups.members(with: index).first { member in
      member != index
        && (host.functions[member].virtualFunctions
          ?? tables.capabilities[member].virtualFunctions)?.enabled ?? 0 > 0
    }.map { host.functions[$0].address }
  }

  /// The other members of the predicted group that are no bridges, a limited number
  /// of them, and how many there are.
  func neighbours(limit: Int) -> (shown: [FunctionAddress], count: Int) {
    tables.predictedNeighbours(of: index, limit: limit)
  }

  /// The counts of virtual functions, from the kernel or from the capability.
  var virtualFunctions: VirtualFunctionState? {
    function.virtualFunctions.value(ifNotRecorded: nil) ?? capabilities.virtualFunctions
  }

  /// Whether the function can be split into virtual ones, as far as is known.
  var hasVirtualization: Bool {
    (function.virtualFunctions.value(ifNotRecorded: nil)?.total ?? 0) > 0
      || capabilities.hasVirtualization == true
  }

  /// The other functions on its bus, by address.
  var functionsOnBus: [FunctionAddress] {
    tables.index.addresses.bus(function.address.busAddress).filter { $0 != index }
      .map { host.functions[$0].address }
  }
}

/// Addresses with commas between them as a consumer's system spells them, cut after eight.
///
/// Written into one buffer: a device of eight functions is told of seven others,
/// each of the eight times. `total` counts those too that are not in the list.
func listed(
  _ addresses: [FunctionAddress], of total: Int? = nil, for consumer: Consumer
) -> String {
  var text: [UInt8] = []
  text.reserveCapacity(16 * min(addresses.count, 8) + 24)
  for address in addresses.prefix(8) {
    if !text.isEmpty {
      text.append(UInt8(ascii: ","))
      text.append(UInt8(ascii: " "))
    }
    switch consumer {
    case .vfio: address.write(into: &text)
    case .bhyve: address.writeFreeBSDSelector(into: &text)
    }
  }
  let list = String(decoding: text, as: UTF8.self)
  let total = total ?? addresses.count
  return total > 8 ? list + " and \(total - 8) more" : list
}

/// Words with commas between them, cut after eight.
func listed(_ words: [String]) -> String {
  guard words.count > 8 else { return words.joined(separator: ", ") }
  return words.prefix(8).joined(separator: ", ") + " and \(words.count - 8) more"
}

/// Lower-case hexadecimal digits without a prefix.
func hexadecimal(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
  String(value, radix: 16)
}
