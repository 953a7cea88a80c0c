// SPDX-License-Identifier: Apache-2.0

/// A base address register (BAR): a range of I/O or memory space that a function answers at.
///
/// The registers are described in PCI Local Bus 3.0, section 6.2.5.1. A 64-bit
/// one takes two registers and is one value here, under the lower index.
public struct BaseAddressRegister: Hashable, Sendable {
  /// The space a BAR is in, and how wide its address may be.
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    /// I/O space.
    case io
    /// Memory below 4 GiB.
    case memory32
    /// Memory below 1 MiB: type 01, allowed until PCI 2.3.
    case memoryBelow1MiB
    /// Memory anywhere in 64 bits.
    case memory64
    /// An expansion ROM.
    case expansionROM
  }

  // A bus of 65,536 functions has some 150,000 BARs: 24 bytes each, and not
  // the 40 that two optionals take.
  private var storedAddress: UInt64
  private var storedSize: UInt64
  /// The register's index: 0 to 5, or 6 for the expansion ROM.
  public var index: UInt8
  /// The space and the address width.
  public var kind: Kind
  /// Whether reads have no side effects and may be merged.
  public var isPrefetchable: Bool
  /// Whether the function answers at the address; `nil` where that was not recorded.
  public var isEnabled: Bool?
  private var hasAddress: Bool
  private var hasSize: Bool

  /// Describes a BAR.
  public init(
    index: UInt8, kind: Kind, isPrefetchable: Bool, isEnabled: Bool?, address: UInt64?,
    size: UInt64?
  ) {
    self.index = index
    self.kind = kind
    self.isPrefetchable = isPrefetchable
    self.isEnabled = isEnabled
    storedAddress = address ?? 0
    hasAddress = address != nil
    storedSize = size ?? 0
    hasSize = size != nil
  }

  /// The first address, without the flag bits; `nil` where none is assigned.
  ///
  /// From a Linux kernel it is the processor's address, which on some machines
  /// is not the register's value.
  public var address: UInt64? {
    get { hasAddress ? storedAddress : nil }
    set {
      storedAddress = newValue ?? 0
      hasAddress = newValue != nil
    }
  }

  /// The size in bytes; `nil` where it cannot be known.
  ///
  /// A configuration space does not hold it: only the kernel, or a write to
  /// the register, tells.
  public var size: UInt64? {
    get { hasSize ? storedSize : nil }
    set {
      storedSize = newValue ?? 0
      hasSize = newValue != nil
    }
  }

  /// The offset of the register in configuration space: 0x10 for index 0.
  ///
  /// The expansion ROM's register is at 0x30 in a type 0 header and at 0x38 in
  /// a type 1 header.
  public func offset(in header: HeaderType) -> Int {
    guard index == 6 else { return 0x10 + 4 * Int(index) }
    return header == .bridge ? 0x38 : 0x30
  }

  /// Whether the BAR is in memory space.
  public var isMemory: Bool { kind != .io }
}
