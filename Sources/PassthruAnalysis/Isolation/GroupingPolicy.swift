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
  ///
  /// Groups that are reported are of an IOMMU that is on, whatever else is recorded. On
  /// a machine without them only x86's rules are known well enough to foresee them.
  public init(for host: Machine) {
    let isLinux = host.system.family == .linux
    let release = isLinux ? host.system.release.flatMap { KernelRelease($0) } : nil
    let family = ProcessorFamily(of: host)
    switch family {
    case .mainframe:
      self.init(algorithm: .perFunction, accessControl: .asRead, release: release)
      return
    case .power:
      self.init(
        algorithm: .notPredicted("POWER groups by partitionable endpoints, not by ACS"),
        accessControl: .asRead, release: release)
      return
    case .x86, .arm, .other, .unknown: break
    }
    let hasGroups = host.functions.contains { $0.iommuGroup != nil }
    let isOn = hasGroups || host.iommu.isEnabled == true
    var caveat: String?
    switch host.iommu.kind {
    case .smmu: caveat = "an SMMU before version 3 also joins what shares a stream-map entry"
    case .other: caveat = "this IOMMU's own rules are not modelled"
    default: if !hasGroups { caveat = family.caveat }
    }
    // From a device tree the IOMMU is known only after the bus was scanned, so
    // that ACS stays as the firmware left it (from 7.0 on it is switched on in any case).
    let hasFirmwareTables = !(host.linux?.acpiTables ?? []).isEmpty
    let isDeviceTree = isLinux && family == .arm && !hasFirmwareTables
    self.init(
      algorithm: .pci, accessControl: isOn || isDeviceTree ? .asRead : .asLinuxWouldSet,
      release: release, caveat: caveat)
  }
}

extension ProcessorFamily {
  /// Why groups that no kernel reports are uncertain on such a machine; `nil` where they are not.
  fileprivate var caveat: String? {
    switch self {
    case .x86, .power, .mainframe: nil
    case .arm:
      "on Arm, groups rest on the SMMU's stream ids too, and ACS is switched on by some firmware "
        + "and kernels only"
    case .other(let name): "the rules of \(name) are not modelled"
    case .unknown:
      "which processor the machine has is not recorded, and Linux groups by other rules on POWER "
        + "and Arm"
    }
  }
}
