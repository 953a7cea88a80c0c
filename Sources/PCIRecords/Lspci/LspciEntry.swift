// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What was read of one function of lspci's text so far.
struct LspciEntry {
  private let header: LspciHeader
  /// The line of its header.
  let line: Int
  private var dump: [UInt8] = []
  /// Whether the dump had a mistake, after which its lines are not read.
  private(set) var isDumpBroken = false
  /// The blanks before the function's own lines; capabilities' have more.
  private var columns: Int?
  private var regions: [LspciRegion] = []
  private var facts: Function
  private var hasDecodedHeader = false
  private var hasUnknownHeader = false
  private var capabilities: [ListedCapability] = []
  private var hasCapabilityList: Bool?
  /// Whether a capability was not read, so that the list is not whole.
  private var isListDenied = false

  init(_ header: LspciHeader, line: Int) {
    self.header = header
    self.line = line
    facts = Function(
      address: header.address,
      identity: header.identity
        ?? Identity(vendorID: 0xffff, deviceID: 0xffff, revisionID: header.revision))
    if header.identity == nil {
      facts.forget(.identity)
      facts.printedName = header.name
    }
  }

  var address: FunctionAddress { header.address }

  /// Whether neither dump nor text tells the programming interface.
  ///
  /// With -v an interface of 0 without a name is left out; without -v every one is.
  var lacksInterface: Bool {
    dump.count < 12 && header.programmingInterface == nil && !hasDecodedHeader
  }

  /// Whether a line with this number of blanks before it is about the function itself.
  mutating func isOwnDetail(_ columns: Int) -> Bool {
    if let own = self.columns { return columns == own }
    self.columns = columns
    return true
  }

  /// Takes over what a line of text says.
  mutating func apply(_ detail: LspciDetail) {
    switch detail {
    case .region(let region):
      // Where a web page took the blanks, SR-IOV's regions look like the function's.
      guard capabilities.isEmpty else { return }
      // Six registers and the ROM.
      if regions.count < 7 { regions.append(region) }
    case .driver(let name): facts.driver = name.isEmpty ? nil : DriverBinding(name: name)
    case .group(let number): facts.iommuGroup = number
    case .node(let number): facts.numaNode = number
    case .interrupt(let number): facts.interrupt = number
    case .slot(let name): facts.slotName = name.isEmpty ? nil : name
    case .label(let text): facts.label = text.isEmpty ? nil : text
    case .subsystem(let vendor, let device):
      facts.identity.subsystemVendorID = vendor
      facts.identity.subsystemID = device
    case .buses(let buses): facts.bridge = buses
    case .decodedHeader(let flags):
      hasDecodedHeader = true
      if let number = flags.interrupt, facts.interrupt == nil { facts.interrupt = number }
      if let node = flags.node, facts.numaNode == nil { facts.numaNode = node }
      if let group = flags.group, facts.iommuGroup == nil { facts.iommuGroup = group }
    case .unknownHeader: hasUnknownHeader = true
    case .capability(let capability):
      guard capabilities.count < RecordLimits.capabilities else {
        isListDenied = true
        return
      }
      capabilities.append(capability)
    case .capabilityList(let isThere): hasCapabilityList = isThere
    case .deniedCapabilities: isListDenied = true
    case .linux: break
    }
  }

  /// Notes that the text breaks off in the middle, so that the list may not be whole.
  mutating func breakList() { isListDenied = true }

  /// Adds a deeper line to the capability above it.
  mutating func extendCapability(_ cursor: TextCursor) {
    guard let last = capabilities.indices.last,
      capabilities[last].text.utf8.count < TextLines.maximumLength
    else { return }
    capabilities[last].text += " " + cursor.plainText
  }

  /// Takes over the bytes of a line, or says why it cannot.
  mutating func append(_ cursor: inout TextCursor, at offset: UInt64) -> String? {
    guard offset == UInt64(dump.count) else {
      isDumpBroken = true
      return offset < UInt64(dump.count)
        ? "the line repeats bytes" : "bytes before the line are missing"
    }
    while true {
      while cursor.position < cursor.end, cursor.bytes[cursor.position] == 0x20 {
        cursor.position += 1
      }
      if cursor.isAtEnd { return nil }
      guard let byte = cursor.twoDigits(), cursor.isAtEnd || cursor.next == 0x20 else {
        isDumpBroken = true
        return "the line has something other than bytes"
      }
      guard dump.count < ConfigurationSpace.extendedSize else {
        isDumpBroken = true
        return "a configuration space has no more than 4096 bytes"
      }
      dump.append(byte)
    }
  }

