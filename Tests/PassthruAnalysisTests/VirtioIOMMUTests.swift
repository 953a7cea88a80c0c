// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruAnalysis

/// What Linux 6.12 answered when each function of a guest with a virtio IOMMU was opened.
///
/// The virtual-machine lab's topology "virtio" asks that kernel again.
@Suite struct VirtioIOMMUTests {
  private func machine() -> SmallHost {
    var small = SmallHost()
    small.host.iommu.kind = .virtio
    small.add("00:01.0", 0x00ff00, id: (0x1af4, 0x1057)) {
      $0.driver = DriverBinding(name: "virtio-pci")
    }
    small.add("00:02.0") {
      $0.iommuGroup = 1
      $0.driver = DriverBinding(name: "e1000e")
    }
    small.add("00:03.0")
    small.add("0d:01.0") { $0.driver = DriverBinding(name: "e1000") }
    return small
  }

  /// Unbinding it is an oops in viommu_remove.
  @Test func theIOMMUItselfIsPartOfTheMachine() {
    let found = machine().host.assessments(for: .vfio)[0]
    #expect(found.verdict == .blocked)
    #expect(found.findings.contains { $0.id == "dev.chipset" })
  }

  /// VFIO_SET_IOMMU is EPERM until allow_unsafe_interrupts is set.
  @Test func withoutRemappedInterruptsNothingOpensAsItIs() {
    var small = machine()
    #expect(small.host.assessments(for: .vfio)[1].verdict == .eligible)
    small.host.iommu.remapsInterrupts = false
    let found = small.host.assessments(for: .vfio)[1]
    #expect(found.verdict == .conditional)
    #expect(found.findings.contains { $0.id == "ir.missing" && $0.resolution == .change })
  }

  /// A function that no driver tried gets its group from vfio-pci; one that a driver
  /// holds without a group never binds to it.
  @Test func aGroupFormsAtTheFirstDriverOnly() {
    let found = machine().host.assessments(for: .vfio)
    #expect(found[2].verdict == .conditional)
    #expect(found[3].verdict == .blocked)
  }
}
