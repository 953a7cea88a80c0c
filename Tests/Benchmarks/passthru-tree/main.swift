// SPDX-License-Identifier: Apache-2.0

// Makes a sysfs tree of N functions for timing scans: the attributes that a
// scan, libpci and lspci read, in the kernel's own formats.
//
// Usage: passthru-tree DIRECTORY FUNCTIONS [--full]
//
// A domain has a host bridge and up to 240 root ports. Below a port are an NVMe
// controller, or a network card of two physical and thirty virtual functions.
// Every fourth domain is below an endpoint of the first, as Intel VMD makes
// them, and is numbered from 0x10000. Virtual functions and cards have groups
// of their own. --full adds the attributes that only a full scan reads.

import Glibc

var arguments = CommandLine.arguments.dropFirst()
let isFull = arguments.contains("--full")
arguments.removeAll { $0 == "--full" }
guard arguments.count == 2, let directory = arguments.first, let text = arguments.last,
  let wanted = Int(text), wanted > 0, let writer = TreeWriter(directory)
else {
  complain("usage: passthru-tree DIRECTORY FUNCTIONS [--full]\n")
  exit(64)
}

writer.directory("sys/bus/pci/devices")
writer.directory("sys/bus/pci/slots")
writer.directory("sys/bus/pci/drivers")
writer.directory("sys/class/pci_bus")
writer.directory("sys/kernel/iommu_groups")
writer.directory("proc")
writer.file("proc/version", "Linux version 6.12.9 (passthru-tree) #1 SMP\n")

let generator = TreeGenerator(writer, wanted: wanted, isFull: isFull)
var group = 0
var domainIndex = 0
while !generator.isDone {
  // Every fourth domain is a VMD's, below an endpoint of the first.
  let isBelowEndpoint = domainIndex % 4 == 3
  let domain = isBelowEndpoint ? 0x10000 + domainIndex / 4 : domainIndex
  let root =
    (isBelowEndpoint ? "pci0000:00/0000:00:1f.\(domainIndex / 4 % 8)/" : "")
    + "pci" + hex(domain, 4) + ":00"
  let depth = isBelowEndpoint ? 4 : 2
  let up = String(repeating: "../", count: depth + 1)
  if domainIndex == 0 {
    for function in 0..<8 {
      generator.add(
        GeneratedFunction(
          role: .controller, domain: 0, bus: 0, device: 0x1f, function: function, parent: root,
          up: up, group: group, serial: generator.count))
      group += 1
    }
  }
  generator.add(
    GeneratedFunction(
      role: .hostBridge, domain: domain, bus: 0, device: 0, function: 0, parent: root, up: up,
      group: group, serial: generator.count))
  group += 1
  for port in 0..<240 where !generator.isDone {
    let rootPort = GeneratedFunction(
      role: .rootPort, domain: domain, bus: 0, device: 1 + port / 8, function: port % 8,
      parent: root, up: up, group: group, serial: generator.count)
    group += 1
    generator.add(rootPort)
    let below = root + "/" + rootPort.name
    let bus = port + 1
    writer.link(
      "sys/class/pci_bus/" + hex(domain, 4) + ":" + hex(bus, 2),
      to: "../../devices/" + below + "/pci_bus/" + hex(domain, 4) + ":" + hex(bus, 2))
    let isStorage = port % 8 == 7
    for index in 0..<(isStorage ? 1 : 32) {
      // Virtual functions start at device 1, as their offset of 8 says.
      let deviceFunction = index < 2 ? index : index + 6
      generator.add(
        GeneratedFunction(
          role: isStorage ? .controller : (index < 2 ? .physicalFunction : .virtualFunction),
          domain: domain, bus: bus, device: deviceFunction >> 3, function: deviceFunction & 7,
          parent: below, up: up + "../", group: group, serial: generator.count))
      group += 1
    }
  }
  domainIndex += 1
}
print("\(generator.count) functions, \(domainIndex) domains, \(group) groups in \(directory)")
