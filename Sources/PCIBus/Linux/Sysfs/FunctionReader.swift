// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Reads functions from their sysfs directories, one after the other.
///
/// One reader serves one thread: it keeps the page that attributes are read
/// into, the drivers met, and the gaps.
struct FunctionReader: ~Copyable {
  let facts: FunctionFacts
  /// Whether no `reset_method` means that there is no way to reset a function.
  let listsResetMethods: Bool
  /// What could not be read so far.
  private(set) var gaps: [Gap] = []
  /// The functions that lack an attribute which every kernel or a newer one has.
  private(set) var absences = Absences()
  private var buffer = ReadBuffer()
  /// The bus that the functions are on now, the directory they are in, and what is
  /// right above them; no directory where each is looked up by its own link.
  private var bus: BusAddress?
  private var siblings = Directory.none
  private var upstream = Upstream.unknown
  private var drivers = DriverNames()
  /// Whether the windows of the function's virtual ones have no address.
  var lacksVirtualWindows = false
  /// Whether the function that was asked last says how many virtual ones it can have.
  var hasTotal = false

  /// Makes a reader for the facts given.
  init(facts: FunctionFacts, listsResetMethods: Bool = false) {
    self.facts = facts
    self.listsResetMethods = listsResetMethods
  }

  /// Reads one function; `nil`, with a gap, where it is gone.
  mutating func read(
    _ address: FunctionAddress, of names: borrowing NameList, _ index: Int,
    in devices: borrowing Directory
  ) -> Function? {
    if bus != address.busAddress { enterBus(of: address, names, index, devices) }
    if siblings.isOpen {
      let folder = siblings.attributes(copy names, index)
      if folder.read("uevent", into: &buffer) == .read {
        return read(address, folder, hasEvent: true)
      }
    }
    // A recording may hold copies in place of links, or no `uevent`; and a function
    // may be gone. What is known of the bus holds for what is linked as its first is.
    bus = nil
    do throws(ErrorNumber) {
      siblings = try devices.directory(names, index)
    } catch {
      gaps.append(
        Gap(
          .function(address), "function",
          reason: error.meansVanished
            ? "it was listed, and its directory is gone" : "its directory: " + error.reason,
          remedy: error.meansVanished
            ? "scan again; a recording must hold /sys/devices too, or copies in place of links"
            : "read it as root"))
      return nil
    }
    let hasLink = devices.readLink(names, index, into: &buffer) == .read
    upstream = hasLink ? Self.upstream(buffer) : .unknown
    let hasEvent = siblings.read("uevent", into: &buffer) == .read
    let function = read(address, siblings.attributes, hasEvent: hasEvent)
    siblings = .none
    return function
  }

  /// Opens the directory in which the functions of one bus are.
  ///
  /// The kernel makes the device of every function of a bus below the bus's bridge
  /// (drivers/pci/probe.c, `pci_setup_device`): where one is, all are, and one
  /// thing is right above them.
  private mutating func enterBus(
    of address: FunctionAddress, _ names: borrowing NameList, _ index: Int,
    _ devices: borrowing Directory
  ) {
    bus = address.busAddress
    siblings = .none
    upstream = .unknown
    guard devices.readLink(names, index, into: &buffer) == .read,
      let above = Self.pathAbove(address, buffer)
    else { return }
    upstream = Self.upstream(buffer)
    siblings = (try? devices.directory(terminatedPath: above)) ?? .none
  }

  /// What is above a function by where its link leads, which is in the buffer.
  private static func upstream(_ buffer: borrowing ReadBuffer) -> Upstream {
    Upstream(devicePath: buffer.storage.span.extracting(first: buffer.count))
  }

  /// The path of the directory that a function's is in, with a zero behind it.
  private static func pathAbove(
    _ address: FunctionAddress, _ buffer: borrowing ReadBuffer
  ) -> [UInt8]? {
    let path = buffer.storage.span.extracting(first: buffer.count)
    let own = path.lastComponent(before: path.count)
    guard own.lowerBound > 1, path.functionAddress(in: own) == address else { return nil }
    return buffer.storage[..<(own.lowerBound - 1)] + [0]
  }

