// SPDX-License-Identifier: Apache-2.0
//
// Long because it is one table: two built hosts for each rule.
//
// One example a rule: a table is read as a whole, and so is in one file.

import PCI
import PCIHost

@testable import PassthruAnalysis

extension RuleExample {
  static let all: [RuleExample] =
    device + host + iommu + group + reset + window + interrupt + rest
    + use + remapping

  private static let device: [RuleExample] = [
    .function("dev.bridge", speaks: { $0.headerType = .bridge }),
    .function("dev.chipset", speaks: { $0.classCode = ClassCode(rawValue: 0x060100) }),
    RuleExample(
      "dev.domain", .bhyve, speaks: { $0.add("0001:01:00.0") }, isSilent: { $0.add("01:00.0") }),
    .host(
      "system.architecture", .bhyve, speaks: { $0.system.architecture = "arm64" },
      isSilent: { $0.system.architecture = "amd64" }),
    .host(
      "system.virtualization", .bhyve,
      speaks: { $0.freeBSD = sysctls(["hw.vmm.vmx.initialized": "0"]) },
      isSilent: {
        $0.freeBSD = sysctls(["hw.vmm.vmx.initialized": "0", "hw.vmm.svm.features": "4095"])
      }),
    .host(
      "system.securelevel", .bhyve, speaks: { $0.freeBSD = sysctls(["kern.securelevel": "1"]) },
      isSilent: { $0.freeBSD = sysctls(["kern.securelevel": "-1"]) }),
    .function(
      "dev.denylist", .vfio, 0x0b4000,
      speaks: { $0.identity = Identity(vendorID: 0x8086, deviceID: 0x37c8) }),
    RuleExample(
      "dev.vmd-child",
      speaks: {
        $0.add("10000:e1:00.0", 0x010802) { $0.upstream = .bridge(at("10000:e0:06.0")) }
        $0.addBridge("10000:e0:06.0", to: 0xe1) { $0.upstream = .bridge(at("00:0e.0")) }
        $0.add("00:0e.0", 0x010400)
      },
      isSilent: { $0.add("0001:01:00.0", 0x010802) }),
    .function(
      "dev.pf-with-vfs", speaks: { $0.virtualFunctions = .init(total: 8, enabled: 2) },
      isSilent: { $0.virtualFunctions = .init(total: 8, enabled: 0) }),
    .function("dev.vf", speaks: { $0.physicalFunction = at("01:00.1") }),
    .function("dev.unnamed", speaks: { $0.forget(.identity) }),
    .function("dev.gone", speaks: { $0.headerType = HeaderType(rawValue: 0x7f) }),
    RuleExample(
      "group.own-pf",
      speaks: {
        $0.add("01:10.0") {
          $0.physicalFunction = at("01:00.0")
          $0.iommuGroup = 1
        }
        $0.add("01:00.0") {
          $0.iommuGroup = 1
          $0.driver = DriverBinding(name: "mlx5_core")
        }
      },
      isSilent: {
        $0.add("01:10.0") {
          $0.physicalFunction = at("01:00.0")
          $0.iommuGroup = 2
        }
        $0.add("01:00.0") {
          $0.iommuGroup = 1
          $0.driver = DriverBinding(name: "mlx5_core")
        }
      }),
    RuleExample(
      "dev.twins",
      speaks: {
        $0.add("01:00.0")
        $0.add("02:00.0")
      },
      isSilent: {
        $0.add("01:00.0")
        $0.add("02:00.0", id: (0x8086, 0x1521))
      }),
    .function(
      "sriov.pf", speaks: { $0.virtualFunctions = .init(total: 8, enabled: 0) },
      isSilent: { $0.virtualFunctions = .init(total: 0, enabled: 0) }),
  ]

