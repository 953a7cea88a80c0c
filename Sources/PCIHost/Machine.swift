// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Everything that is known of one machine at one moment.
///
/// Every source makes a `Machine`, live or recorded; nothing after it touches a
/// file or a device.
public struct Machine: Hashable, Sendable {
  /// Where the facts come from.
  public var source: Source
  /// The system that runs on the machine.
  public var system: OperatingSystem
  /// The functions.
  ///
  /// In the kernel's own device order where the source has it, as FreeBSD's
  /// list does; otherwise sorted by address.
  public var functions: [Function]
  /// Whether the order of `functions` is the kernel's own device order.
  public var isInKernelOrder: Bool
  /// What is known of the machine's IOMMU.
  public var iommu: IOMMUState
  /// What the firmware's table DMAR says; `nil` where it was not read, or is none.
  public var remapping: RemappingFacts?
  /// Devices that drivers made of functions: interfaces, disks, controllers.
  @Recordable public var childDevices: [ChildDevice]
  /// What the running host itself needs, and which functions that is.
  @Recordable public var dependencies: [HostDependency]
  /// What Linux's sysfs and procfs tell besides, on Linux.
  public var linux: LinuxFacts?
  /// What FreeBSD's sysctls, kenv and files tell besides, on FreeBSD.
  public var freeBSD: FreeBSDFacts?
  /// What could not be known, and why.
  public var gaps: [Gap]

  /// Starts a record of a machine.
  public init(source: Source, system: OperatingSystem) {
    self.source = source
    self.system = system
    functions = []
    isInKernelOrder = false
    iommu = IOMMUState()
    gaps = []
  }
}
