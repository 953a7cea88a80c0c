// SPDX-License-Identifier: Apache-2.0

/// What is known of a machine's IOMMU.
public struct IOMMUState: Hashable, Sendable {
  /// The make of an IOMMU.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Intel VT-d.
    case intel
    /// AMD-Vi.
    case amd
    /// Arm SMMU version 1 or 2.
    case smmu
    /// Arm SMMU version 3.
    case smmuV3
    /// virtio-iommu.
    case virtio
    /// Some other one.
    case other
  }

  /// The make; `nil` where none was seen.
  public var kind: Kind?
  /// Whether it translates now; `nil` where that cannot be known.
  public var isEnabled: Bool?
  /// Whether the firmware describes one, whether it is on or not.
  public var isPresent: Bool?
  /// Whether interrupts are remapped; `nil` where that cannot be known.
  public var remapsInterrupts: Bool?
  /// The names of its units: `dmar0`, `ivhd0`.
  @Recordable public var units: [String]

  /// Starts with nothing known.
  public init(
    kind: Kind? = nil, isEnabled: Bool? = nil, isPresent: Bool? = nil,
    remapsInterrupts: Bool? = nil, units: [String]? = nil
  ) {
    self.kind = kind
    self.isEnabled = isEnabled
    self.isPresent = isPresent
    self.remapsInterrupts = remapsInterrupts
    if let units { self.units = units }
  }
}
