// SPDX-License-Identifier: Apache-2.0

extension Machine {
  /// Every fact of a host but its functions, in the order in which documents have them.
  ///
  /// What the system tells besides is one fact made of parts (`linux`, `iommu`);
  /// `leaves` has the parts in its place.
  public static let facts: [Fact<Machine>] = systemFacts + platformFacts + useFacts + [gapsFact]

  /// Which system runs on the machine.
  static let systemFacts: [Fact<Machine>] = [
    .defaulting(
      to: .unknown, "os", .choice, .kernel(linux: "/sys", freeBSD: "/dev/pci"),
      absence: .notRecorded, get: { $0.system.family }, set: { $0.system.family = $1 }),
    Fact(
      "kernel", .text, .kernel(linux: "/proc/sys/kernel/osrelease", freeBSD: "uname"),
      get: { $0.system.release }, set: { $0.system.release = $1 }),
    Fact(
      "architecture", .text, .kernel(linux: "uname", freeBSD: "uname"),
      get: { $0.system.architecture }, set: { $0.system.architecture = $1 }),
  ]

  /// What lists show of the machine besides its functions.
  static let platformFacts: [Fact<Machine>] = [
    .group(
      "iommu", IOMMUState.facts, .kernel(linux: "/sys/class/iommu", freeBSD: "sysctl hw.vmm"),
      empty: IOMMUState(), isNullable: false, get: { $0.iommu },
      set: { $0.iommu = $1 ?? IOMMUState() }),
    .defaulting(
      to: false, "isInKernelOrder", .flag, .kernel(freeBSD: "PCIOCGETCONF"),
      absence: .notRecorded, get: { $0.isInKernelOrder }, set: { $0.isInKernelOrder = $1 }),
  ]

  /// What the host itself uses, and what its system tells besides.
  static let useFacts: [Fact<Machine>] = [
    .recordable(
      "childDevices", .list(.childDevice),
      .kernel(linux: "/sys/class", freeBSD: "sysctl dev"), detail: .snapshot,
      get: { $0.$childDevices }, set: { $0.$childDevices = $1 }),
    .recordable(
      "dependencies", .list(.dependency),
      .kernel(linux: "/proc/self/mountinfo", freeBSD: "getfsstat"), detail: .snapshot,
      get: { $0.$dependencies }, set: { $0.$dependencies = $1 }),
    .group(
      "remapping", RemappingFacts.facts,
      .kernel(
        linux: "/sys/firmware/acpi/tables/DMAR", freeBSD: "machdep.acpi_root", cost: .root),
      empty: RemappingFacts(), detail: .snapshot,
      get: { $0.remapping }, set: { $0.remapping = $1 }),
    .group(
      "linux", LinuxFacts.facts, .kernel(linux: "/proc"), empty: LinuxFacts(),
      detail: .snapshot, get: { $0.linux }, set: { $0.linux = $1 }),
    .group(
      "freeBSD", FreeBSDFacts.facts, .kernel(freeBSD: "sysctl"), empty: FreeBSDFacts(),
      detail: .snapshot, get: { $0.freeBSD }, set: { $0.freeBSD = $1 }),
  ]

  /// What could not be known.
  static let gapsFact: Fact<Machine> = .defaulting(
    to: [], "gaps", .list(.gap), .part, absence: .none,
    get: { $0.gaps }, set: { $0.gaps = $1 })
}

extension IOMMUState {
  /// Every fact of an IOMMU.
  static let facts: [Fact<IOMMUState>] = [
    Fact(
      "kind", .choice, .kernel(linux: "/sys/class/iommu", freeBSD: "sysctl hw.vmm"),
      absence: .noneOrNotRecorded, get: { $0.kind }, set: { $0.kind = $1 }),
    Fact(
      "isPresent", .flag,
      .kernel(linux: "/sys/firmware/acpi/tables", freeBSD: "machdep.acpi_root"),
      get: { $0.isPresent }, set: { $0.isPresent = $1 }),
    Fact(
      "isEnabled", .flag,
      .kernel(linux: "/sys/kernel/iommu_groups", freeBSD: "sysctl hw.vmm.iommu.initialized"),
      get: { $0.isEnabled }, set: { $0.isEnabled = $1 }),
    Fact(
      "remapsInterrupts", .flag, .kernel(linux: "/proc/interrupts"),
      get: { $0.remapsInterrupts }, set: { $0.remapsInterrupts = $1 }),
    .recordable(
      "units", .list(.text),
      .kernel(linux: "/sys/class/iommu", freeBSD: "sysctl dev.dmar"),
      get: { $0.$units }, set: { $0.$units = $1 }),
  ]
}

extension FreeBSDFacts {
  /// Every fact that FreeBSD tells besides.
  static let facts: [Fact<FreeBSDFacts>] = [
    Fact(
      "releaseDate", .integer(0...Int(Int32.max)), .kernel(freeBSD: "sysctl kern.osreldate"),
      get: { $0.releaseDate }, set: { $0.releaseDate = $1 }),
    .recordable(
      "sysctls", .list(.namedValue), .kernel(freeBSD: "sysctl"),
      get: { $0.$sysctls }, set: { $0.$sysctls = $1 }),
    .recordable(
      "kernelEnvironment", .list(.namedValue), .kernel(freeBSD: "kenv"),
      get: { $0.$kernelEnvironment }, set: { $0.$kernelEnvironment = $1 }),
    .recordable(
      "driversBefore", .list(.namedValue), .kernel(freeBSD: "/var/db/passthru"),
      get: { $0.$driversBefore }, set: { $0.$driversBefore = $1 }),
  ]
}