  /// Reads the attributes of a function whose `uevent`, if it has one, is in the buffer.
  private mutating func read(
    _ address: FunctionAddress, _ folder: AttributeFolder, hasEvent: Bool
  ) -> Function {
    var function = readIdentity(address, folder, hasEvent: hasEvent)
    if facts.contains(.topology) {
      function.upstream = upstream
      if upstream == .unknown { absences.note(.devicePath, address) }
    }
    lacksVirtualWindows = false
    if facts.contains(.baseAddressRegisters) { readResources(&function, folder) }
    if facts.contains(.iommuGroup), let group = number(atEndOf: "iommu_group", folder) {
      function.iommuGroup = group
    }
    if facts.contains(.revision) { readRevision(&function, folder) }
    if facts.contains(.interrupt), let irq = decimal("irq", folder) {
      // Unsigned: 0x80000000 occurs, as 2147483648 (drivers/pci/pci-sysfs.c, `irq_show`).
      function.interrupt = irq == 0 ? nil : UInt32(exactly: irq)
    }
    if facts.contains(.numaNode) { function.numaNode = decimal("numa_node", folder) }
    if function.headerType == .endpoint { function.recordAbsence(of: .bridge) }
    readDetails(&function, folder)
    return function
  }

  // MARK: - Identity

  private mutating func readIdentity(
    _ address: FunctionAddress, _ folder: AttributeFolder, hasEvent: Bool
  ) -> Function {
    var fields = UeventFields()
    if hasEvent {
      fields = UeventFields(buffer.storage.span.extracting(first: buffer.count))
    }
    var driver: DriverBinding?
    if let range = fields.driver {
      driver = drivers.binding(buffer, range)
    }
    if fields.vendorID == nil || fields.deviceID == nil || fields.classCode == nil {
      // Recordings may lack `uevent`: ghw's snapshots keep `modalias` and the links.
      readSeparateIdentity(&fields, folder)
      if driver == nil { driver = linkedDriver(folder) }
    }
    if fields.vendorID == nil || fields.deviceID == nil {
      gaps.append(
        Gap(
          .function(address), "identity",
          reason: "no uevent, modalias or vendor attribute says who made it; "
            + "ffff:ffff stands for its ids",
          remedy: "record the whole of its sysfs directory"))
    }
    if fields.classCode == nil {
      gaps.append(
        Gap(
          .function(address), "classCode", reason: "no uevent, modalias or class attribute",
          remedy: "record the whole of its sysfs directory"))
    }
    var function = Function(
      address: address,
      identity: Identity(
        vendorID: fields.vendorID ?? 0xffff, deviceID: fields.deviceID ?? 0xffff,
        subsystemVendorID: fields.subsystemVendorID, subsystemID: fields.subsystemID))
    function.classCode = fields.classCode
    function.headerType = fields.classCode.map(Self.headerType)
    function.driver = driver
    // A header without the pair reads as zeros, and no vendor has id 0.
    if fields.subsystemVendorID == 0, fields.subsystemID == 0 {
      function.identity.subsystemVendorID = nil
      function.identity.subsystemID = nil
    }
    return function
  }

  /// The header type that a class implies.
  ///
  /// sysfs does not tell the header type without a read of configuration
  /// space. Linux gives class 0604 to no function with a type 0 header, and
  /// takes a type 2 header only with class 0607 (drivers/pci/probe.c,
  /// `pci_setup_device`).
  private static func headerType(_ classCode: ClassCode) -> HeaderType {
    switch classCode.baseAndSubClass {
    case 0x0604: .bridge
    case 0x0607: .cardBus
    default: .endpoint
    }
  }

  private mutating func readSeparateIdentity(
    _ fields: inout UeventFields, _ folder: AttributeFolder
  ) {
    if folder.read("modalias", into: &buffer) == .read,
      let alias = UeventFields(modalias: buffer.storage.span.extracting(first: buffer.count))
    {
      fields = alias
      return
    }
    if let value = hexadecimal("vendor", folder) { fields.vendorID = UInt16(exactly: value) }
    if let value = hexadecimal("device", folder) { fields.deviceID = UInt16(exactly: value) }
    if let value = hexadecimal("class", folder), value <= 0xff_ffff {
      fields.classCode = ClassCode(rawValue: UInt32(truncatingIfNeeded: value))
    }
    fields.subsystemVendorID = hexadecimal("subsystem_vendor", folder)
      .flatMap { UInt16(exactly: $0) }
    fields.subsystemID = hexadecimal("subsystem_device", folder)
      .flatMap { UInt16(exactly: $0) }
  }

