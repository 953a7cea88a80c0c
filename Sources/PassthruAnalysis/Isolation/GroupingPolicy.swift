// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// How a kernel forms IOMMU groups: its generation, and what it knows of ACS.
public struct GroupingPolicy: Hashable, Sendable {
  /// Which algorithm.
  public enum Algorithm: Hashable, Sendable {
    /// Linux's generic one for PCI (3.17 and later, drivers/iommu/iommu.c).
    case pci
    /// One group for each function (s390).
    case perFunction
    /// One that is not modelled, with the reason.
    case notPredicted(String)
  }

  /// What the ACS control register holds when groups form.
  public enum AccessControl: Hashable, Sendable {
    /// What was read: the kernel switched on what it wanted, or does not.
    case asRead
    /// What was read, and what Linux switches on where an IOMMU driver asks.
    ///
    /// `ctrl | (cap & (SV | RR | CR | UF))` (drivers/pci/pci.c, `pci_enable_acs`).
    case asLinuxWouldSet
  }

  /// Which algorithm.
  public var algorithm: Algorithm
  /// What ACS control registers hold.
  public var accessControl: AccessControl
  /// The kernel whose tables hold; `nil` for the newest known here.
  public var release: KernelRelease?
  /// Why members are uncertain on this machine whatever is recorded; `nil` where they are not.
  public var caveat: String?

  /// Describes a policy.
  public init(
    algorithm: Algorithm, accessControl: AccessControl, release: KernelRelease? = nil,
    caveat: String? = nil
  ) {
    self.algorithm = algorithm
    self.accessControl = accessControl
    self.release = release
    self.caveat = caveat
  }

  /// The policy of a host's own kernel; for systems without groups, that of a new Linux.
  public init(for host: Machine) {
    let architecture = host.system.architecture ?? ""
    let isLinux = host.system.family == .linux
    let release = isLinux ? host.system.release.flatMap { KernelRelease($0) } : nil
    if architecture.hasPrefix("s390") {
      self.init(algorithm: .perFunction, accessControl: .asRead, release: release)
      return
    }
    if architecture.hasPrefix("ppc") || architecture.hasPrefix("powerpc") {
      self.init(
        algorithm: .notPredicted("POWER groups by partitionable endpoints, not by ACS"),
        accessControl: .asRead, release: release)
      return
    }
    var caveat: String?
    switch host.iommu.kind {
    case .smmu: caveat = "an SMMU before version 3 also joins what shares a stream-map entry"
    case .other: caveat = "this IOMMU's own rules are not modelled"
    default: break
    }
    let isOn = host.iommu.isEnabled == true
    // From a device tree the IOMMU is known only after the bus was scanned, so
    // that ACS stays as the firmware left it.
    let isArm = architecture.hasPrefix("aarch64") || architecture.hasPrefix("arm")
    let hasFirmwareTables = !(host.linux?.acpiTables ?? []).isEmpty
    let isDeviceTree = isLinux && isArm && !hasFirmwareTables
    self.init(
      algorithm: .pci, accessControl: isOn || isDeviceTree ? .asRead : .asLinuxWouldSet,
      release: release, caveat: caveat)
  }
}
