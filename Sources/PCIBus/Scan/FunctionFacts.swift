// SPDX-License-Identifier: Apache-2.0

/// The facts of a function that a scan may read besides its ids, class and driver.
///
/// All of them are answered from the kernel's memory: no set touches a device.
/// Each costs system calls, which is why a scan names what it wants.
public struct FunctionFacts: OptionSet, Hashable, Sendable {
  /// One bit a fact.
  public let rawValue: UInt32

  /// Makes a set of its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Base address registers with their sizes (`resource`).
  public static let baseAddressRegisters = FunctionFacts(rawValue: 1 << 0)
  /// The IOMMU group (`iommu_group`).
  public static let iommuGroup = FunctionFacts(rawValue: 1 << 1)
  /// What is above the function, and bridges' bus numbers (the device path).
  public static let topology = FunctionFacts(rawValue: 1 << 2)
  /// The revision (`revision`).
  public static let revision = FunctionFacts(rawValue: 1 << 3)
  /// The interrupt (`irq`).
  public static let interrupt = FunctionFacts(rawValue: 1 << 4)
  /// The NUMA node (`numa_node`).
  public static let numaNode = FunctionFacts(rawValue: 1 << 5)
  /// Physical function and counts of virtual ones (`physfn`, `sriov_*`).
  public static let virtualFunctions = FunctionFacts(rawValue: 1 << 6)
  /// The cached power state (`power_state`).
  public static let powerState = FunctionFacts(rawValue: 1 << 7)
  /// The ways to reset the function (`reset_method`, `reset`).
  public static let resetMethods = FunctionFacts(rawValue: 1 << 8)
  /// Whether the firmware's console is on it (`boot_vga`; VGA devices only).
  public static let bootVGA = FunctionFacts(rawValue: 1 << 9)
  /// The firmware's label (`label`).
  public static let label = FunctionFacts(rawValue: 1 << 10)
  /// The driver override (`driver_override`).
  public static let driverOverride = FunctionFacts(rawValue: 1 << 11)
  /// Whether memory BARs are enabled (`enable`).
  public static let enabledBARs = FunctionFacts(rawValue: 1 << 12)
  /// The names of physical slots (`/sys/bus/pci/slots`).
  public static let slotNames = FunctionFacts(rawValue: 1 << 13)

  /// The physical function of a virtual one (`physfn`).
  ///
  /// On a running kernel, which shows every virtual function, the counts of the
  /// physical ones that have some on follow from it, and are read.
  public static let physicalFunction = FunctionFacts(rawValue: 1 << 14)

  /// What costs least: ids, class, driver, BARs, group, topology.
  ///
  /// Seven system calls a function on Linux, and three a bus.
  public static let essential: FunctionFacts = [.baseAddressRegisters, .iommuGroup, .topology]
  /// `essential` with revision, interrupt and NUMA node.
  ///
  /// Sixteen system calls a function on Linux, and three a bus.
  public static let inventory: FunctionFacts = [.essential, .revision, .interrupt, .numaNode]
  /// What a list says of a function: its verdict, and the risk it names first.
  ///
  /// Advice may rest on others, which `all` has.
  public static let verdicts: FunctionFacts = [
    .essential, .physicalFunction, .resetMethods, .bootVGA,
  ]
  /// Everything sysfs has in the kernel's memory.
  public static let all: FunctionFacts = [
    .inventory, .virtualFunctions, .powerState, .resetMethods, .bootVGA, .label,
    .driverOverride, .enabledBARs, .slotNames,
  ]
}