  private mutating func linkedDriver(_ folder: AttributeFolder) -> DriverBinding? {
    guard folder.readLink("driver", into: &buffer) == .read else { return nil }
    let name = buffer.storage.span.lastComponent(before: buffer.count)
    return name.isEmpty ? nil : drivers.binding(buffer, name)
  }

  // MARK: - Inventory

  private mutating func readResources(
    _ function: inout Function, _ folder: AttributeFolder
  ) {
    switch folder.read("resource", into: &buffer) {
    case .read: break
    case .absent:
      absences.note(.resource, function.address)
      return
    case .failed(let error):
      note(error, "baseAddressRegisters", "resource", function.address)
      return
    }
    let lines = ResourceLines(buffer.storage.span.extracting(first: buffer.count))
    function.baseAddressRegisters = lines.registers
    lacksVirtualWindows = lines.lacksVirtualWindows
    if lines.hasBridgeWindows == true, function.headerType == .endpoint {
      function.headerType = .bridge
    }
    if lines.isMalformed || lines.hasBridgeWindows == nil {
      gaps.append(
        Gap(
          .function(function.address), "baseAddressRegisters",
          reason: "resource has \(lines.lineCount) lines, not all as the kernel writes them"))
    }
  }

  private mutating func readRevision(
    _ function: inout Function, _ folder: AttributeFolder
  ) {
    switch folder.read("revision", into: &buffer) {
    case .read:
      var position = 0
      function.identity.revisionID = buffer.storage.span.extracting(first: buffer.count)
        .prefixedHexadecimal(&position).flatMap { UInt8(exactly: $0) }
    case .absent: absences.note(.revision, function.address)
    case .failed(let error): note(error, "revisionID", "revision", function.address)
    }
  }

  // MARK: - Attributes of one value

  private mutating func note(
    _ error: ErrorNumber, _ fact: String, _ attribute: String, _ address: FunctionAddress
  ) {
    gaps.append(Gap(.function(address), fact, reason: attribute + ": " + error.reason))
  }

  /// A decimal number; `nil` where it is absent or negative.
  mutating func decimal(_ name: StaticString, _ folder: AttributeFolder) -> Int? {
    guard folder.read(name, into: &buffer) == .read else { return nil }
    var position = 0
    return buffer.storage.span.extracting(first: buffer.count).decimal(&position)
  }

  private mutating func hexadecimal(
    _ name: StaticString, _ folder: AttributeFolder
  ) -> UInt64? {
    guard folder.read(name, into: &buffer) == .read else { return nil }
    var position = 0
    return buffer.storage.span.extracting(first: buffer.count).prefixedHexadecimal(&position)
  }

  /// The number that is the last component of where a link leads.
  private mutating func number(
    atEndOf name: StaticString, _ folder: AttributeFolder
  ) -> Int? {
    guard folder.readLink(name, into: &buffer) == .read else { return nil }
    let bytes = buffer.storage.span.extracting(first: buffer.count)
    let component = bytes.lastComponent(before: bytes.count)
    var position = component.lowerBound
    let number = bytes.decimal(&position)
    return position == component.upperBound ? number : nil
  }

  /// The function that is the last component of where a link leads.
  mutating func function(
    atEndOf name: StaticString, _ folder: AttributeFolder
  ) -> FunctionAddress? {
    guard folder.readLink(name, into: &buffer) == .read else { return nil }
    let bytes = buffer.storage.span.extracting(first: buffer.count)
    return bytes.functionAddress(in: bytes.lastComponent(before: bytes.count))
  }

  /// One line of text, without the end of the line; `nil` where absent or empty.
  mutating func line(_ name: StaticString, _ folder: AttributeFolder) -> String? {
    guard folder.read(name, into: &buffer) == .read else { return nil }
    let text = displayText(buffer.storage[..<buffer.count].prefix { $0 != 0x0a && $0 != 0 })
    return text.isEmpty ? nil : text
  }

  /// Notes that a function lacks an attribute.
  mutating func noteAbsence(_ attribute: Absences.Attribute, _ address: FunctionAddress) {
    absences.note(attribute, address)
  }
}
