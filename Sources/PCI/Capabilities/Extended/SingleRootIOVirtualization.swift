// SPDX-License-Identifier: Apache-2.0

/// The SR-IOV capability, extended id 0x0010.
///
/// PCI Express Base 6.0, section 9.3.3.
public struct SingleRootIOVirtualization: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0010, "sriov", "Single Root I/O Virtualization", size: 64)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    public static let migration = flag(0, "migration")
    public static let ariHierarchyPreserved = flag(1, "ariHierarchyPreserved")
    public static let tenBitTagRequester = flag(2, "tenBitTagRequester")
    public static let migrationInterruptMessage = number(21...31, "migrationInterruptMessage")
    static let fields = [
      migration, ariHierarchyPreserved, tenBitTagRequester, migrationInterruptMessage,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 2, "control")
    /// VF Enable.
    public static let enable = flag(0, "enable")
    public static let migrationEnable = flag(1, "migrationEnable")
    public static let migrationInterruptEnable = flag(2, "migrationInterruptEnable")
    /// VF MSE, memory space of the virtual functions.
    public static let memorySpaceEnable = flag(3, "memorySpaceEnable")
    public static let ariCapableHierarchy = flag(4, "ariCapableHierarchy")
    public static let tenBitTagRequesterEnable = flag(5, "tenBitTagRequesterEnable")
    static let fields = [
      enable, migrationEnable, migrationInterruptEnable, memorySpaceEnable, ariCapableHierarchy,
      tenBitTagRequesterEnable,
    ]
  }

  public enum Status: RegisterFields {
    static let itself = Register(0xa, 2, "status")
    public static let migration = flag(0, "migration")
    static let fields = [migration]
  }

  public static let initialVFs = Register(0xc, 2, "initialVFs").number()
  public static let totalVFs = Register(0xe, 2, "totalVFs").number()
  public static let numVFs = Register(0x10, 2, "numVFs").number()
  public static let functionDependencyLink = Register(0x12, 1, "functionDependencyLink")
    .hexadecimal()
  public static let firstVFOffset = Register(0x14, 2, "firstVFOffset").number()
  public static let vfStride = Register(0x16, 2, "vfStride").number()
  public static let vfDeviceID = Register(0x1a, 2, "vfDeviceID").hexadecimal()
  /// Supported Page Sizes: bit n is 2^(n+12) bytes.
  public static let supportedPageSizes = Register(0x1c, 4, "supportedPageSizes").hexadecimal()
  public static let systemPageSize = Register(0x20, 4, "systemPageSize").hexadecimal()
  /// VF BAR0 to VF BAR5.
  public static let vfBAR = Register.series(0x24, 4, "vfBAR", 0..<6)

  /// VF Migration State Array Offset.
  public enum MigrationStateArray: RegisterFields {
    static let itself = Register(0x3c, 4, "migrationStateArray")
    public static let offset = address(3...31, "offset", digits: 8)
    public static let bar = number(0...2, "bar")
    static let fields = [offset, bar]
  }

  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, Control.fields, Status.fields,
    [
      initialVFs, totalVFs, numVFs, functionDependencyLink, firstVFOffset, vfStride, vfDeviceID,
      supportedPageSizes, systemPageSize,
    ], vfBAR,
    MigrationStateArray.fields,
  ])

  /// VF Enable.
  public var isEnabled: Bool { flag(Control.enable) }
  /// VF MSE, memory space of the virtual functions.
  public var isMemorySpaceEnabled: Bool { flag(Control.memorySpaceEnable) }
  /// TotalVFs.
  public var totalVirtualFunctions: UInt16 { bits(Self.totalVFs) }
  /// NumVFs.
  public var numberOfVirtualFunctions: UInt16 { bits(Self.numVFs) }
  /// First VF Offset.
  public var firstOffset: UInt16 { bits(Self.firstVFOffset) }
  /// VF Stride.
  public var stride: UInt16 { bits(Self.vfStride) }
  /// VF Device ID.
  public var deviceID: UInt16 { bits(Self.vfDeviceID) }
  /// VF BAR0 to VF BAR5.
  public var baseAddressRegisters: [UInt32] { Self.vfBAR.map { bits($0) } }

  /// The windows of the first virtual function; those of the others follow each other.
  ///
  /// A register that reads zero is not listed. The size of each window is that
  /// of one virtual function, which the register does not tell.
  public var virtualFunctionWindows: [BaseAddressRegister] {
    BaseAddressRegister.bars(
      baseAddressRegisters, isIOEnabled: nil, isMemoryEnabled: isMemorySpaceEnabled)
  }
}