  private static let host: [RuleExample] = [
    .dependency("host.file-system", .fileSystem), .dependency("host.swap", .swap),
    .dependency("host.default-route", .defaultRoute), .dependency("host.session", .session),
    .dependency("host.network", .network), .dependency("host.program", .program),
    .dependency("host.console", .console), .dependency("host.keyboard", .keyboard),
    .only("host.only-display", 0x030000), .only("host.only-network", 0x020000),
    .only("host.only-usb", 0x0c0330),
    .host(
      "host.unrecorded", speaks: { $0.$dependencies = Recordable() },
      isSilent: {
        $0.dependencies = [
          HostDependency(kind: .swap, subject: "swap", chain: [], function: at("09:00.0"))
        ]
      }),
    .function(
      "host.thunderbolt", .vfio, 0x0c0340, speaks: { _ in },
      isSilent: {
        $0.classCode = ClassCode(rawValue: 0x0c0330)
      }),
    .function(
      "host.amenity", .vfio, 0x040300, speaks: { $0.driver = DriverBinding(name: "snd_hda_intel") }),
  ]

  private static let iommu: [RuleExample] = [
    .host("iommu.off", speaks: { $0.iommu.isEnabled = false }),
    .host(
      "iommu.disabled", .bhyve, speaks: { $0.freeBSD = sysctls(["hw.vmm.iommu.enable": "0"]) },
      isSilent: { $0.freeBSD = sysctls(["hw.vmm.iommu.enable": "1"]) }),
    .host(
      "iommu.amd-off", .bhyve,
      speaks: {
        $0.iommu.kind = .amd
        $0.freeBSD = sysctls(["hw.vmm.amdvi.enable": "0"])
      }, isSilent: { $0.freeBSD = sysctls(["hw.vmm.amdvi.enable": "0"]) }),
    .host(
      "iommu.unproven", .bhyve,
      speaks: { $0.freeBSD = sysctls(["hw.vmm.iommu.initialized": "0"]) },
      isSilent: { $0.freeBSD = sysctls(["hw.vmm.iommu.initialized": "1"]) }),
    .host(
      "iommu.nested", .bhyve, speaks: { $0.freeBSD = sysctls(["kern.vm_guest": "kvm"]) },
      isSilent: { $0.freeBSD = sysctls(["kern.vm_guest": "none"]) }),
    .host(
      "iommu.several-units", .bhyve,
      speaks: {
        $0.iommu.units = ["dmar0", "dmar1"]
        $0.system.release = "12.1-RELEASE-p6"
      },
      isSilent: {
        $0.iommu.units = ["dmar0", "dmar1"]
        $0.system.release = "12.1-RELEASE-p7"
      }),
    .host(
      "iommu.release-14-3", .bhyve, speaks: { $0.system.release = "14.3-RELEASE" },
      isSilent: { $0.system.release = "14.2-RELEASE" }),
    RuleExample(
      "iommu.no-group",
      speaks: {
        $0.add("01:00.0")
        $0.add("02:00.0") { $0.iommuGroup = 1 }
      },
      isSilent: {
        $0.add("01:00.0") { $0.iommuGroup = 0 }
        $0.add("02:00.0") { $0.iommuGroup = 1 }
      }),
    .host("ir.missing", speaks: { $0.iommu.remapsInterrupts = false }),
  ]

