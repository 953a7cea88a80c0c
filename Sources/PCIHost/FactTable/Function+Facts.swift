// SPDX-License-Identifier: Apache-2.0

public import PCI

extension Function {
  /// Every fact of a function, in the order in which documents have them.
  public static let facts: [Fact<Function>] =
    identityFacts + stateFacts + [capabilitiesFact, configurationFact]

  /// What reads a function of a document.
  static let readers = (facts + [unrecordedFact]).map { $0.reader }

  /// What reads a function of a document that has its bytes.
  static let readersBesideCapabilities = readers.filter { $0.name != "capabilities" }

  /// Where a function is and what it is.
  static let identityFacts: [Fact<Function>] = [
    .required(
      "address", .address, .kernel(linux: ".", freeBSD: "PCIOCGETCONF"), role: .identity,
      get: { $0.address }, set: { $0.address = $1 }),
    .required(
      "vendorID", .hexadecimal(digits: 4), .kernel(linux: "uevent", freeBSD: "PCIOCGETCONF"),
      get: { $0.identity.vendorID }, set: { $0.identity.vendorID = $1 }
    ).orLost(.identity),
    .required(
      "deviceID", .hexadecimal(digits: 4), .kernel(linux: "uevent", freeBSD: "PCIOCGETCONF"),
      get: { $0.identity.deviceID }, set: { $0.identity.deviceID = $1 }
    ).orLost(.identity),
    Fact(
      "subsystemVendorID", .hexadecimal(digits: 4),
      .kernel(linux: "uevent", freeBSD: "PCIOCGETCONF"), absence: .noneOrNotRecorded,
      get: { $0.identity.subsystemVendorID }, set: { $0.identity.subsystemVendorID = $1 }),
    Fact(
      "subsystemID", .hexadecimal(digits: 4),
      .kernel(linux: "uevent", freeBSD: "PCIOCGETCONF"), absence: .noneOrNotRecorded,
      get: { $0.identity.subsystemID }, set: { $0.identity.subsystemID = $1 }),
    Fact(
      "revisionID", .hexadecimal(digits: 2),
      .kernel(linux: "revision", freeBSD: "PCIOCGETCONF"),
      get: { $0.identity.revisionID }, set: { $0.identity.revisionID = $1 }),
    Fact(
      "classCode", .classCode, .kernel(linux: "uevent", freeBSD: "PCIOCGETCONF"),
      get: { $0.classCode }, set: { $0.classCode = $1 }),
  ]

