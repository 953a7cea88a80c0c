// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Counts and flags of a whole host, for rules that compare functions.
struct HostSurvey: Sendable {
  /// Kinds of devices of which a host wants at least one.
  enum OnlyKind: Int, Hashable, Sendable, CaseIterable {
    case display
    case network
    case usb
  }

  /// Variants of vfio-pci that the kernel lists besides those that are known by name.
  let passthroughModules: [String]
  /// The positions of each physical function's virtual ones.
  private(set) var virtualFunctions: [Int: [Int]] = [:]
  /// Why it is not known which interface the session comes in by; `nil` where it is.
  let sessionGap: Gap?
  /// Why it is not known what the console is on; `nil` where it is.
  let consoleGap: Gap?
  /// Why it is not known where the keyboard is; `nil` where it is.
  let keyboardGap: Gap?
  /// Why it is not known which disks the host's file systems are on.
  let storageGap: Gap?
  /// Why it is not known by which card a file system of another machine is reached.
  let networkStorageGap: Gap?
  /// Why it is not known which card the default route leaves by.
  let routeGap: Gap?
  /// The functions of which no IOMMU group is recorded, on a host that records others'.
  private(set) var withoutRecordedGroup: [FunctionAddress] = []
  /// The functions of whose group the reserved regions are not known.
  private(set) var withoutRegions: Set<FunctionAddress> = []
  /// Why it is not known which interfaces are in use; `nil` where it is.
  let networkGap: Gap?
  /// Why it is not known which disks programs have open; `nil` where it is.
  let programGap: Gap?
  /// Why it is not known whether a function's disks are in use.
  private(set) var diskGaps: [FunctionAddress: Gap] = [:]
  /// Whether the record shows itself to be of some of the machine's functions only.
  let isExcerpt: Bool
  /// The position of the only device of each kind; -1 where there is none, or several.
  private var onlyOnes = [-1, -1, -1]
  /// The physical functions with the same ids.
  private var twinSets: [TwinSet] = []
  /// The place of each function's twins; -1 for virtual functions.
  private var twinPlaces: [Int]
  /// Whether functions are on several NUMA nodes.
  var hasSeveralNodes = false
  /// The positions in `host.childDevices` of what drivers made of each function.
  var children: [Int: [Int]] = [:]
  /// What the host depends on: first what keeps a function with the host.
  ///
  /// Behind that stands what does not: a function that may be taken all the same, or
  /// is handed over already. Few of them are shown, and an allowed disk must not
  /// hide another.
  private(set) var needs: [HostDependency] = []
  /// The positions in `needs` of what rests on each function.
  ///
  /// With an endpoint that holds a domain (Intel VMD), what rests on that domain; with
  /// a physical function, what rests on its virtual ones.
  var dependencies: [Int: [Int]] = [:]
  /// The positions in `needs` of what rests on functions behind each bridge.
  ///
  /// `shownLimit` of a kind at most, for bridges above many disks.
  private(set) var dependenciesBehind: [Int: [Int]] = [:]
  /// How many dependencies of a kind are shown of a function: one that keeps it is enough.
  static let shownLimit = 3
  /// A region that the firmware wants mapped one to one, by group.
  var directRegions: [Int: ReservedRegion] = [:]
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
  /// Who uses the host's devices.
  let use: UseSurvey
  /// Which functions the firmware's table of remapping units means.
  let scopes: RemappingScopes
  /// What pptdevs names and the host does not have.
  private(set) var stalePassthrough: [String] = []
  /// FreeBSD's release, where it is known.
  var freeBSDRelease: FreeBSDRelease?

