// SPDX-License-Identifier: Apache-2.0

/// The registers of the DVSEC for CXL devices, DVSEC id 0.
///
/// Compute Express Link 3.0, section 8.1.3.
public struct ComputeExpressLinkDevice: CapabilityPart {
  public static let part = PartKind(0, "CXL Device", size: 56)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// DVSEC CXL Capability.
  public enum Capability: RegisterFields {
    static let itself = Register(0xa, 2, "capability")
    public static let cacheCapable = flag(0, "cacheCapable")
    public static let ioCapable = flag(1, "ioCapable")
    public static let memCapable = flag(2, "memCapable")
    /// Mem_HwInit_Mode.
    public static let memHardwareInit = flag(3, "memHardwareInit")
    /// HDM_Count: ranges of host-managed device memory.
    public static let hdmCount = number(4...5, "hdmCount")
    /// Cache Writeback and Invalidate Capable.
    public static let cacheWritebackCapable = flag(6, "cacheWritebackCapable")
    public static let resetCapable = flag(7, "resetCapable")
    public static let resetTimeout = names(
      8...10, "resetTimeout", ["10 ms", "100 ms", "1 s", "10 s", "100 s"])
    /// CXL Reset Mem Clr Capable.
    public static let resetMemoryClearCapable = flag(11, "resetMemoryClearCapable")
    public static let multipleLogicalDevice = flag(13, "multipleLogicalDevice")
    public static let viralCapable = flag(14, "viralCapable")
    /// PM Init Completion Reporting Capable.
    public static let pmInitCompletionReporting = flag(15, "pmInitCompletionReporting")
    static let fields = [
      cacheCapable, ioCapable, memCapable, memHardwareInit, hdmCount, cacheWritebackCapable,
      resetCapable, resetTimeout, resetMemoryClearCapable, multipleLogicalDevice, viralCapable,
      pmInitCompletionReporting,
    ]
  }

  /// DVSEC CXL Control.
  public enum Control: RegisterFields {
    static let itself = Register(0xc, 2, "control")
    public static let cacheEnable = flag(0, "cacheEnable")
    public static let ioEnable = flag(1, "ioEnable")
    public static let memEnable = flag(2, "memEnable")
    /// Cache_SF_Coverage, as a power of two.
    public static let cacheSnoopFilterCoverage = number(3...7, "cacheSnoopFilterCoverage")
    public static let cacheSnoopFilterGranularity = number(8...10, "cacheSnoopFilterGranularity")
    public static let cacheCleanEviction = flag(11, "cacheCleanEviction")
    public static let viralEnable = flag(14, "viralEnable")
    static let fields = [
      cacheEnable, ioEnable, memEnable, cacheSnoopFilterCoverage, cacheSnoopFilterGranularity,
      cacheCleanEviction, viralEnable,
    ]
  }

  /// DVSEC CXL Status.
  public enum Status: RegisterFields {
    static let itself = Register(0xe, 2, "status")
    public static let viral = flag(14, "viral")
    static let fields = [viral]
  }

  /// DVSEC CXL Control2.
  public enum Control2: RegisterFields {
    static let itself = Register(0x10, 2, "control2")
    public static let cachingDisable = flag(0, "cachingDisable")
    /// Initiate Cache Write Back and Invalidation.
    public static let initiateCacheWriteback = flag(1, "initiateCacheWriteback")
    public static let initiateReset = flag(2, "initiateReset")
    /// CXL Reset Mem Clr Enable.
    public static let resetMemoryClearEnable = flag(3, "resetMemoryClearEnable")
    static let fields = [
      cachingDisable, initiateCacheWriteback, initiateReset, resetMemoryClearEnable,
    ]
  }

  /// DVSEC CXL Status2.
  public enum Status2: RegisterFields {
    static let itself = Register(0x12, 2, "status2")
    public static let cacheInvalid = flag(0, "cacheInvalid")
    public static let resetComplete = flag(1, "resetComplete")
    public static let resetError = flag(2, "resetError")
    /// Power Management Initialization Complete.
    public static let pmInitComplete = flag(15, "pmInitComplete")
    static let fields = [cacheInvalid, resetComplete, resetError, pmInitComplete]
  }

  /// DVSEC CXL Lock.
  public enum Lock: RegisterFields {
    static let itself = Register(0x14, 2, "lock")
    public static let configurationLock = flag(0, "configurationLock")
    static let fields = [configurationLock]
  }

  /// DVSEC CXL Capability2.
  public enum Capability2: RegisterFields {
    static let itself = Register(0x16, 2, "capability2")
    public static let cacheSizeUnit = names(
      0...3, "cacheSizeUnit", ["not reported", "64 KiB", "1 MiB"])
    /// Cache Size, in units.
    public static let cacheSize = number(8...15, "cacheSize")
    static let fields = [cacheSizeUnit, cacheSize]
  }

  /// Range 1 Size High.
  public static let range1SizeHigh = Register(0x18, 4, "range1SizeHigh").hexadecimal()

  /// Range 1 Size Low.
  public enum Range1SizeLow: RegisterFields {
    static let itself = Register(0x1c, 4, "range1SizeLow")
    public static let memoryInfoValid = flag(0, "memoryInfoValid")
    public static let memoryActive = flag(1, "memoryActive")
    public static let mediaType = names(2...4, "mediaType", ["volatile", "non-volatile", "CDAT"])
    public static let memoryClass = names(5...7, "memoryClass", ["memory", "storage", "CDAT"])
    public static let desiredInterleave = number(8...12, "desiredInterleave")
    public static let memoryActiveTimeout = names(
      13...15, "memoryActiveTimeout", ["1 s", "4 s", "16 s", "64 s", "256 s"])
    public static let size = address(28...31, "size", digits: 8)
    static let fields = [
      memoryInfoValid, memoryActive, mediaType, memoryClass, desiredInterleave, memoryActiveTimeout,
      size,
    ]
  }

  /// Range 1 Base High.
  public static let range1BaseHigh = Register(0x20, 4, "range1BaseHigh").hexadecimal()
  /// Range 1 Base Low.
  public static let range1BaseLow = Register(0x24, 4, "range1BaseLow").address(28...31)
  /// Range 2 Size High.
  public static let range2SizeHigh = Register(0x28, 4, "range2SizeHigh").hexadecimal()
  /// Range 2 Size Low.
  public static let range2SizeLow = Register(0x2c, 4, "range2SizeLow")
  /// Range 2 Base High.
  public static let range2BaseHigh = Register(0x30, 4, "range2BaseHigh").hexadecimal()
  /// Range 2 Base Low.
  public static let range2BaseLow = Register(0x34, 4, "range2BaseLow").address(28...31)

  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, Status.fields, Control2.fields, Status2.fields, Lock.fields,
    Capability2.fields, [range1SizeHigh], Range1SizeLow.fields,
    [range1BaseHigh, range1BaseLow, range2SizeHigh], Range1SizeLow.fields.moved(to: range2SizeLow),
    [range2BaseHigh, range2BaseLow],
  ])
}
