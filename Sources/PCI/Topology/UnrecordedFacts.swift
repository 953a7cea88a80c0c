// SPDX-License-Identifier: Apache-2.0

/// The facts of a function of which its record says nothing.
///
/// They are those for which `nil`, or an empty list, means that there is none
/// once it is set. Every other fact that is `nil` is not recorded.
public struct UnrecordedFacts: OptionSet, Hashable, Sendable {
  /// One bit a fact.
  public var rawValue: UInt16

  /// Takes the bits as they are.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Which driver holds it.
  public static let driver = UnrecordedFacts(rawValue: 1 << 0)
  /// Its IOMMU group.
  public static let iommuGroup = UnrecordedFacts(rawValue: 1 << 1)
  /// Its base address registers.
  public static let baseAddressRegisters = UnrecordedFacts(rawValue: 1 << 2)
  /// The bus numbers of a bridge.
  public static let bridge = UnrecordedFacts(rawValue: 1 << 3)
  /// The physical function of a virtual one.
  public static let physicalFunction = UnrecordedFacts(rawValue: 1 << 4)
  /// The counts of virtual functions.
  public static let virtualFunctions = UnrecordedFacts(rawValue: 1 << 5)
  /// The NUMA node.
  public static let numaNode = UnrecordedFacts(rawValue: 1 << 6)
  /// The interrupt.
  public static let interrupt = UnrecordedFacts(rawValue: 1 << 7)
  /// Whether the firmware showed its console on it.
  public static let bootVGA = UnrecordedFacts(rawValue: 1 << 8)
  /// The name of the physical slot.
  public static let slotName = UnrecordedFacts(rawValue: 1 << 9)
  /// The firmware's label.
  public static let label = UnrecordedFacts(rawValue: 1 << 10)
  /// The driver that `driver_override` names.
  public static let driverOverride = UnrecordedFacts(rawValue: 1 << 11)

  /// Its vendor and device ids, of which a text printed the names alone.
  ///
  /// No source but such a text is without: it is none of `all`.
  public static let identity = UnrecordedFacts(rawValue: 1 << 12)

  /// All others: what is known of a function before anything was read.
  public static let all = UnrecordedFacts(rawValue: 1 << 12 - 1)
}