  init(
    _ index: MachineIndex, consumer: Consumer, allowing: Set<FunctionAddress>
  ) {
    let host = index.host
    let topology = index.topology
    let variants = host.linux?.passthroughModules ?? []
    passthroughModules = variants
    var followed: [String: Gap] = [:]
    for gap in host.gaps {
      guard case .function(let address) = gap.subject else { continue }
      if gap.fact == HostDependency.regionFact { withoutRegions.insert(address) }
      if gap.fact == HostDependency.programFact { diskGaps[address] = gap }
    }
    for gap in host.gaps where gap.subject == .host && followed[gap.fact] == nil {
      followed[gap.fact] = gap
    }
    sessionGap = followed[HostDependency.sessionFact]
    isExcerpt = host.isExcerpt
    consoleGap = followed[HostDependency.consoleFact]
    keyboardGap = followed[HostDependency.keyboardFact]
    storageGap = followed[HostDependency.storageFact]
    networkStorageGap = followed[HostDependency.networkStorageFact]
    routeGap = followed[HostDependency.routeFact]
    networkGap = followed[HostDependency.networkFact]
    programGap = followed[HostDependency.programFact]
    use = UseSurvey(host, index.addresses)
    scopes = RemappingScopes(host, index.addresses, topology)
    groupsAreFictional = AccessControlOverride.isFictional(host.linux?.commandLine)
    passthroughList = PassthroughList(host.freeBSD?.kernelEnvironment ?? [])
    twinPlaces = [Int](repeating: -1, count: host.functions.count)
    var counts = [0, 0, 0]
    var holdsAny = false
    var firstNode: Int?
    var places: [UInt32: Int] = [:]
    for position in index.addresses.sequence {
      let function = host.functions[position]
      if function.unrecorded.contains(.iommuGroup), function.iommuGroup == nil {
        withoutRecordedGroup.append(function.address)
      }
      if let node = function.numaNode {
        if let firstNode, firstNode != node { hasSeveralNodes = true }
        firstNode = node
      }
      if !holdsAny, consumer.owns(driver: function.driver?.name, variants: variants) {
        holdsAny = true
      }
      if let physical = function.physicalFunction {
        if let owner = index.position(of: physical) {
          virtualFunctions[owner, default: []].append(position)
        }
        continue
      }
      let ids = UInt32(function.identity.vendorID) << 16 | UInt32(function.identity.deviceID)
      let place = places[ids] ?? twinSets.count
      if place == twinSets.count {
        places[ids] = place
        twinSets.append(TwinSet())
      }
      twinSets[place].add(position)
      twinPlaces[position] = place
      guard let kind = Self.kind(function.classCode) else { continue }
      counts[kind.rawValue] += 1
      onlyOnes[kind.rawValue] = counts[kind.rawValue] == 1 ? position : -1
    }
    for place in twinSets.indices { twinSets[place].settle(host.functions, consumer) }
    for (place, child) in host.childDevices.enumerated() {
      if let function = index.position(of: child.function) {
        children[function, default: []].append(place)
      }
    }
    func keeps(_ dependency: HostDependency) -> Bool {
      guard !allowing.contains(dependency.function) else { return false }
      let position = index.position(of: dependency.function)
      return !consumer.owns(
        driver: position.flatMap { host.functions[$0].driver?.name }, variants: variants)
    }
    needs = host.dependencies.filter(keeps) + host.dependencies.filter { !keeps($0) }
    for (place, dependency) in needs.enumerated() {
      if let function = index.position(of: dependency.function) {
        dependencies[function, default: []].append(place)
        noteBehind(place, host, function, topology)
        // A virtual function goes when the driver of its physical one does.
        let physical = host.functions[function].physicalFunction
        if let owner = physical.flatMap({ index.position(of: $0) }), owner != function {
          dependencies[owner, default: []].append(place)
        }
      }
    }
    for region in host.linux?.reservedRegions ?? [] where region.type == "direct" {
      if directRegions[region.group] == nil { directRegions[region.group] = region }
    }
    if let modules = host.linux?.modules {
      lacksPassthroughModule = !modules.contains("vfio_pci") && !holdsAny
    }
    readFreeBSD(host)
    stalePassthrough = passthroughList.named.filter { index.position(of: $0) == nil }.sorted()
      .map { $0.bhyveTriple }
  }

  /// Tells what is above a function what rests on it.
  ///
  /// Where a bridge has enough of a kind, those above it have too: so a hostile list
  /// of dependencies costs no more than the tree.
  private mutating func noteBehind(
    _ place: Int, _ host: Machine, _ function: Int, _ topology: Topology
  ) {
    let kind = needs[place].kind
    var current = topology.parents[function]
    while let bridge = current {
      let known = dependenciesBehind[bridge] ?? []
      var count = 0
      for other in known where needs[other].kind == kind { count += 1 }
      if count >= Self.shownLimit { return }
      dependenciesBehind[bridge] = known + [place]
      if host.functions[bridge].isBridge != true {
        dependencies[bridge, default: []].append(place)
      }
      current = topology.parents[bridge]
    }
  }

  private mutating func readFreeBSD(_ host: Machine) {
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

  /// The position of the only device of a kind; `nil` where there is none, or several.
  func onlyOne(_ kind: OnlyKind) -> Int? {
    onlyOnes[kind.rawValue] < 0 ? nil : onlyOnes[kind.rawValue]
  }

  /// The functions with the ids of one, itself included; `nil` for a virtual function.
  func twins(of index: Int) -> TwinSet? {
    twinPlaces[index] < 0 ? nil : twinSets[twinPlaces[index]]
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
