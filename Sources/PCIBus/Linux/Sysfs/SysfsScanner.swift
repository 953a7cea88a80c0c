// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// Reads a machine's PCI bus from sysfs, the running one's or a recorded one's.
///
/// Only attributes that the kernel answers from its memory are read
/// (`uevent`, `resource`, links...): no device is touched, and none wakes.
/// What sysfs does not cache is missing from the result: the header type is
/// inferred from class and resources, a function alone in its slot is not known
/// to have further ones, and a bridge's subordinate bus is the highest that exists
/// below it, which may be less than its register says.
public struct SysfsScanner: Hashable, Sendable {
  /// Where to look: `/sys`, or a directory that holds a recorded tree.
  public let root: String

  /// Makes a scanner for a root.
  ///
  /// The root may be `/`, a tree that holds `sys` and perhaps `proc`, a `sys`, a
  /// `bus/pci`, or a directory in which one or two others wrap one of these.
  public init(root: String = "/sys") { self.root = root }

  /// Reads the bus.
  ///
  /// - Throws: `ScanError` where nothing can be read: no such path, no sysfs, no
  ///   PCI bus. A function that cannot be read, or vanishes, is a gap.
  public func scan(_ options: ScanOptions = .full) throws(ScanError) -> Machine {
    let location = try SysfsLocation(at: root)
    let bus = try Self.directory("", in: location.bus)
    let names = try Self.names(location.bus)
    var host = Machine(
      source: Source(kind: location.isLive ? .live : .sysfs, location: root),
      system: OperatingSystem(family: .linux))
    let listed = Self.addresses(names, gaps: &host.gaps)
    var absences = Absences()
    var regions: [ReservedRegion] = []
    var unread: Set<Int> = []
    let tree = SystemTree(location)
    let release = tree.release
    let groups = tree.reportedGroups
    let facts = Self.facts(options, isLive: location.isLive, groups)
    let work = FunctionWork(
      facts: facts, readsRegions: options.includesHostFacts && groups != .empty,
      listsResetMethods: location.isLive && Self.listsResetMethods(release), groups: location.groups
    )
    for part in try Self.read(listed, of: names, at: location, work, threads: options.threads) {
      if host.functions.isEmpty {
        host.functions = part.functions
      } else {
        host.functions += part.functions
      }
      host.gaps += part.gaps
      regions += part.regions
      unread.formUnion(part.unread)
      absences.merge(part.absences)
    }
    if facts.contains(.physicalFunction) { host.readVirtualFunctionCounts(location) }
    if !location.isLive, facts.contains(.virtualFunctions) { host.settlePhysicalFunctions() }
    if options.facts.contains(.topology) { host.inferBridgeBuses(location) }
    if options.facts.contains(.iommuGroup) {
      let late = host.settleGroups(
        tree, isComplete: location.isLive || groups == .empty, looksAtAll: options.includesUse)
      unread.formUnion(late.subtracting(regions.map { $0.group }))
    }
    if options.facts.contains(.slotNames) { host.readSlotNames(bus) }
    host.deriveMultiFunction()
    host.readKernel(tree, release: release)
    if options.includesHostFacts {
      let disks = BlockDevices(tree)
      let tables = tree.namesIfPresent("firmware/acpi/tables")
      host.readIOMMU(
        tree, tables: tables, groups, readsRemapping: options.includesUse)
      host.readLinuxFacts(tree, tables: tables, regions: regions, readsOrder: options.includesUse)
      let open = options.includesUse ? OpenDevices(tree) : nil
      if let open { host.readUse(tree, open) }
      host.readChildDevices(tree, disks)
      if let open {
        host.readOpenDisks(open, disks)
        host.readHiddenInterfaces(tree)
      }
      let session = options.session ?? Self.session(location)
      host.readDependencies(
        tree, disks, LoginSession(session, tree, looksAtFiles: options.includesUse))
    }
    // Kernels before 4.12 have no such file of any group.
    if options.includesHostFacts, !regions.isEmpty { host.noteUnreadRegions(unread) }
    host.settle(absences, facts: options.facts)
    return host
  }

  /// The session that asks, where the machine is the one it runs on.
  private static func session(_ location: SysfsLocation) -> String? {
    location.isLive ? environmentVariable("SSH_CONNECTION") : nil
  }

  private static func directory(
    _ name: String, in path: String
  ) throws(ScanError) -> Directory {
    do throws(ErrorNumber) { return try Directory.open(path + name) } catch {
      throw error.scanError(path + name)
    }
  }

  private static func names(_ path: String) throws(ScanError) -> NameList {
    let devices = try directory("/devices", in: path)
    do throws(ErrorNumber) { return try devices.names() } catch {
      throw error.scanError(path + "/devices")
    }
  }

