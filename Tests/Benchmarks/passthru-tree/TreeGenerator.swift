// SPDX-License-Identifier: Apache-2.0

/// Writes functions into a tree, up to the number wanted.
final class TreeGenerator {
  let writer: TreeWriter
  private let wanted: Int
  private let isFull: Bool
  private(set) var count = 0
  private var drivers: Set<String> = []

  init(_ writer: TreeWriter, wanted: Int, isFull: Bool) {
    self.writer = writer
    self.wanted = wanted
    self.isFull = isFull
  }

  var isDone: Bool { count >= wanted }

  /// Writes one function: its attributes and the links to it.
  func add(_ function: GeneratedFunction) {
    guard !isDone else { return }
    count += 1
    let path = function.path
    writer.directory(path)
    writer.file(path + "/uevent", function.uevent)
    writer.file(path + "/resource", function.resource)
    writer.file(path + "/revision", "0x" + hex(function.revision, 2) + "\n")
    writer.file(path + "/irq", "\(function.interrupt)\n")
    writer.file(path + "/numa_node", "\(function.domain & 1)\n")
    writer.file(path + "/vendor", function.vendorText + "\n")
    writer.file(path + "/device", function.deviceText + "\n")
    writer.file(path + "/class", function.classText + "\n")
    writer.file(path + "/subsystem_vendor", function.subsystemVendorText + "\n")
    writer.file(path + "/subsystem_device", function.subsystemText + "\n")
    writer.file(path + "/config", function.configuration)
    if isFull {
      writer.file(path + "/power_state", "D0\n")
      writer.file(path + "/enable", "1\n")
      writer.file(path + "/driver_override", "(null)\n")
      if function.role != .hostBridge, function.role != .rootPort {
        writer.file(path + "/reset_method", "flr bus\n")
      }
    }
    let groupPath = "sys/kernel/iommu_groups/\(function.group)"
    writer.directory(groupPath + "/devices")
    writer.link(path + "/iommu_group", to: function.up + "kernel/iommu_groups/\(function.group)")
    writer.link(
      groupPath + "/devices/" + function.name,
      to: "../../../../devices/" + function.parent + "/" + function.name)
    if let driver = function.driver {
      if drivers.insert(driver).inserted { writer.directory("sys/bus/pci/drivers/" + driver) }
      writer.link(path + "/driver", to: function.up + "bus/pci/drivers/" + driver)
    }
    writer.link(
      "sys/bus/pci/devices/" + function.name,
      to: "../../../devices/" + function.parent + "/" + function.name)
  }
}
