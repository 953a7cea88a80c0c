// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost

@testable import PassthruConfig

/// The languages of a Linux host's own files.
enum LinuxGrammars {
  static func driverctl(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    let all = reader.takeAll("driverctl set-override (\\S+) vfio-pci")
    try reader.end()
    return try all.map { Placed(address: try linux($0[1])) }
  }

  /// The functions that vfio-pci would take by its ids (vfio_pci.c, `vfio_pci_fill_ids`).
  static func taken(by ids: String, _ host: Machine) throws -> [Placed] {
    var placed: [Placed] = []
    for id in ids.split(separator: ",") {
      let words = id.split(separator: ":")
      guard words.count == 2 || words.count == 4, words.allSatisfy({ $0.utf8.count == 4 }) else {
        throw GrammarError(description: "id \(id)")
      }
      let numbers = words.map { UInt16($0, radix: 16) }
      for function in host.functions
      where function.identity.vendorID == numbers[0] && function.identity.deviceID == numbers[1] {
        if numbers.count == 4,
          function.identity.subsystemVendorID != numbers[2]
            || function.identity.subsystemID != numbers[3]
        {
          continue
        }
        placed.append(Placed(address: function.address.linuxForm))
      }
    }
    return Array(Set(placed))
  }

  static func modprobe(_ text: String, _ host: Machine) throws -> [Placed] {
    var reader = try LineReader(text)
    let ids = try reader.take("options vfio-pci ids=([0-9a-f:,]+)(?: disable_vga=1)?")[1]
    _ = reader.takeAll("softdep [\\w-]+ pre: vfio-pci")
    try reader.end()
    return try taken(by: ids, host)
  }

  static func kernelCommandLine(_ text: String, _ host: Machine) throws -> [Placed]? {
    guard !text.isEmpty else { return nil }
    var reader = try LineReader(text)
    let groups = try reader.take("(?:intel_iommu=on ?)?(?:vfio-pci\\.ids=([0-9a-f:,]+))?")
    try reader.end()
    return groups[1].isEmpty ? nil : try taken(by: groups[1], host)
  }

  static func udev(_ text: String, _ host: Machine) throws -> [Placed] {
    var reader = try LineReader(text)
    let all = reader.takeAll(
      "ACTION==\"add\", SUBSYSTEM==\"pci\", KERNEL==\"(\\S+)\", ATTR\\{vendor\\}==\"0x(\\w{4})\","
        + " ATTR\\{device\\}==\"0x(\\w{4})\", ATTR\\{driver_override\\}=\"vfio-pci\","
        + " RUN\\{builtin\\}\\+=\"kmod load vfio-pci\"")
    try reader.end()
    return try all.map { try checked($0[1], $0[2], $0[3], host) }
  }

  static func systemd(_ text: String, _ host: Machine) throws -> [Placed] {
    let starts = matches(
      text,
      "\\nExecStart=/bin/sh -c 'd=/sys/bus/pci/devices/(\\S+); grep -qix 0x(\\w{4}) \\$\\$d/vendor"
        + " && grep -qix 0x(\\w{4}) \\$\\$d/device \\|\\| exit 1; ")
    let stops = matches(text, "\\nExecStop=/bin/sh -c 'd=/sys/bus/pci/devices/(\\S+);")
    guard starts.map({ $0[1] }) == stops.map({ $0[1] }) else {
      throw GrammarError(description: "not as many stops as starts")
    }
    return try starts.map { try checked($0[1], $0[2], $0[3], host) }
  }

  static func initramfsTools(_ text: String, _ host: Machine) throws -> [Placed] {
    try matches(text, "\\noverride (\\S+) (\\w{4}) (\\w{4})(?=\\n)").map {
      try checked($0[1], $0[2], $0[3], host)
    }
  }

  static func nixOS(_ text: String, _ host: Machine) throws -> [Placed] {
    try matches(
      text,
      "\\n    d=/sys/bus/pci/devices/(\\S+)\\n    if grep -qix 0x(\\w{4}) \\$d/vendor"
        + " && grep -qix 0x(\\w{4}) \\$d/device; then\\n"
    ).map { try checked($0[1], $0[2], $0[3], host) }
  }

  private static func checked(
    _ text: String, _ vendor: String, _ device: String, _ host: Machine
  ) throws -> Placed {
    let address = try linux(text)
    guard host.linuxFunction(at: address)?.identity.vendorDevice == "\(vendor):\(device)" else {
      throw GrammarError(description: "other ids at \(address)")
    }
    return Placed(address: address)
  }
}
