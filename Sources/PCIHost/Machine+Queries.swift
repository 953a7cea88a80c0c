// SPDX-License-Identifier: Apache-2.0

public import PCI

extension Machine {
  /// The function at an address.
  ///
  /// One pass over the functions: make an `AddressIndex` once for many.
  public func function(at address: FunctionAddress) -> Function? {
    functions.first { $0.address == address }
  }

  /// The functions of a kind, in the machine's order: `machine.functions(in: .network)`.
  ///
  /// A function whose class is not recorded is of no kind.
  public func functions(in kind: ClassKeyword) -> [Function] {
    functions.filter { $0.classCode?.matches(kind) ?? false }
  }

  /// Takes from the groups of a text that the IOMMU is on.
  ///
  /// For sources that name groups and nothing of the IOMMU: only one that is on forms them
  /// (Linux drivers/iommu/iommu.c, `iommu_group_get_for_dev`).
  public mutating func deriveIOMMU() {
    guard iommu.isEnabled == nil, functions.contains(where: { $0.iommuGroup != nil }) else {
      return
    }
    iommu.isEnabled = true
    iommu.isPresent = true
  }

  /// Whether any function is in a domain other than 0.
  public var hasSeveralDomains: Bool { functions.contains { $0.address.domain != 0 } }

  /// The gaps that concern one function.
  public func gaps(of address: FunctionAddress) -> [Gap] {
    gaps.filter { $0.subject == .function(address) }
  }
}