  /// The function, or `nil` where neither text nor dump has its ids.
  consuming func function(_ gaps: inout [Gap]) -> Function? {
    let space = ConfigurationSpace(dump)
    var function = facts
    guard let identity = space.identity else {
      guard header.identity != nil || header.name != nil else { return nil }
      if !dump.isEmpty { function.configuration = space }
      describeFromText(&function, &gaps)
      return function
    }
    function.identity = identity
    function.recordAbsence(of: .identity)
    function.printedName = nil
    // A virtual function reads ffff:ffff; lspci's header has the kernel's ids.
    if identity.vendorID == 0xffff, let printed = header.identity {
      function.identity.vendorID = printed.vendorID
      function.identity.deviceID = printed.deviceID
    }
    if function.identity.subsystemVendorID == nil {
      function.identity.subsystemVendorID = facts.identity.subsystemVendorID
      function.identity.subsystemID = facts.identity.subsystemID
    }
    function.configuration = space
    // What is gone reads all ones, and nothing in it means anything.
    guard !space.isAllOnes else {
      gaps.append(
        Gap(
          .function(address), "configuration",
          reason: "every byte of the dump is ff: the function did not answer",
          remedy: "record again when it is powered and not disconnected"))
      describeFromText(&function, &gaps)
      return function
    }
    function.classCode = space.classCode
    function.headerType = space.headerType
    function.isMultiFunction = space.isMultiFunction
    function.bridge = space.bridgeBuses ?? facts.bridge
    function.baseAddressRegisters = space.baseAddressRegisters
    addRegions(&function, &gaps)
    for defect in space.capabilityList.defects where !defect.isMereShortage {
      gaps.append(Gap(.function(address), "capabilities", reason: defect.reason))
    }
    return function
  }

  /// Fills in what the registers would say from the words of the text.
  private func describeFromText(_ function: inout Function, _ gaps: inout [Gap]) {
    if let number = header.classNumber {
      let interface = header.programmingInterface ?? 0
      function.classCode = ClassCode(rawValue: UInt32(number) << 8 | UInt32(interface))
    } else {
      gaps.append(
        Gap(
          .function(address), "classCode", reason: "line \(line) has no number for the class",
          remedy: "record with lspci -nnvvvxxxx"))
    }
    if function.bridge != nil {
      function.headerType = function.classCode?.baseAndSubClass == 0x0607 ? .cardBus : .bridge
    } else if hasDecodedHeader, !hasUnknownHeader {
      // -v prints bus numbers for every header but an endpoint's.
      function.headerType = .endpoint
    }
    if function.configuration == nil, !isListDenied {
      // No line is no list only where the status register says so.
      if !capabilities.isEmpty {
        function.listedCapabilities = capabilities
      } else if hasCapabilityList == false {
        function.listedCapabilities = []
      }
    }
    addRegions(&function, &gaps)
  }

  /// Adds the sizes, and BARs that no register shows, as a virtual function's.
  private func addRegions(_ function: inout Function, _ gaps: inout [Gap]) {
    for region in regions {
      let position = function.baseAddressRegisters.firstIndex { register in
        if let index = region.index { return register.index == index }
        return register.address == region.address && (register.kind == .io) == (region.kind == .io)
      }
      if let position {
        function.baseAddressRegisters[position].size = region.size
        // The kernel's address is the processor's; the register's is the bus's.
        if let address = region.address {
          function.baseAddressRegisters[position].address = address
        }
      } else if let index = region.index {
        function.baseAddressRegisters.append(
          BaseAddressRegister(
            index: index, kind: region.kind, isPrefetchable: region.isPrefetchable,
            isEnabled: region.isEnabled, address: region.address, size: region.size))
      } else {
        gaps.append(
          Gap(
            .function(address), "bar",
            reason: "a window is printed without its number, as -v does",
            remedy: "record with lspci -nnvvvxxxx"))
      }
    }
    function.baseAddressRegisters.sort { $0.index < $1.index }
  }
}

extension CapabilityList.Defect {
  /// Whether the list is whole as far as the bytes go: the host says that once.
  fileprivate var isMereShortage: Bool {
    if case .truncated = self { true } else { false }
  }
}
