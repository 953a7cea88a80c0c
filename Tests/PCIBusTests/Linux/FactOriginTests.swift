// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import Testing

@testable import PCIBus

/// The attribute that a row of the fact table names is the one the scanner reads.
@Suite("Origins of facts")
struct FactOriginTests {
  /// A physical and a virtual function with every attribute but one.
  private func scan(without attribute: String? = nil) throws -> [Function] {
    let tree = try SyntheticTree()
    let devices = "sys/devices/pci0000:00/"
    let attributes = [
      "uevent": "DRIVER=i915\nPCI_CLASS=30000\nPCI_ID=8086:3E92\nPCI_SUBSYS_ID=1028:085B\n",
      "resource": "0x00000000c0000000 0x00000000cfffffff 0x000000000014220c\n",
      "revision": "0x0c\n", "irq": "16\n", "numa_node": "1\n", "power_state": "D0\n",
      "reset_method": "flr\n", "boot_vga": "1\n", "label": "Onboard\n",
      "driver_override": "vfio-pci\n", "sriov_totalvfs": "7\n", "sriov_numvfs": "1\n",
    ]
    for name in ["0000:00:02.0", "0000:00:02.1"] {
      for (file, text) in attributes where file != attribute {
        try tree.write(devices + name + "/" + file, text)
      }
      if attribute != "iommu_group" {
        try tree.link(devices + name + "/iommu_group", to: "../../../kernel/iommu_groups/3")
      }
      try tree.link("sys/bus/pci/devices/" + name, to: "../../../devices/pci0000:00/" + name)
    }
    if attribute != "physfn" {
      try tree.link(devices + "0000:00:02.1/physfn", to: "../0000:00:02.0")
    }
    return try SysfsScanner(root: tree.root.path).scan().functions
  }

  @Test func namesAreThoseRead() throws {
    let whole = try scan()
    var tried: [String] = []
    for fact in Function.facts {
      guard let attribute = fact.origin.linux, attribute != ".", attribute.first != "/",
        fact.origin.cost == .cached
      else { continue }
      let before = whole.map { fact.text(of: $0) }
      #expect(before.contains { $0 != nil }, "no function of the tree has \(fact.name)")
      let after = try scan(without: attribute).map { fact.text(of: $0) }
      #expect(before != after, "\(fact.name) does not come from \(attribute)")
      tried.append(fact.name)
    }
    #expect(tried.count == 19, "\(tried)")
  }
}
