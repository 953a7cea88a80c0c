// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost

/// The address that a text in a test names: Linux's spelling, or bhyve's `1/0/1`.
func at(_ text: String) -> FunctionAddress {
  guard let address = FunctionAddress(text) ?? FunctionAddress(bhyveTriple: text) else {
    preconditionFailure("a test names the address \(text)")
  }
  return address
}

/// Hosts built in code, for rules to be tried on.
///
/// What a test does not set there is none of; base address registers alone are not recorded.
struct SmallHost {
  var host: Machine

  /// Starts an empty machine with an IOMMU that is on.
  init(_ family: OperatingSystem.Family = .linux) {
    host = Machine(
      source: Source(kind: family == .linux ? .sysfs : .pciconf, location: "code"),
      system: OperatingSystem(family: family))
    host.iommu.isEnabled = family == .linux ? true : nil
    host.iommu.isPresent = true
    host.iommu.remapsInterrupts = true
    host.iommu.kind = .intel
    host.isInKernelOrder = true
    host.$dependencies.record()
    host.$childDevices.record()
  }

  /// Adds a function and lets the caller finish it.
  @discardableResult
  mutating func add(
    _ address: String, _ classCode: UInt32 = 0x020000, id: (UInt16, UInt16) = (0x8086, 0x10d3),
    _ finish: (inout Function) -> Void = { _ in }
  ) -> FunctionAddress {
    let address = at(address)
    var function = Function(
      address: address, identity: Identity(vendorID: id.0, deviceID: id.1))
    function.classCode = ClassCode(rawValue: classCode)
    let isBridge = classCode >> 8 == 0x0604
    function.headerType = isBridge ? .bridge : .endpoint
    function.upstream = .rootBus(address.busAddress)
    function.recordAbsence(of: .all.subtracting(.baseAddressRegisters))
    finish(&function)
    host.functions.append(function)
    return address
  }

  /// Adds a bridge with the bus below it.
  @discardableResult
  mutating func addBridge(
    _ address: String, to bus: UInt8, id: (UInt16, UInt16) = (0x1b36, 0x000c),
    _ finish: (inout Function) -> Void = { _ in }
  ) -> FunctionAddress {
    add(address, 0x060400, id: id) {
      $0.bridge = BridgeBuses(primary: $0.address.bus, secondary: bus, subordinate: bus)
      finish(&$0)
    }
  }
}

/// Configuration spaces made of capabilities.
struct SpaceBuilder {
  private var bytes: [UInt8]
  private var last = 0x34
  private var next = 0x40
  private var lastExtended: Int?
  private var nextExtended = 0x100

  /// Starts 4,096 bytes with a header.
  init(header: UInt8 = 0, status: UInt16 = 0) {
    bytes = [UInt8](repeating: 0, count: 4096)
    bytes[0] = 0x86
    bytes[1] = 0x80
    bytes[0x06] = UInt8(status & 0xff)
    bytes[0x0e] = header
  }

  /// Adds a standard capability: id, then the bytes after the next pointer.
  mutating func add(_ id: UInt8, _ body: [UInt8]) {
    bytes[0x06] |= 0x10
    bytes[last] = UInt8(next)
    bytes[next] = id
    bytes.replaceSubrange(next + 2..<next + 2 + body.count, with: body)
    last = next + 1
    next += (2 + body.count + 3) & ~3
  }

  /// Adds an extended capability: id, then the bytes after its header.
  mutating func addExtended(_ id: UInt16, _ body: [UInt8]) {
    let offset = nextExtended
    if let lastExtended {
      bytes[lastExtended + 2] |= UInt8(offset & 0xf) << 4
      bytes[lastExtended + 3] = UInt8(offset >> 4)
    }
    bytes[offset] = UInt8(id & 0xff)
    bytes[offset + 1] = UInt8(id >> 8)
    bytes[offset + 2] = 1
    bytes.replaceSubrange(offset + 4..<offset + 4 + body.count, with: body)
    lastExtended = offset
    nextExtended += (4 + body.count + 3) & ~3
  }

  /// Adds PCI Express with a port type; `flr` sets Function Level Reset, `slot` Slot
  /// Implemented, `hotPlug` Hot-Plug Capable.
  mutating func addExpress(
    _ type: PortType, flr: Bool = false, slot: Bool = false, hotPlug: Bool = false
  ) {
    var body = [UInt8](repeating: 0, count: 58)
    body[0] = 2 | type.rawValue << 4
    body[1] = slot ? 1 : 0
    body[18] = hotPlug ? 0x40 : 0
    body[5] = flr ? 0x10 : 0
    add(0x10, body)
  }

  /// Adds ACS with its two registers.
  mutating func addAccessControl(supported: UInt16, enabled: UInt16) {
    addExtended(
      0x000d,
      [
        UInt8(supported & 0xff), UInt8(supported >> 8), UInt8(enabled & 0xff),
        UInt8(enabled >> 8),
      ])
  }

  /// The space, cut after `count` bytes.
  func space(_ count: Int = 4096) -> ConfigurationSpace {
    ConfigurationSpace(Array(bytes[..<count]))
  }
}
