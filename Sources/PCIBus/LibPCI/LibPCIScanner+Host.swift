// SPDX-License-Identifier: Apache-2.0

#if LibPCI
  internal import CLibPCIAccess
  internal import PCI
  internal import PCIHost

  extension LibPCIScanner {
    /// Reads the bus, in a build with libpci.
    func scanned() throws(ScanError) -> Machine {
      let place = try place()
      var session = try LibPCISession.open(method, location: place)
      try session.scan(method, location: place)
      var host = Machine(
        source: Source(kind: .libpci, location: method.name + (place.map { ":" + $0 } ?? "")),
        system: OperatingSystem(family: .unknown))
      while let record = session.next() {
        var function = Function(record)
        if method == .sysfs {
          function.recordAbsence(of: [.driver, .iommuGroup, .slotName, .label, .numaNode])
        }
        // A dump has the whole of it; other methods read no more than they must.
        if method == .dump, let space = session.configuration() { function.configuration = space }
        if method != .sysfs, let space = session.headerSpace(of: function) {
          function.complete(withHeader: space)
        }
        if let message = record.errorMessage {
          host.gaps.append(
            Gap(
              .function(function.address), "function", reason: "libpci: " + message,
              remedy: "scan without libpci"))
        }
        host.functions.append(function)
      }
      host.functions.sort { $0.address < $1.address }
      for warning in Set(session.warnings).sorted() {
        host.gaps.append(Gap(.host, "libpci", reason: "libpci warned: " + warning))
      }
      if session.warningCount > session.warnings.count {
        host.gaps.append(
          Gap(
            .host, "libpci",
            reason: "\(session.warningCount - session.warnings.count) further warnings of libpci "
              + "were not kept"))
      }
      host.deriveUpstream()
      host.deriveMultiFunction()
      host.deriveIOMMU()
      return host
    }

    /// Where to read: for sysfs, the `bus/pci` below any root.
    private func place() throws(ScanError) -> String? {
      guard method == .sysfs, let location else { return location }
      return try SysfsLocation(at: location).bus
    }
  }

  extension LibPCISession {
    /// The header of a function that libpci could not but read.
    fileprivate mutating func headerSpace(of function: Function) -> ConfigurationSpace? {
      function.configuration ?? configuration()
    }
  }

  extension Function {
    /// Takes what libpci says of a function.
    fileprivate init(_ record: libpci_function) {
      // libpci's own bus numbers come from names and registers: any byte is a number.
      let address =
        FunctionAddress(
          domain: record.domain, bus: record.bus, device: record.device,
          function: record.function)
        ?? FunctionAddress(
          domain: record.domain, bus: record.bus,
          deviceFunction: record.device << 3 | record.function & 7)
      func word(_ value: Int32) -> UInt16? { UInt16(exactly: value) }
      self.init(
        address: address,
        identity: Identity(
          vendorID: word(record.vendor) ?? 0xffff, deviceID: word(record.device_id) ?? 0xffff,
          subsystemVendorID: word(record.subsystem_vendor), subsystemID: word(record.subsystem),
          revisionID: UInt8(exactly: record.revision)))
      // libpci gives ffff for a subsystem that a header does not have, and
      // sysfs zero: neither is a vendor's.
      if identity.subsystemVendorID == 0xffff
        || (identity.subsystemVendorID == 0 && identity.subsystemID == 0)
      {
        identity.subsystemVendorID = nil
        identity.subsystemID = nil
      }
      if let base = UInt32(exactly: record.class_code) {
        classCode = ClassCode(rawValue: base << 8 | (UInt32(exactly: record.interface) ?? 0))
      }
      // Only what sysfs has tells that there is none.
      if let name = record.driverName { driver = DriverBinding(name: name) }
      if let number = record.groupName.flatMap({ Int($0) }) { iommuGroup = number }
      if let name = record.slotName { slotName = name }
      if let text = record.labelText { label = text }
      if record.numa_node >= 0 { numaNode = Int(record.numa_node) }
      if record.interrupt > 0 { interrupt = UInt32(exactly: record.interrupt) }
      if record.has_parent != 0,
        let above = FunctionAddress(
          domain: record.parent_domain, bus: record.parent_bus, device: record.parent_device,
          function: record.parent_function)
      {
        upstream = .bridge(above)
      }
      if record.has_windows != 0 { baseAddressRegisters = record.registers }
    }

    /// Takes header type, multi-function bit and bus numbers from configuration space.
    fileprivate mutating func complete(withHeader space: ConfigurationSpace) {
      guard !space.isAllOnes, let type = space.headerType else { return }
      headerType = type
      isMultiFunction = space.isMultiFunction
      if let buses = space.bridgeBuses, buses.isValid(above: address.bus) { bridge = buses }
    }
  }

  extension libpci_function {
    /// The BARs, in index order.
    ///
    /// Addresses have the register's flag bits below. A size of 0 is unknown:
    /// libpci 3.9 also gives it for a BAR of one byte.
    fileprivate var registers: [BaseAddressRegister] {
      let addresses = [
        address.0, address.1, address.2, address.3, address.4, address.5, address.6,
      ]
      let sizes = [size.0, size.1, size.2, size.3, size.4, size.5, size.6]
      let flagWords = [flags.0, flags.1, flags.2, flags.3, flags.4, flags.5, flags.6]
      var registers: [BaseAddressRegister] = []
      for index in 0..<7 {
        let value = addresses[index]
        let size = sizes[index] == 0 ? nil : sizes[index]
        guard value != 0 || size != nil || (has_flags != 0 && flagWords[index] != 0) else {
          continue
        }
        let kind: BaseAddressRegister.Kind
        if index == 6 {
          kind = .expansionROM
        } else if value & 1 != 0 || flagWords[index] & 0x100 != 0 {
          // Linux gives an IDE controller in compatibility mode ports that its
          // registers do not hold: IORESOURCE_IO is then the only sign.
          kind = .io
        } else {
          kind = value & 6 == 4 ? .memory64 : (value & 6 == 2 ? .memoryBelow1MiB : .memory32)
        }
        // With the kernel's flags it is known which of the low bits are flags.
        let mask: UInt64 =
          has_flags != 0
          ? ~(flagWords[index] & 0xf) : (kind == .io ? ~0x3 : (index == 6 ? ~0x7ff : ~0xf))
        registers.append(
          BaseAddressRegister(
            index: UInt8(index), kind: kind, isPrefetchable: kind.isPlainMemory && value & 8 != 0,
            isEnabled: nil, address: value & mask == 0 ? nil : value & mask, size: size))
      }
      return registers
    }
  }

  extension BaseAddressRegister.Kind {
    fileprivate var isPlainMemory: Bool { self != .io && self != .expansionROM }
  }
#endif
