// SPDX-License-Identifier: Apache-2.0

/// The registers of the DVSEC for CXL devices, DVSEC id 0.
///
/// Compute Express Link 3.0, section 8.1.3.
public struct ComputeExpressLinkDevice: DecodedCapability {
  /// The start of its dotted field names, `dvsec`.
  public static var shortName: String { "dvsec" }
  /// The specification's name.
  public static var title: String { "CXL Device" }

  /// DVSEC CXL Capability at +0xa.
  public let capability: UInt16
  /// DVSEC CXL Control at +0xc.
  public let control: UInt16
  /// DVSEC CXL Status at +0xe.
  public let status: UInt16
  /// DVSEC CXL Control2 at +0x10.
  public let control2: UInt16
  /// DVSEC CXL Status2 at +0x12.
  public let status2: UInt16
  /// DVSEC CXL Lock at +0x14.
  public let lock: UInt16
  /// DVSEC CXL Capability2 at +0x16.
  public let capability2: UInt16
  /// Range 1 Size High at +0x18.
  public let range1SizeHigh: UInt32
  /// Range 1 Size Low at +0x1c.
  public let range1SizeLow: UInt32
  /// Range 1 Base High at +0x20.
  public let range1BaseHigh: UInt32
  /// Range 1 Base Low at +0x24.
  public let range1BaseLow: UInt32
  /// Range 2 Size High at +0x28.
  public let range2SizeHigh: UInt32
  /// Range 2 Size Low at +0x2c.
  public let range2SizeLow: UInt32
  /// Range 2 Base High at +0x30.
  public let range2BaseHigh: UInt32
  /// Range 2 Base Low at +0x34.
  public let range2BaseLow: UInt32