  /// How a function is set up, and who holds it.
  static let stateFacts: [Fact<Function>] = [
    Fact(
      "headerType", .headerType, .kernel(linux: "uevent", freeBSD: "PCIOCGETCONF"),
      get: { $0.headerType }, set: { $0.headerType = $1 }),
    Fact(
      "isMultiFunction", .flag,
      .kernel(linux: "config", freeBSD: "PCIOCREAD", cost: .configurationSpace),
      get: { $0.isMultiFunction }, set: { $0.isMultiFunction = $1 }),
    Fact(
      "driver", .driver, .kernel(linux: "uevent", freeBSD: "PCIOCGETCONF"), absence: .none,
      get: { $0.driver }, set: { $0.driver = $1 }
    ).told(.driver),
    Fact(
      "iommuGroup", .integer(0...Int(Int32.max)), .kernel(linux: "iommu_group"),
      absence: .none, role: .label,
      get: { $0.iommuGroup }, set: { $0.iommuGroup = $1 }
    ).told(.iommuGroup),
    Fact(
      "bars", .list(.baseAddressRegister), .kernel(linux: "resource", freeBSD: "PCIOCGETBAR"),
      get: {
        $0.unrecorded.contains(.baseAddressRegisters) ? nil : $0.baseAddressRegisters
      },
      set: {
        $0.baseAddressRegisters = $1 ?? []
        if $1 == nil { $0.unrecorded.insert(.baseAddressRegisters) }
      }),
    Fact(
      "upstream", .upstream, .kernel(linux: ".", freeBSD: "sysctl dev.pcib"),
      get: { $0.upstream == .unknown ? nil : $0.upstream }, set: { $0.upstream = $1 ?? .unknown }),
    Fact(
      "bridge", .buses, .kernel(linux: "/sys/class/pci_bus", freeBSD: "PCIOCGETCONF"),
      absence: .none, get: { $0.bridge }, set: { $0.bridge = $1 }
    ).told(.bridge),
    Fact(
      "physicalFunction", .address, .kernel(linux: "physfn"), absence: .none,
      get: { $0.physicalFunction }, set: { $0.physicalFunction = $1 }
    ).told(.physicalFunction),
    Fact(
      "virtualFunctions", .virtualFunctions, .kernel(linux: "sriov_numvfs"),
      absence: .none,
      get: { $0.virtualFunctions }, set: { $0.virtualFunctions = $1 }
    ).told(.virtualFunctions),
    Fact(
      "numaNode", .integer(0...Int(Int32.max)),
      .kernel(linux: "numa_node", freeBSD: "PCIOCGETCONF"), absence: .none,
      get: { $0.numaNode }, set: { $0.numaNode = $1 }
    ).told(.numaNode),
    Fact(
      "interrupt", .integer(), .kernel(linux: "irq"), absence: .none,
      get: { $0.interrupt }, set: { $0.interrupt = $1 }
    ).told(.interrupt),
    Fact(
      "powerState", .choice(PowerState.allCases) { $0.name }, .kernel(linux: "power_state"),
      get: { $0.powerState }, set: { $0.powerState = $1 }),
    Fact(
      "resetMethods", .list(.resetMethod), .kernel(linux: "reset_method"),
      get: { $0.resetMethods }, set: { $0.resetMethods = $1 }),
    Fact(
      "isBootVGA", .flag, .kernel(linux: "boot_vga"), absence: .none,
      get: { $0.isBootVGA }, set: { $0.isBootVGA = $1 }
    ).told(.bootVGA),
    Fact(
      "slotName", .text, .kernel(linux: "/sys/bus/pci/slots"), absence: .none,
      get: { $0.slotName }, set: { $0.slotName = $1 }
    ).told(.slotName),
    Fact(
      "label", .text, .kernel(linux: "label"), absence: .none,
      get: { $0.label }, set: { $0.label = $1 }
    ).told(.label),
    Fact(
      "driverOverride", .text, .kernel(linux: "driver_override"), absence: .none,
      get: { $0.driverOverride }, set: { $0.driverOverride = $1 }
    ).told(.driverOverride),
    Fact("printedName", .text, .part, get: { $0.printedName }, set: { $0.printedName = $1 }),
  ]

  /// The capabilities as a text lists them, where there are no bytes that tell.
  static let capabilitiesFact = Fact<Function>(
    "capabilities", .list(.listedCapability),
    .kernel(linux: "config", freeBSD: "PCIOCREAD", cost: .configurationSpace),
    detail: .decoded, get: { $0.listedCapabilities }, set: { $0.listedCapabilities = $1 })

  /// The bytes; a document has what they say beside them, which is not read back.
  static let configurationFact = Fact<Function>(
    "configuration", .configuration,
    .kernel(linux: "config", freeBSD: "PCIOCREAD", cost: .configurationSpace),
    detail: .snapshot, isNullable: false, compare: configurationChanges,
    get: { $0.configuration }, set: { $0.configuration = $1 })

  /// The names of the facts that the record says nothing of: what is known of facts,
  /// and none itself.
  static let unrecordedFact: Fact<Function> = .defaulting(
    to: [], "notRecorded", .list(.choice(UnrecordedFacts.named.map { $0.name }) { $0 }), .part,
    absence: .none, role: .label,
    get: { function in
      function.unrecorded.isEmpty
        ? []
        : UnrecordedFacts.named.filter { function.unrecorded.contains($0.fact) }.map { $0.name }
    },
    set: { function, names in
      for named in UnrecordedFacts.named where names.contains(named.name) {
        function.unrecorded.insert(named.fact)
      }
    })
}

extension Fact<Function> {
  /// The fact that no record is without but one that says so: null there.
  func orLost(_ fact: UnrecordedFacts) -> Fact {
    told(
      isMissing: { $0.unrecorded.contains(fact) }, lose: { $0.unrecorded.insert(fact) },
      absence: .impossible)
  }

  /// The fact where a record tells "there is none" and "nobody wrote it down" apart.
  func told(_ fact: UnrecordedFacts) -> Fact {
    told(isMissing: { $0.unrecorded.contains(fact) }, lose: { $0.unrecorded.insert(fact) })
  }
}