  private static let group: [RuleExample] = [
    .host(
      "resv.direct",
      speaks: {
        $0.functions[0].iommuGroup = 3
        $0.linux = LinuxFacts()
        $0.linux?.reservedRegions = [
          ReservedRegion(group: 3, start: 0x1000, end: 0x1fff, type: "direct")
        ]
      },
      isSilent: {
        $0.functions[0].iommuGroup = 3
        $0.linux = LinuxFacts()
        $0.linux?.reservedRegions = [
          ReservedRegion(group: 3, start: 0x1000, end: 0x1fff, type: "direct-relaxable"),
          ReservedRegion(group: 4, start: 0x1000, end: 0x1fff, type: "direct"),
        ]
      }),
    RuleExample(
      "group.shared-host",
      speaks: {
        $0.add("01:00.0") { $0.iommuGroup = 1 }
        $0.add("02:00.0") { $0.iommuGroup = 1 }
      },
      isSilent: {
        // A port is a member like any other, and no obstacle.
        $0.add("01:00.0") { $0.iommuGroup = 1 }
        $0.addBridge("00:01.0", to: 1) { $0.iommuGroup = 1 }
        $0.add("02:00.0") { $0.iommuGroup = 2 }
      }),
    RuleExample(
      "group.split-functions",
      speaks: {
        $0.add("01:00.0")
        $0.add("01:00.1")
      },
      isSilent: {
        $0.add("01:00.0")
        // Another device, and a virtual function that happens to share the number.
        $0.add("01:01.0")
        $0.add("01:00.2") { $0.physicalFunction = at("01:00.0") }
      }),
    RuleExample(
      "group.predicted", speaks: { twoFunctions(&$0, hasACS: false) },
      isSilent: {
        twoFunctions(&$0, hasACS: true)
      }),
    RuleExample(
      "group.not-isolated", .bhyve, speaks: { twoFunctions(&$0, hasACS: false) },
      isSilent: { twoFunctions(&$0, hasACS: true) }),
    RuleExample(
      "group.legacy-bridge", .bhyve,
      speaks: { behind(.expressToPCIBridge, &$0) }, isSilent: { behind(.rootPort, &$0) }),
    .host(
      "group.override",
      speaks: {
        $0.linux = LinuxFacts()
        $0.linux?.commandLine = "quiet pcie_acs_override=downstream,multifunction"
      },
      isSilent: {
        $0.linux = LinuxFacts()
        $0.linux?.commandLine = "quiet"
      }),
  ]

  private static let reset: [RuleExample] = [
    .function(
      "reset.none", speaks: { $0.resetMethods = [] },
      isSilent: { $0.resetMethods = [.functionLevel, .bus] }),
    .function(
      "reset.power", .bhyve,
      speaks: { $0.configuration = space { $0.add(0x01, [3, 0, 0, 0, 0, 0]) } },
      isSilent: { $0.configuration = space { $0.add(0x01, [3, 0, 8, 0, 0, 0]) } }),
    .function(
      "reset.bus-only", speaks: { $0.resetMethods = [.bus] },
      isSilent: { $0.resetMethods = [.powerManagement, .bus] }),
    .function(
      "reset.amd", .vfio, 0x030000,
      speaks: {
        $0.identity = Identity(vendorID: 0x1002, deviceID: 0x67df)
        $0.resetMethods = [.bus]
      },
      isSilent: {
        $0.identity = Identity(vendorID: 0x1002, deviceID: 0x67df)
        $0.resetMethods = [.deviceSpecific, .bus]
      }),
    .function(
      "reset.quirk-no-flr",
      speaks: { $0.identity = Identity(vendorID: 0x1022, deviceID: 0x149c) }),
  ]

  private static let window: [RuleExample] = [
    .function(
      "bar.unset", speaks: { $0.baseAddressRegisters = [windowAt(0, at: nil, size: 4096)] },
      isSilent: { $0.baseAddressRegisters = [windowAt(0, size: 4096)] }),
    .function(
      "bar.alignment", .bhyve,
      speaks: { $0.baseAddressRegisters = [windowAt(0, at: 0xfe00_0100, size: 256)] },
      isSilent: {
        $0.baseAddressRegisters = [
          windowAt(0, size: 4096), windowAt(2, .io, at: 0xe020, size: 32),
        ]
      }),
    .function(
      "bar.disabled", .bhyve,
      speaks: { $0.baseAddressRegisters = [windowAt(0, size: 4096, isEnabled: false)] },
      isSilent: { $0.baseAddressRegisters = [windowAt(0, size: 4096)] }),
    .function(
      "bar.io", .bhyve,
      speaks: { $0.baseAddressRegisters = [windowAt(0, .io, at: 0xe020, size: 32)] },
      isSilent: { $0.baseAddressRegisters = [windowAt(0, size: 4096)] }),
    .function(
      "bar.window-32", .bhyve,
      speaks: {
        $0.baseAddressRegisters = [windowAt(0, size: 512 << 20), windowAt(1, size: 4096)]
      },
      isSilent: {
        $0.baseAddressRegisters = [windowAt(0, size: 512 << 20)]
      }),
    .function(
      "bar.window-64", .bhyve,
      speaks: { $0.baseAddressRegisters = [windowAt(0, .memory64, size: 64 << 30)] },
      isSilent: { $0.baseAddressRegisters = [windowAt(0, .memory64, size: 32 << 30)] }),
    .host(
      "bar.held",
      speaks: {
        $0.childDevices = [
          ChildDevice(kind: .framebuffer, name: "fb0", function: at("01:00.0"))
        ]
      },
      isSilent: {
        $0.functions[0].driver = DriverBinding(name: "amdgpu")
        $0.childDevices = [
          ChildDevice(kind: .framebuffer, name: "fb0", function: at("01:00.0"))
        ]
      }),
  ]

