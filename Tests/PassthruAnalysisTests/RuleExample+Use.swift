// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost

@testable import PassthruAnalysis

extension RuleExample {
  /// What a user may do on a Linux machine, and who uses its devices.
  static let use: [RuleExample] = [
    RuleExample(
      "display.connected",
      speaks: { display(&$0, [("card0-DP-1", false, false), ("card0-HDMI-A-1", true, true)]) },
      isSilent: { display(&$0, [("card0-DP-1", false, false), ("card0-DP-2", true, false)]) }),
    RuleExample(
      "driver.open",
      speaks: { display(&$0, [], open: [("/dev/dri/card0", "Xorg")]) },
      isSilent: { display(&$0, [], open: [], seesAll: true) }),
    RuleExample(
      // Nobody looked, or not everywhere.
      "driver.open", speaks: { display(&$0, [], open: []) },
      isSilent: { display(&$0, [], open: [], seesAll: true, driver: nil) }),
    RuleExample(
      "guest.in-use",
      speaks: { display(&$0, [], open: [("/dev/vfio/1", "qemu-system-x86")], driver: "vfio-pci") },
      isSilent: { display(&$0, [], open: [], seesAll: true, driver: "vfio-pci") }),
    RuleExample(
      "guest.in-use", speaks: { display(&$0, [], open: [], driver: "vfio-pci") },
      isSilent: { display(&$0, [], open: []) }),
    .function(
      "guest.in-use", .bhyve, speaks: { $0.driver = DriverBinding(name: "ppt", unit: 0) },
      isSilent: { $0.driver = DriverBinding(name: "em", unit: 0) }),
    linux("kernel.lockdown", speaks: { $0.lockdown = "integrity" }) { $0.lockdown = "none" },
    linux("system.virtualization", speaks: { $0.hasVirtualization = false }) {
      $0.hasVirtualization = true
    },
    linux("memory.limit", speaks: { $0.lockedMemoryLimit = 8 << 20 }) {
      $0.lockedMemoryLimit = .max
    },
    linux(
      "node.permission",
      speaks: { $0.passthroughNodes = [PassthroughNode(group: 1, owner: 0, permissions: 0o600)] }
    ) {
      // Another group's; and one that a udev rule gave to a user.
      $0.passthroughNodes = [
        PassthroughNode(group: 2, owner: 0, permissions: 0o600),
        PassthroughNode(group: 1, owner: 64055, permissions: 0o600),
      ]
    },
  ]

  /// What the firmware's table DMAR says.
  static let remapping: [RuleExample] = [
    .host(
      "iommu.no-unit", .bhyve,
      speaks: { $0.remapping = RemappingFacts(units: [unit(servesRest: true)], leadingUnits: 0) },
      isSilent: { $0.remapping = RemappingFacts(units: [unit(servesRest: true)], leadingUnits: 1) }
    ),
    .host(
      "iommu.scope", .bhyve,
      speaks: { $0.remapping = RemappingFacts(units: [unit(scopes: [])], leadingUnits: 1) },
      isSilent: {
        $0.remapping = RemappingFacts(
          units: [unit(scopes: [DeviceScope(kind: 1, bus: 1, path: [0])])], leadingUnits: 1)
      }),
    RuleExample(
      // The bridge 00:1c.0 is named, and with it what is behind it.
      "iommu.reserved-memory", .bhyve, speaks: { behindPort(&$0, kind: 2, path: [0x1c << 3]) },
      // An endpoint at the port's place stands for itself alone.
      isSilent: { behindPort(&$0, kind: 1, path: [0x1c << 3]) }),
    RuleExample(
      // The way leads through the port to the function; and to another one.
      "iommu.reserved-memory", .bhyve,
      speaks: { behindPort(&$0, kind: 1, path: [0x1c << 3, 0]) },
      isSilent: { behindPort(&$0, kind: 1, path: [0x1c << 3, 1]) }),
    RuleExample(
      "resv.direct", speaks: { behindPort(&$0, kind: 1, path: [0x1c << 3, 0]) },
      // Linux lets USB controllers go.
      isSilent: { behindPort(&$0, kind: 1, path: [0x1c << 3, 0], 0x0c0330) }),
  ]

  private static func unit(
    servesRest: Bool = false, scopes: [DeviceScope] = []
  ) -> RemappingFacts.Unit {
    RemappingFacts.Unit(domain: 0, servesRest: servesRest, scopes: scopes)
  }

  /// A function behind a port, and memory that the firmware wants for a scope.
  private static func behindPort(
    _ small: inout SmallHost, kind: UInt8, path: [UInt8], _ classCode: UInt32 = 0x020000
  ) {
    small.add("05:00.0", classCode) { $0.upstream = .bridge(at("00:1c.0")) }
    small.addBridge("00:1c.0", to: 5)
    small.host.remapping = RemappingFacts(
      units: [unit(servesRest: true)], leadingUnits: 1,
      reservedMemory: [
        RemappingFacts.ReservedMemory(
          domain: 0, start: 0xbdf6_f000, end: 0xbdf7_efff,
          scopes: [DeviceScope(kind: kind, bus: 0, path: path)])
      ])
  }

  /// A graphics card in group 1, with its connectors and what is open.
  private static func display(
    _ small: inout SmallHost, _ connectors: [(String, Bool, Bool)],
    open: [(String, String)]? = nil, seesAll: Bool = false, driver: String? = "i915"
  ) {
    let card = small.add("01:00.0", 0x030000) {
      $0.iommuGroup = 1
      $0.driver = driver.map { DriverBinding(name: $0) }
    }
    var facts = LinuxFacts()
    facts.connectors = connectors.map {
      DisplayConnector(name: $0.0, function: card, isConnected: $0.1, isEnabled: $0.2)
    }
    facts.openNodes = open?.map {
      OpenNode(function: card, path: $0.0, process: $0.1, processID: 4711)
    }
    facts.seesAllPrograms = seesAll
    small.host.linux = facts
  }

  /// An example that differs in a fact of a Linux host only.
  private static func linux(
    _ id: String, speaks: @escaping @Sendable (inout LinuxFacts) -> Void,
    isSilent: @escaping @Sendable (inout LinuxFacts) -> Void
  ) -> RuleExample {
    func build(
      _ fill: @escaping @Sendable (inout LinuxFacts) -> Void
    ) -> @Sendable (inout SmallHost) -> Void {
      {
        $0.add("01:00.0") { $0.iommuGroup = 1 }
        var facts = LinuxFacts()
        fill(&facts)
        $0.host.linux = facts
      }
    }
    return RuleExample(id, speaks: build(speaks), isSilent: build(isSilent))
  }
}
