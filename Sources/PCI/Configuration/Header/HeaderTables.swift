// SPDX-License-Identifier: Apache-2.0

/// The registers that headers have, with offsets from the start of the space.
///
/// PCI Local Bus 3.0, section 6.2; PCI Express Base 6.0, section 7.5.1.
enum HeaderTables {
  enum TypeRegister: RegisterFields {
    static let itself = Register(0x0e, 1, "")
    static let headerType = number(0...6, "headerType")
    static let multiFunction = flag(7, "multiFunction")
    static let fields = [headerType, multiFunction]
  }

  enum SelfTest: RegisterFields {
    static let itself = Register(0x0f, 1, "bist")
    static let completionCode = number(0...3, "completionCode")
    static let start = flag(6, "start")
    static let capable = flag(7, "capable")
    static let fields = [completionCode, start, capable]
  }

  /// Bits 31:8 of the register that starts with the revision.
  enum ClassCodeRegister: RegisterFields {
    static let itself = Register(0x08, 4, "classCode")
    static let base = hexadecimal(24...31, "base", digits: 2)
    static let sub = hexadecimal(16...23, "sub", digits: 2)
    static let interface = hexadecimal(8...15, "interface", digits: 2)
    static let fields = [base, sub, interface]
  }

  /// What all headers start with.
  private static let common: [[RegisterField]] = [
    [Register(0x00, 2, "vendorID").hexadecimal(), Register(0x02, 2, "deviceID").hexadecimal()],
    CommandRegister.fields,
    StatusRegister.fields,
    [
      Register(0x08, 1, "revisionID").hexadecimal(),
      Register(0x0c, 1, "cacheLineSize").number(shift: 2, unit: "bytes"),
      Register(0x0d, 1, "latencyTimer").number(unit: "clocks"),
    ],
    TypeRegister.fields, SelfTest.fields,
  ]

  /// The header of a type without a layout: its first 16 bytes.
  static let unknown = RegisterLayout(registers: common + [ClassCodeRegister.fields])

  /// A type 0 header.
  static let endpoint = layout([
    baseAddressRegisters(6),
    [
      Register(0x28, 4, "cardBusCISPointer").hexadecimal(),
      Register(0x2c, 2, "subsystemVendorID").hexadecimal(),
      Register(0x2e, 2, "subsystemID").hexadecimal(),
    ],
    expansionROM(0x30),
    [Register(0x34, 1, "capabilitiesPointer").hexadecimal()],
    interrupt,
    [Register(0x3e, 1, "minGrant").number(), Register(0x3f, 1, "maxLatency").number()],
  ])

  /// A type 1 header, of a PCI-to-PCI bridge.
  static let bridge = layout([
    baseAddressRegisters(2),
    buses,
    ioWindow(Register(0x1c, 1, "ioBase")),
    ioWindow(Register(0x1d, 1, "ioLimit")),
    StatusRegister.secondaryFields(of: Register(0x1e, 2, "secondaryStatus")),
    [
      Register(0x20, 2, "memoryBase").hexadecimal(),
      Register(0x22, 2, "memoryLimit").hexadecimal(),
    ],
    prefetchable(Register(0x24, 2, "prefetchableMemoryBase")),
    prefetchable(Register(0x26, 2, "prefetchableMemoryLimit")),
    [
      Register(0x28, 4, "prefetchableBaseUpper").hexadecimal(),
      Register(0x2c, 4, "prefetchableLimitUpper").hexadecimal(),
      Register(0x30, 2, "ioBaseUpper").hexadecimal(),
      Register(0x32, 2, "ioLimitUpper").hexadecimal(),
      Register(0x34, 1, "capabilitiesPointer").hexadecimal(),
    ],
    expansionROM(0x38),
    interrupt,
    BridgeControl.fields,
  ])

  /// A type 2 header, of a CardBus bridge.
  static let cardBus = layout([
    baseAddressRegisters(1),
    [Register(0x14, 1, "capabilitiesPointer").hexadecimal()],
    StatusRegister.secondaryFields(of: Register(0x16, 2, "secondaryStatus")),
    buses,
    [
      Register(0x1c, 4, "memoryBase0").hexadecimal(),
      Register(0x20, 4, "memoryLimit0").hexadecimal(),
      Register(0x24, 4, "memoryBase1").hexadecimal(),
      Register(0x28, 4, "memoryLimit1").hexadecimal(),
      Register(0x2c, 4, "ioBase0").hexadecimal(),
      Register(0x30, 4, "ioLimit0").hexadecimal(),
      Register(0x34, 4, "ioBase1").hexadecimal(),
      Register(0x38, 4, "ioLimit1").hexadecimal(),
    ],
    interrupt,
    // The first four bits are those of a PCI bridge, and the sixth.
    [
      BridgeControl.parityErrorResponse, BridgeControl.serrEnable, BridgeControl.isaEnable,
      BridgeControl.vgaEnable, BridgeControl.masterAbortMode,
    ],
    CardBusHeader.Control.fields,
    [
      Register(0x40, 2, "subsystemVendorID").hexadecimal(),
      Register(0x42, 2, "subsystemID").hexadecimal(),
      Register(0x44, 4, "legacyModeBase").hexadecimal(),
    ],
  ])

  private static func layout(_ own: [[RegisterField]]) -> RegisterLayout {
    RegisterLayout(registers: common + [ClassCodeRegister.fields] + own)
  }

  private static let buses: [RegisterField] = [
    Register(0x18, 1, "primaryBus").number(),
    Register(0x19, 1, "secondaryBus").number(),
    Register(0x1a, 1, "subordinateBus").number(),
    Register(0x1b, 1, "secondaryLatencyTimer").number(unit: "clocks"),
  ]

  private static let interrupt: [RegisterField] = [
    Register(0x3c, 1, "interruptLine").number(),
    Register(0x3d, 1, "interruptPin").names(["none", "A", "B", "C", "D"]),
  ]

  private static func expansionROM(_ offset: Int) -> [RegisterField] {
    let register = Register(offset, 4, "expansionROM")
    return register.flags(0, ["enable"]) + [register.address(11...31, "address")]
  }

  private static func ioWindow(_ register: Register) -> [RegisterField] {
    [
      register.names(0...3, "width", ["16 bits", "32 bits"]),
      register.hexadecimal(4...7, "address", digits: 1),
    ]
  }

  private static func prefetchable(_ register: Register) -> [RegisterField] {
    [
      register.names(0...3, "width", ["32 bits", "64 bits"]),
      register.hexadecimal(4...15, "address", digits: 3),
    ]
  }

  private static func baseAddressRegisters(_ count: Int) -> [RegisterField] {
    (0..<count).map { Register(0x10 + 4 * $0, 4, "bar\($0)").hexadecimal() }
  }
}