  private static let interrupt: [RuleExample] = [
    .function(
      "msi.none", .bhyve, speaks: { $0.configuration = space { _ in } },
      isSilent: { $0.configuration = space { $0.addExpress(.endpoint) } }),
    .function(
      "msi.emulated", .bhyve, speaks: { $0.configuration = space { $0.addExpress(.endpoint) } },
      isSilent: {
        $0.configuration = space { $0.add(0x05, [UInt8](repeating: 0, count: 12)) }
      }),
    .host(
      "msi.disabled", .bhyve, speaks: { $0.freeBSD = sysctls(["hw.pci.enable_msix": "0"]) },
      isSilent: { $0.freeBSD = sysctls(["hw.pci.enable_msix": "1"]) }),
    .function(
      "msix.table", .bhyve,
      speaks: {
        // 64 vectors at offset 0xe00 of window 3: they end 512 bytes past a page.
        $0.configuration = space { $0.add(0x11, [63, 0, 0x03, 0x0e, 0, 0, 3, 0, 0, 0]) }
        $0.baseAddressRegisters = [windowAt(3, size: 4096)]
      },
      isSilent: {
        $0.configuration = space { $0.add(0x11, [31, 0, 0x03, 0x0e, 0, 0, 3, 0, 0, 0]) }
        $0.baseAddressRegisters = [windowAt(3, size: 4096)]
      }),
    .function(
      "intx.broken", speaks: { $0.identity = Identity(vendorID: 0x8086, deviceID: 0x1572) }),
  ]