  /// What to read of each function, without what has to be absent.
  private static func facts(
    _ options: ScanOptions, isLive: Bool, _ groups: GroupListing
  ) -> FunctionFacts {
    var facts = options.facts
    guard isLive else {
      // A recording may lack what the counts would follow from.
      if facts.contains(.physicalFunction) { facts.insert(.virtualFunctions) }
      return facts.subtracting(.physicalFunction)
    }
    if groups == .empty || groups == .absent {
      facts.remove(.iommuGroup)
      // While the IOMMU is off no verdict rests on how a function can be reset.
      if options.facts == .verdicts { facts.remove(.resetMethods) }
    }
    return facts
  }

  /// Whether a kernel names the ways to reset a function wherever there is one.
  ///
  /// Since Linux 5.15 `reset_method` is there exactly where `reset` is
  /// (drivers/pci/pci.c, `dev_attr_reset_methods`).
  private static func listsResetMethods(_ release: String?) -> Bool {
    var reader = NumberReader(Array((release ?? "").utf8))
    guard let major = reader.decimal(), reader.skip(UInt8(ascii: ".")),
      let minor = reader.decimal()
    else { return false }
    return (major, minor) >= (5, 15)
  }

  /// What to read of each function.
  private struct FunctionWork: Sendable {
    var facts: FunctionFacts
    /// Whether to read the reserved regions of the groups.
    var readsRegions: Bool
    /// Whether no `reset_method` means that there is no way.
    var listsResetMethods: Bool
    /// The directory of the groups; `nil` where the tree cannot have one.
    var groups: String?
  }

  /// What one thread read.
  private struct Part: Sendable {
    var functions: [Function] = []
    var gaps: [Gap] = []
    var absences = Absences()
    var regions: [ReservedRegion] = []
    /// The groups whose regions could not be read.
    var unread: Set<Int> = []
  }

  /// Reads the functions, in as many threads as are worth it; one part a thread,
  /// in address order.
  private static func read(
    _ listed: [(address: FunctionAddress, index: Int)], of names: NameList,
    at location: SysfsLocation, _ work: FunctionWork, threads: Int?
  ) throws(ScanError) -> [Part] {
    let parts = inParts(of: listed.count, threads: threads) { range in
      // A descriptor of its own for each thread: their tables of open files do
      // not depend on each other's.
      do throws(ScanError) {
        let devices = try directory("/devices", in: location.bus)
        return Result<Part, ScanError>.success(
          part(listed[range], of: names, in: devices, work))
      } catch {
        return .failure(error)
      }
    }
    var read: [Part] = []
    for part in parts { read.append(try part.get()) }
    return read
  }

  private static func part(
    _ listed: ArraySlice<(address: FunctionAddress, index: Int)>, of names: borrowing NameList,
    in devices: borrowing Directory, _ work: FunctionWork
  ) -> Part {
    var part = Part()
    var reader = FunctionReader(facts: work.facts, listsResetMethods: work.listsResetMethods)
    var regions = ReservedRegionReader()
    let groups = work.groups.map { Directory.openOrNone($0) } ?? .none
    part.functions.reserveCapacity(listed.count)
    for (address, index) in listed {
      if let function = reader.read(address, of: names, index, in: devices) {
        if work.readsRegions, let group = function.iommuGroup {
          regions.read(group, in: groups)
        }
        part.functions.append(function)
      }
    }
    part.regions = regions.regions
    part.unread = regions.unread
    part.gaps = reader.gaps
    part.absences = reader.absences
    return part
  }

  /// The functions listed, in address order, each with its position in the list.
  private static func addresses(
    _ names: borrowing NameList, gaps: inout [Gap]
  ) -> [(address: FunctionAddress, index: Int)] {
    var listed: [(address: FunctionAddress, index: Int)] = []
    listed.reserveCapacity(names.count)
    for index in 0..<names.count {
      if let address = names.storage.span.functionAddress(in: names.range(index)) {
        listed.append((address, index))
      } else {
        gaps.append(
          Gap(
            .host, "functions",
            reason: "bus/pci/devices holds an entry that names no function: "
              + displayText(names.text(index).utf8.prefix(64))))
      }
    }
    // One number orders as the address does, and compares in one step.
    listed.sort { $0.address.orderingKey < $1.address.orderingKey }
    return listed
  }
}

extension FunctionAddress {
  /// A number that orders as the address does.
  fileprivate var orderingKey: UInt64 {
    UInt64(domain) << 32 | UInt64(bus) << 16 | UInt64(device) << 8 | UInt64(function)
  }
}
