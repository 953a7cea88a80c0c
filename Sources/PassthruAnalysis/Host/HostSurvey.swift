// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Counts and flags of a whole host, for rules that compare functions.
struct HostSurvey: Sendable {
  /// Kinds of devices of which a host wants at least one.
  enum OnlyKind: Hashable, Sendable, CaseIterable {
    case display
    case network
    case usb
  }

  /// Whether the source says what windows functions have; `pciconf -l` does not.
  var recordsWindows = false
  /// The position of the only device of a kind; none where there are several.
  var onlyOne: [OnlyKind: Int] = [:]
  /// The physical functions by vendor and device id.
  var twins: [UInt32: [Int]] = [:]
  /// The NUMA nodes that functions are on.
  var numaNodes: Set<Int> = []
  /// The positions in `host.childDevices` of what drivers made of each function.
  var children: [Int: [Int]] = [:]
  /// The positions in `host.dependencies` of what rests on each function.
  var dependencies: [Int: [Int]] = [:]
  /// A region that the firmware wants mapped one to one, by group.
  var directRegions: [Int: ReservedRegion] = [:]
  /// The functions on each bus.
  var buses: [BusAddress: [Int]] = [:]
  /// Whether the command line makes the kernel believe in isolation.
  var groupsAreFictional: Bool
  /// Whether vfio-pci is known not to be loaded.
  var lacksPassthroughModule = false
  /// The sysctls that are numbers.
  var sysctls: [String: Int] = [:]
  /// Whether sysctls are recorded and none is vmm's.
  var lacksVMM = false
  /// Whether vmm came after the boot loader, with pptdevs set.
  var hasLateVMM = false
  /// What pptdevs names.
  var passthroughList: PassthroughList
  /// FreeBSD's release, where it is known.
  var freeBSDRelease: FreeBSDRelease?

  init(_ host: Host, consumer: Consumer, positions: [FunctionAddress: Int]) {
    groupsAreFictional = AccessControlOverride.isFictional(host.linux?.commandLine)
    passthroughList = PassthroughList(host.freeBSD?.kernelEnvironment ?? [])
    var counts: [OnlyKind: Int] = [:]
    var holdsAny = false
    for (index, function) in host.functions.enumerated() {
      if !function.baseAddressRegisters.isEmpty { recordsWindows = true }
      if let node = function.numaNode { numaNodes.insert(node) }
      if consumer.owns(driver: function.driver?.name) { holdsAny = true }
      buses[function.address.busAddress, default: []].append(index)
      guard function.physicalFunction == nil else { continue }
      let identity = function.identity
      twins[UInt32(identity.vendorID) << 16 | UInt32(identity.deviceID), default: []].append(index)
      guard let kind = Self.kind(function.classCode) else { continue }
      counts[kind, default: 0] += 1
      onlyOne[kind] = index
    }
    for (kind, count) in counts where count > 1 { onlyOne[kind] = nil }
    twins = twins.mapValues { list in
      list.count == 1
        ? list : list.sorted { host.functions[$0].address < host.functions[$1].address }
    }
    for (index, child) in host.childDevices.enumerated() {
      if let function = positions[child.function] { children[function, default: []].append(index) }
    }
    for (index, dependency) in host.dependencies.enumerated() {
      if let function = positions[dependency.function] {
        dependencies[function, default: []].append(index)
      }
    }
    for region in host.linux?.reservedRegions ?? [] where region.type == "direct" {
      if directRegions[region.group] == nil { directRegions[region.group] = region }
    }
    if let modules = host.linux?.modules {
      lacksPassthroughModule = !modules.contains("vfio_pci") && !holdsAny
    }
    readFreeBSD(host)
  }

  private mutating func readFreeBSD(_ host: Host) {
    guard host.system.family == .freebsd || host.system.family == .dragonfly else { return }
    freeBSDRelease = FreeBSDRelease(host)
    guard let facts = host.freeBSD else { return }
    for variable in facts.sysctls {
      if let number = Int(variable.value) { sysctls[variable.name] = number }
    }
    let hasVMM = facts.sysctls.contains { $0.name.utf8.starts(with: "hw.vmm.".utf8) }
    lacksVMM = !facts.sysctls.isEmpty && !hasVMM
    if hasVMM, facts.environment("pptdevs") != nil {
      switch facts.environment("vmm_load") {
      case "YES", "yes": break
      default: hasLateVMM = true
      }
    }
  }

  private static func kind(_ classCode: ClassCode?) -> OnlyKind? {
    guard let classCode else { return nil }
    switch (classCode.baseClass, classCode.subClass) {
    case (0x03, _): return .display
    case (0x02, _): return .network
    case (0x0c, 0x03): return .usb
    default: return nil
    }
  }
}
