// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension LinuxFacts {
  /// Every fact that Linux tells besides.
  static let facts: [Fact<LinuxFacts>] = [
    Fact(
      "commandLine", .text, .kernel(linux: "/proc/cmdline"),
      get: { $0.commandLine }, set: { $0.commandLine = $1 }),
    Fact(
      "acpiTables", .list(.text), .kernel(linux: "/sys/firmware/acpi/tables"),
      get: { $0.acpiTables }, set: { $0.acpiTables = $1 }),
    Fact(
      "modules", .list(.text), .kernel(linux: "/proc/modules"),
      get: { $0.modules }, set: { $0.modules = $1 }),
    Fact(
      "passthroughModules", .list(.text), .kernel(linux: "/lib/modules"),
      get: { $0.passthroughModules }, set: { $0.passthroughModules = $1 }),
    Fact(
      "deviceOrder", .list(.integer()), .kernel(linux: "/proc/bus/pci/devices"),
      get: { $0.deviceOrder }, set: { $0.deviceOrder = $1 }),
    .recordable(
      "reservedRegions", .list(.reservedRegion),
      .kernel(linux: "/sys/kernel/iommu_groups"),
      get: { $0.$reservedRegions }, set: { $0.$reservedRegions = $1 }),
    Fact(
      "lockdown", .text, .kernel(linux: "/sys/kernel/security/lockdown"),
      get: { $0.lockdown }, set: { $0.lockdown = $1 }),
    Fact(
      "hasVirtualization", .flag, .kernel(linux: "/proc/cpuinfo"),
      get: { $0.hasVirtualization }, set: { $0.hasVirtualization = $1 }),
    Fact(
      "lockedMemoryLimit", .hexadecimal(digits: 1, prefix: true),
      .kernel(linux: "/proc/self/limits"),
      get: { $0.lockedMemoryLimit }, set: { $0.lockedMemoryLimit = $1 }),
    Fact(
      "seesAllPrograms", .flag, .kernel(linux: "/proc/self/status"),
      get: { $0.seesAllPrograms }, set: { $0.seesAllPrograms = $1 }),
    Fact(
      "connectors", .list(.connector), .kernel(linux: "/sys/class/drm"),
      get: { $0.connectors }, set: { $0.connectors = $1 }),
    Fact(
      "passthroughNodes", .list(.passthroughNode), .kernel(linux: "/dev/vfio"),
      get: { $0.passthroughNodes }, set: { $0.passthroughNodes = $1 }),
    Fact(
      "openNodes", .list(.openNode), .kernel(linux: "/proc/PID/fd", cost: .root),
      get: { $0.openNodes }, set: { $0.openNodes = $1 }),
  ]
}

extension JSONForm where Value == ReservedRegion {
  /// A range of addresses of a group.
  static var reservedRegion: JSONForm {
    .record(
      [
        .required("group", .integer(0...Int(Int32.max)), get: { $0.group }, set: { $0.group = $1 }),
        .required(
          "start", .hexadecimal(digits: 1, prefix: true),
          get: { $0.start }, set: { $0.start = $1 }),
        .required(
          "end", .hexadecimal(digits: 1, prefix: true), get: { $0.end }, set: { $0.end = $1 }),
        .required("type", .text, get: { $0.type }, set: { $0.type = $1 }),
      ], empty: ReservedRegion(group: 0, start: 0, end: 0, type: ""),
      spell: { region in
        .value(
          "group \(region.group) 0x" + region.start.hexadecimal(width: 1) + " to 0x"
            + region.end.hexadecimal(width: 1) + " " + region.type)
      })
  }
}

extension JSONForm where Value == DisplayConnector {
  /// A socket of a graphics card.
  static var connector: JSONForm {
    .record(
      [
        .required("name", .text, get: { $0.name }, set: { $0.name = $1 }),
        .required("function", .address, get: { $0.function }, set: { $0.function = $1 }),
        Fact("isConnected", .flag, .part, get: { $0.isConnected }, set: { $0.isConnected = $1 }),
        Fact("isEnabled", .flag, .part, get: { $0.isEnabled }, set: { $0.isEnabled = $1 }),
      ], empty: DisplayConnector(name: "", function: .zero))
  }
}

extension JSONForm where Value == PassthroughNode {
  /// The node of a group below /dev/vfio.
  static var passthroughNode: JSONForm {
    .record(
      [
        .required("group", .integer(0...Int(Int32.max)), get: { $0.group }, set: { $0.group = $1 }),
        .required("owner", .integer(), get: { $0.owner }, set: { $0.owner = $1 }),
        .required(
          "permissions", .integer(0...0o777), get: { $0.permissions },
          set: { $0.permissions = $1 }),
      ], empty: PassthroughNode(group: 0, owner: 0, permissions: 0),
      spell: { node in
        .value(
          "group \(node.group) of user \(node.owner) with "
            + "0" + String(node.permissions, radix: 8))
      })
  }
}

extension JSONForm where Value == OpenNode {
  /// A node that a program has open; its process id changes and means nothing.
  static var openNode: JSONForm {
    .record(
      [
        .required("function", .address, get: { $0.function }, set: { $0.function = $1 }),
        .required("path", .text, get: { $0.path }, set: { $0.path = $1 }),
        .required("process", .text, get: { $0.process }, set: { $0.process = $1 }),
        .required(
          "processID", .integer(0...Int(Int32.max)), get: { $0.processID },
          set: { $0.processID = $1 }),
      ], empty: OpenNode(function: .zero, path: "", process: "", processID: 0))
  }
}
