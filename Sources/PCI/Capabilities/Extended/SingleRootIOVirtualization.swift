// SPDX-License-Identifier: Apache-2.0

/// The SR-IOV capability, extended id 0x0010.
///
/// PCI Express Base 6.0, section 9.3.3.
public struct SingleRootIOVirtualization: DecodedCapability {
  /// The start of its dotted field names, `sriov`.
  public static var shortName: String { "sriov" }
  /// The specification's name.
  public static var title: String { "Single Root I/O Virtualization" }

  /// SR-IOV Capabilities at +4.
  public let capabilities: UInt32
  /// SR-IOV Control at +8.
  public let control: UInt16
  /// SR-IOV Status at +0xa.
  public let status: UInt16
  /// InitialVFs at +0xc.
  public let initialVirtualFunctions: UInt16
  /// TotalVFs at +0xe.
  public let totalVirtualFunctions: UInt16
  /// NumVFs at +0x10.
  public let numberOfVirtualFunctions: UInt16
  /// Function Dependency Link at +0x12.
  public let functionDependencyLink: UInt8
  /// First VF Offset at +0x14.
  public let firstOffset: UInt16
  /// VF Stride at +0x16.
  public let stride: UInt16
  /// VF Device ID at +0x1a.
  public let deviceID: UInt16
  /// Supported Page Sizes at +0x1c: bit n is 2^(n+12) bytes.
  public let supportedPageSizes: UInt32
  /// System Page Size at +0x20.
  public let systemPageSize: UInt32
  /// VF BAR0 to VF BAR5 at +0x24.
  public let baseAddressRegisters: [UInt32]
  /// VF Migration State Array Offset at +0x3c.
  public let migrationStateArray: UInt32

  /// Decodes the registers, 64 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.doubleWord(at: offset + 4),
      let control = space.word(at: offset + 8), let status = space.word(at: offset + 0xa),
      let initial = space.word(at: offset + 0xc), let total = space.word(at: offset + 0xe),
      let number = space.word(at: offset + 0x10), let link = space.byte(at: offset + 0x12),
      let first = space.word(at: offset + 0x14), let stride = space.word(at: offset + 0x16),
      let device = space.word(at: offset + 0x1a),
      let supported = space.doubleWord(at: offset + 0x1c),
      let system = space.doubleWord(at: offset + 0x20),
      let migration = space.doubleWord(at: offset + 0x3c)
    else { return nil }
    self.capabilities = capabilities
    self.control = control
    self.status = status
    initialVirtualFunctions = initial
    totalVirtualFunctions = total
    numberOfVirtualFunctions = number
    functionDependencyLink = link
    firstOffset = first
    self.stride = stride
    deviceID = device
    supportedPageSizes = supported
    systemPageSize = system
    var registers: [UInt32] = []
    for index in 0..<6 {
      guard let register = space.doubleWord(at: offset + 0x24 + 4 * index) else { return nil }
      registers.append(register)
    }
    baseAddressRegisters = registers
    migrationStateArray = migration
  }

  /// VF Enable.
  public var isEnabled: Bool { control[bit: 0] }
  /// VF MSE, memory space of the virtual functions.
  public var isMemorySpaceEnabled: Bool { control[bit: 3] }

  /// The windows of the first virtual function; those of the others follow each other.
  ///
  /// A register that reads zero is not listed. The size of each window is that
  /// of one virtual function, which the register does not tell.
  public var virtualFunctionWindows: [BaseAddressRegister] {
    BaseAddressRegister.bars(
      baseAddressRegisters, isIOEnabled: nil, isMemoryEnabled: isMemorySpaceEnabled)
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .flag(0, "migration"),
          .flag(1, "ariHierarchyPreserved"),
          .flag(2, "tenBitTagRequester"),
          .number(21...31, "migrationInterruptMessage"),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "enable"),
          .flag(1, "migrationEnable"),
          .flag(2, "migrationInterruptEnable"),
          .flag(3, "memorySpaceEnable"),
          .flag(4, "ariCapableHierarchy"),
          .flag(5, "tenBitTagRequesterEnable"),
        ]),
      RegisterTable("status", [.flag(0, "migration")]),
      RegisterTable("initialVFs", [.number(0...15, "")]),
      RegisterTable("totalVFs", [.number(0...15, "")]),
      RegisterTable("numVFs", [.number(0...15, "")]),
      .hexadecimal("functionDependencyLink", digits: 2),
      RegisterTable("firstVFOffset", [.number(0...15, "")]),
      RegisterTable("vfStride", [.number(0...15, "")]),
      .hexadecimal("vfDeviceID", digits: 4),
      .hexadecimal("supportedPageSizes", digits: 8),
      .hexadecimal("systemPageSize", digits: 8),
    ]
  }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([
      UInt64(capabilities), UInt64(control), UInt64(status), UInt64(initialVirtualFunctions),
      UInt64(totalVirtualFunctions), UInt64(numberOfVirtualFunctions),
      UInt64(functionDependencyLink), UInt64(firstOffset), UInt64(stride), UInt64(deviceID),
      UInt64(supportedPageSizes), UInt64(systemPageSize),
    ])
    for (index, register) in baseAddressRegisters.enumerated() {
      fields.append(Field("vfBAR\(index)", hexadecimal: register, digits: 8))
    }
    fields.append(
      Field("migrationStateArray.offset", hexadecimal: migrationStateArray & ~7, digits: 8))
    fields.append(Field("migrationStateArray.bar", migrationStateArray[bits: 0...2]))
    return fields
  }

  /// The names of all fields there can be.
  public static var fieldNames: [String] {
    tables.names + [
      "vfBAR0", "vfBAR1", "vfBAR2", "vfBAR3", "vfBAR4", "vfBAR5",
      "migrationStateArray.offset", "migrationStateArray.bar",
    ]
  }
}