  private static let rest: [RuleExample] = [
    .host(
      "pptdevs.syntax", .bhyve, speaks: { $0.freeBSD = pptdevs("9/1/0,1/0/0") },
      isSilent: { $0.freeBSD = pptdevs("9/1/0 1/0/0") }),
    .host(
      "pptdevs.pending", .bhyve, speaks: { $0.freeBSD = pptdevs("1/0/0") },
      isSilent: {
        $0.functions[0].driver = DriverBinding(name: "ppt", unit: 0)
        $0.freeBSD = pptdevs("1/0/0")
      }),
    .host(
      // 1/0/0 is there, 9/1/0 is not.
      "pptdevs.stale", .bhyve, speaks: { $0.freeBSD = pptdevs("1/0/0 9/1/0") },
      isSilent: { $0.freeBSD = pptdevs("1/0/0") }),
    .host(
      "vmm.not-loaded", .bhyve, speaks: { $0.freeBSD = sysctls(["kern.securelevel": "-1"]) },
      isSilent: { $0.freeBSD = sysctls(["hw.vmm.maxcpu": "16"]) }),
    .host(
      "vmm.late", .bhyve,
      speaks: {
        $0.freeBSD = pptdevs("1/0/0")
        $0.freeBSD?.sysctls = [NamedValue(name: "hw.vmm.maxcpu", value: "16")]
      },
      isSilent: {
        $0.freeBSD = pptdevs("1/0/0")
        $0.freeBSD?.sysctls = [NamedValue(name: "hw.vmm.maxcpu", value: "16")]
        $0.freeBSD?.kernelEnvironment.append(NamedValue(name: "vmm_load", value: "YES"))
      }),
    RuleExample(
      "unit.renumber", .bhyve,
      speaks: {
        $0.add("01:00.0") { $0.driver = DriverBinding(name: "em", unit: 0) }
        $0.add("02:00.0") { $0.driver = DriverBinding(name: "em", unit: 1) }
      },
      isSilent: {
        $0.add("02:00.0") { $0.driver = DriverBinding(name: "em", unit: 1) }
        $0.add("01:00.0") { $0.driver = DriverBinding(name: "em", unit: 0) }
        $0.host.isInKernelOrder = false
      }),
    .function(
      "driver.in-use", speaks: { $0.driver = DriverBinding(name: "igb") },
      isSilent: { $0.driver = DriverBinding(name: "vfio-pci") }),
    .function(
      "display.primary", .vfio, 0x030000, speaks: { $0.isBootVGA = true },
      isSilent: { $0.isBootVGA = false }),
    .function(
      "display.intel", .bhyve, 0x030000, speaks: { _ in },
      isSilent: { $0.identity = Identity(vendorID: 0x10de, deviceID: 0x2184) }),
    .function(
      "display.rom", .vfio, 0x030000, speaks: { _ in },
      isSilent: {
        $0.classCode = ClassCode(rawValue: 0x020000)
      }),
    .function(
      "power.d3cold", speaks: { $0.powerState = .d3cold }, isSilent: { $0.powerState = .d3hot }),
    RuleExample(
      "numa.node",
      speaks: {
        $0.add("01:00.0") { $0.numaNode = 0 }
        $0.add("81:00.0") { $0.numaNode = 1 }
      },
      isSilent: {
        $0.add("01:00.0") { $0.numaNode = 0 }
        $0.add("81:00.0") { $0.numaNode = 0 }
      }),
    .function(
      "link.degraded",
      speaks: { $0.configuration = link(speed: 1, width: 4) },
      isSilent: { $0.configuration = link(speed: 3, width: 8) }),
    .host(
      "kernel.module",
      speaks: {
        $0.linux = LinuxFacts()
        $0.linux?.modules = ["e1000e"]
      },
      isSilent: {
        $0.linux = LinuxFacts()
        $0.linux?.modules = ["e1000e", "vfio_pci"]
      }),
  ]

  /// An endpoint whose link could run at 8 GT/s x8.
  private static func link(speed: UInt8, width: UInt8) -> ConfigurationSpace {
    space {
      var body = [UInt8](repeating: 0, count: 58)
      body[0] = 2
      body[10] = 0x83
      body[16] = speed | width << 4
      $0.add(0x10, body)
    }
  }

  /// A device with two functions right below an isolating root port.
  private static func twoFunctions(_ small: inout SmallHost, hasACS: Bool) {
    small.host.iommu.isEnabled = false
    for function in 0..<2 {
      small.add("01:00.\(function)") {
        $0.upstream = .bridge(at("00:01.0"))
        $0.isMultiFunction = true
        $0.configuration = space(header: 0x80) {
          $0.addExpress(.endpoint)
          if hasACS { $0.addAccessControl(supported: 0x1d, enabled: 0) }
        }
      }
    }
    small.addBridge("00:01.0", to: 1) {
      $0.configuration = space(header: 1) {
        $0.addExpress(.rootPort)
        $0.addAccessControl(supported: 0x1d, enabled: 0)
      }
    }
  }

  /// An endpoint behind a bridge of some type.
  private static func behind(_ type: PortType, _ small: inout SmallHost) {
    small.add("01:00.0") { $0.upstream = .bridge(at("00:01.0")) }
    small.addBridge("00:01.0", to: 1) {
      $0.configuration = space(header: 1) { $0.addExpress(type) }
    }
  }

  private static func sysctls(_ values: [String: String]) -> FreeBSDFacts {
    FreeBSDFacts(sysctls: values.map { NamedValue(name: $0.key, value: $0.value) })
  }

  private static func pptdevs(_ value: String) -> FreeBSDFacts {
    FreeBSDFacts(kernelEnvironment: [NamedValue(name: "pptdevs", value: value)])
  }
}