  /// Decodes the registers, 56 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 0xa),
      let control = space.word(at: offset + 0xc),
      let status = space.word(at: offset + 0xe),
      let control2 = space.word(at: offset + 0x10),
      let status2 = space.word(at: offset + 0x12),
      let lock = space.word(at: offset + 0x14),
      let capability2 = space.word(at: offset + 0x16),
      let range1SizeHigh = space.doubleWord(at: offset + 0x18),
      let range1SizeLow = space.doubleWord(at: offset + 0x1c),
      let range1BaseHigh = space.doubleWord(at: offset + 0x20),
      let range1BaseLow = space.doubleWord(at: offset + 0x24),
      let range2SizeHigh = space.doubleWord(at: offset + 0x28),
      let range2SizeLow = space.doubleWord(at: offset + 0x2c),
      let range2BaseHigh = space.doubleWord(at: offset + 0x30),
      let range2BaseLow = space.doubleWord(at: offset + 0x34)
    else { return nil }
    self.capability = capability
    self.control = control
    self.status = status
    self.control2 = control2
    self.status2 = status2
    self.lock = lock
    self.capability2 = capability2
    self.range1SizeHigh = range1SizeHigh
    self.range1SizeLow = range1SizeLow
    self.range1BaseHigh = range1BaseHigh
    self.range1BaseLow = range1BaseLow
    self.range2SizeHigh = range2SizeHigh
    self.range2SizeLow = range2SizeLow
    self.range2BaseHigh = range2BaseHigh
    self.range2BaseLow = range2BaseLow
  }

  /// Cache_Capable.
  public var isCacheCapable: Bool { capability[bit: 0] }
  /// IO_Capable.
  public var isIOCapable: Bool { capability[bit: 1] }
  /// Mem_Capable.
  public var isMemoryCapable: Bool { capability[bit: 2] }
  /// Mem_HwInit_Mode.
  public var initializesMemoryByHardware: Bool { capability[bit: 3] }
  /// HDM_Count: ranges of host-managed device memory.
  public var hdmCount: UInt16 { capability[bits: 4...5] }
  /// Cache Writeback and Invalidate Capable.
  public var isCacheWritebackCapable: Bool { capability[bit: 6] }
  /// CXL Reset Capable.
  public var isResetCapable: Bool { capability[bit: 7] }
  /// CXL Reset Timeout, as a code.
  public var resetTimeout: UInt16 { capability[bits: 8...10] }
  /// CXL Reset Mem Clr Capable.
  public var isResetMemoryClearCapable: Bool { capability[bit: 11] }
  /// Multiple Logical Device.
  public var isMultipleLogicalDevice: Bool { capability[bit: 13] }
  /// Viral_Capable.
  public var isViralCapable: Bool { capability[bit: 14] }
  /// PM Init Completion Reporting Capable.
  public var reportsPMInitCompletion: Bool { capability[bit: 15] }

  /// Cache_Enable.
  public var isCacheEnabled: Bool { control[bit: 0] }
  /// IO_Enable.
  public var isIOEnabled: Bool { control[bit: 1] }
  /// Mem_Enable.
  public var isMemoryEnabled: Bool { control[bit: 2] }
  /// Cache_SF_Coverage, as a power of two.
  public var cacheSnoopFilterCoverage: UInt16 { control[bits: 3...7] }
  /// Cache_SF_Granularity, as a code.
  public var cacheSnoopFilterGranularity: UInt16 { control[bits: 8...10] }
  /// Cache_Clean_Eviction.
  public var hintsCleanEviction: Bool { control[bit: 11] }
  /// Viral_Enable.
  public var isViralEnabled: Bool { control[bit: 14] }

  /// Viral_Status.
  public var isViral: Bool { status[bit: 14] }

  /// Disable Caching.
  public var isCachingDisabled: Bool { control2[bit: 0] }
  /// Initiate Cache Write Back and Invalidation.
  public var isCacheWritebackInitiated: Bool { control2[bit: 1] }
  /// Initiate CXL Reset.
  public var isResetInitiated: Bool { control2[bit: 2] }
  /// CXL Reset Mem Clr Enable.
  public var isResetMemoryClearEnabled: Bool { control2[bit: 3] }

  /// Cache Invalid.
  public var isCacheInvalid: Bool { status2[bit: 0] }
  /// CXL Reset Complete.
  public var isResetComplete: Bool { status2[bit: 1] }
  /// CXL Reset Error.
  public var hasResetError: Bool { status2[bit: 2] }
  /// Power Management Initialization Complete.
  public var isPMInitComplete: Bool { status2[bit: 15] }

  /// CONFIG_LOCK.
  public var isConfigurationLocked: Bool { lock[bit: 0] }

  /// Cache Size Unit, as a code.
  public var cacheSizeUnit: UInt16 { capability2[bits: 0...3] }
  /// Cache Size, in units.
  public var cacheSize: UInt16 { capability2[bits: 8...15] }

  /// Bits 31:28 of the address.
  public var range1BaseLower: UInt32 { range1BaseLow & 0xf0000000 }

  /// Bits 31:28 of the address.
  public var range2BaseLower: UInt32 { range2BaseLow & 0xf0000000 }

  /// The size of the first range in bytes.
  public var range1Size: UInt64 { Self.address(range1SizeHigh, range1SizeLow) }
  /// The first address of the first range.
  public var range1Base: UInt64 { Self.address(range1BaseHigh, range1BaseLow) }
  /// The size of the second range in bytes.
  public var range2Size: UInt64 { Self.address(range2SizeHigh, range2SizeLow) }
  /// The first address of the second range.
  public var range2Base: UInt64 { Self.address(range2BaseHigh, range2BaseLow) }

  private static func address(_ high: UInt32, _ low: UInt32) -> UInt64 {
    UInt64(high) << 32 | UInt64(low & 0xf000_0000)
  }

  /// The rows of a Range Size Low register.
  private static var rangeRows: [RegisterTable.Row] {
    [
      .flag(0, "memoryInfoValid"),
      .flag(1, "memoryActive"),
      .names(2...4, "mediaType", ["volatile", "non-volatile", "CDAT"]),
      .names(5...7, "memoryClass", ["memory", "storage", "CDAT"]),
      .number(8...12, "desiredInterleave"),
      .names(13...15, "memoryActiveTimeout", ["1 s", "4 s", "16 s", "64 s", "256 s"]),
      .address(28...31, "size", digits: 8),
    ]
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capability), UInt64(control), UInt64(status), UInt64(control2), UInt64(status2),
      UInt64(lock), UInt64(capability2), UInt64(range1SizeHigh), UInt64(range1SizeLow),
      UInt64(range1BaseHigh), UInt64(range1BaseLow), UInt64(range2SizeHigh), UInt64(range2SizeLow),
      UInt64(range2BaseHigh), UInt64(range2BaseLow),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .flag(0, "cacheCapable"),
          .flag(1, "ioCapable"),
          .flag(2, "memCapable"),
          .flag(3, "memHardwareInit"),
          .number(4...5, "hdmCount"),
          .flag(6, "cacheWritebackCapable"),
          .flag(7, "resetCapable"),
          .names(8...10, "resetTimeout", ["10 ms", "100 ms", "1 s", "10 s", "100 s"]),
          .flag(11, "resetMemoryClearCapable"),
          .flag(13, "multipleLogicalDevice"),
          .flag(14, "viralCapable"),
          .flag(15, "pmInitCompletionReporting"),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "cacheEnable"),
          .flag(1, "ioEnable"),
          .flag(2, "memEnable"),
          .number(3...7, "cacheSnoopFilterCoverage"),
          .number(8...10, "cacheSnoopFilterGranularity"),
          .flag(11, "cacheCleanEviction"),
          .flag(14, "viralEnable"),
        ]),
      RegisterTable(
        "status",
        [
          .flag(14, "viral")
        ]),
      RegisterTable(
        "control2",
        [
          .flag(0, "cachingDisable"),
          .flag(1, "initiateCacheWriteback"),
          .flag(2, "initiateReset"),
          .flag(3, "resetMemoryClearEnable"),
        ]),
      RegisterTable(
        "status2",
        [
          .flag(0, "cacheInvalid"),
          .flag(1, "resetComplete"),
          .flag(2, "resetError"),
          .flag(15, "pmInitComplete"),
        ]),
      RegisterTable(
        "lock",
        [
          .flag(0, "configurationLock")
        ]),
      RegisterTable(
        "capability2",
        [
          .names(0...3, "cacheSizeUnit", ["not reported", "64 KiB", "1 MiB"]),
          .number(8...15, "cacheSize"),
        ]),
      .hexadecimal("range1SizeHigh", digits: 8),
      RegisterTable("range1SizeLow", rangeRows),
      .hexadecimal("range1BaseHigh", digits: 8),
      RegisterTable(
        "range1BaseLow",
        [
          .address(28...31, "", digits: 8)
        ]),
      .hexadecimal("range2SizeHigh", digits: 8),
      RegisterTable("range2SizeLow", rangeRows),
      .hexadecimal("range2BaseHigh", digits: 8),
      RegisterTable(
        "range2BaseLow",
        [
          .address(28...31, "", digits: 8)
        ]),
    ]
  }
}
