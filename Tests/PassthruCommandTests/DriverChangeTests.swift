// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIDrivers
import PCIHost
import PassthruReport
import Testing

@testable import PassthruCommand

/// Every change of drivers asks the same rules, whatever the verb and the driver's name.
@Suite struct DriverChangeTests {
  private static func text(_ decision: ChangeDecision) -> String {
    words(ChangeTests.refusal(decision)?.output ?? [])
  }

  /// What is printed, whichever way its lines are broken.
  private static func words(_ output: [UInt8]) -> String {
    String(decoding: output, as: UTF8.self).split { $0 == " " || $0 == "\n" }
      .joined(separator: " ")
  }

  private static func set(
    _ driver: String?, _ text: String, _ host: inout Machine
  ) throws -> Int {
    let index = try #require(host.functions.firstIndex { $0.address == FunctionAddress(text) })
    host.functions[index].driver = driver.map { DriverBinding(name: $0) }
    return index
  }

  private static func route(_ text: String) throws -> HostDependency {
    HostDependency(
      kind: .defaultRoute, subject: "default route", chain: ["eth9"],
      function: try #require(FunctionAddress(text)))
  }

  // MARK: Names of drivers

  /// Group 14 of that kernel is the port 00:0b.0 and 0f:00.0 with 0f:00.1.
  @Test(
    arguments: [
      "vfio-pci", "mlx5_vfio_pci", "mlx5-vfio-pci", "nvgrace_gpu_vfio_pci", "xe_vfio_pci",
    ])
  func aVariantIsAskedWhatVfioIsAsked(_ driver: String) throws {
    var bind = ChangeTests.bind(["0f:00.0"])
    bind.driver = driver
    let host = try ChangeTests.machine()
    #expect(Self.text(try ChangeTests.decide(bind, host)).contains("must go along: 0f:00.1"))
    bind.takesGroup = true
    let steps = ChangeTests.steps(try ChangeTests.decide(bind, host)).joined(separator: "\n")
    #expect(steps.contains("check that \(driver) holds 0000:0f:00.1"))
  }

  /// What the kernel lists as vfio's own is so, whatever its name.
  @Test func aVariantThatTheKernelListsIsOne() throws {
    var bind = ChangeTests.bind(["0f:00.0"])
    bind.driver = "acme-migration"
    var host = try ChangeTests.machine()
    #expect(!ChangeTests.steps(try ChangeTests.decide(bind, host)).isEmpty)
    host.linux = host.linux ?? LinuxFacts()
    host.linux?.passthroughModules = ["acme_migration"]
    #expect(Self.text(try ChangeTests.decide(bind, host)).contains("must go along: 0f:00.1"))
  }

  @Test(
    arguments: [
      "vfio-pci", "mlx5_vfio_pci", "hisi-acc-vfio-pci", "pci-stub", "pciback", "xen-pciback",
    ])
  func unbindTakesFromEveryPassthroughDriver(_ driver: String) throws {
    var host = try ChangeTests.machine()
    _ = try Self.set(driver, "0000:00:04.1", &host)
    let unbind = ChangeTests.change(Unbind.self, ["00:04.1"])
    #expect(
      ChangeTests.steps(try ChangeTests.decide(unbind, host)).joined(separator: "\n")
        .contains("/sys/bus/pci/drivers/\(driver)/unbind"))
  }

  /// Without an IOMMU no guest can have anything: whatever the driver is called, it is said.
  @Test(arguments: ["vfio-pci", "mlx5_vfio_pci", "pci-stub", "e1000"])
  func everyBindAsksAllRules(_ driver: String) throws {
    var host = try ChangeTests.machine()
    host.iommu = IOMMUState(isEnabled: false, isPresent: false)
    for index in host.functions.indices { host.functions[index].iommuGroup = nil }
    var bind = ChangeTests.bind(["00:04.1"])
    bind.driver = driver
    bind.isForced = false
    #expect(Self.text(try ChangeTests.decide(bind, host)).contains("iommu.off"))
    bind.isForced = true
    let isGuests = driver.contains("vfio")
    #expect(ChangeTests.steps(try ChangeTests.decide(bind, host)).isEmpty == isGuests)
  }

  // MARK: Virtual functions

  /// 03:00.0 of that kernel has 03:10.0, 03:10.2 and 03:10.4.
  @Test(arguments: ["vfio-pci", "pci-stub", "e1000", "mlx5_vfio_pci"])
  func thePhysicalFunctionIsKeptForTheRouteOfAVirtualOne(_ driver: String) throws {
    var host = try ChangeTests.machine()
    host.dependencies.append(try Self.route("0000:03:10.2"))
    var bind = ChangeTests.bind(["03:00.0"])
    bind.driver = driver
    let refused = Self.text(try ChangeTests.decide(bind, host))
    #expect(refused.contains("host.default-route"))
    #expect(refused.contains("0000:03:10.2, which is a virtual function of it"))
    // Its neighbour has other virtual functions.
    bind.common.selectors = ["03:00.1"]
    #expect(!Self.text(try ChangeTests.decide(bind, host)).contains("host.default-route"))
  }

  @Test(arguments: ["vfio-pci", "pci-stub", "e1000"])
  func thePhysicalFunctionIsKeptForTheGuestOfAVirtualOne(_ driver: String) throws {
    var host = try ChangeTests.machine()
    let index = try Self.set("vfio-pci", "0000:03:10.4", &host)
    host.linux = host.linux ?? LinuxFacts()
    host.linux?.openNodes = [
      OpenNode(
        function: host.functions[index].address, path: "/dev/vfio/37", process: "qemu",
        processID: 42)
    ]
    var bind = ChangeTests.bind(["03:00.0"])
    bind.driver = driver
    let refused = Self.text(try ChangeTests.decide(bind, host))
    #expect(refused.contains("guest.in-use"))
    #expect(refused.contains("/dev/vfio/37 by qemu (42)"))
    // And the function itself, by any driver but the one that it has.
    bind.common.selectors = ["03:10.4"]
    if driver == "vfio-pci" {
      #expect(ChangeTests.refusal(try ChangeTests.decide(bind, host)) == nil)
    } else {
      #expect(Self.text(try ChangeTests.decide(bind, host)).contains("guest.in-use"))
    }
  }

  // MARK: The way back

  private static func journal(
    _ text: String, before: String?, driver: String
  ) throws -> DriverJournal {
    var journal = DriverJournal()
    journal.records = [
      DriverJournal.Record(
        address: try #require(FunctionAddress(text)),
        before: DeviceState(
          vendorID: 0x8086, deviceID: 0x10d3, driver: before.map { DriverBinding(name: $0) }),
        driver: driver, isSettled: true)
    ]
    return journal
  }

  /// `restore --all`, `restore` of one, `unbind` of it.
  private static let waysBack = ["restore --all", "restore 00:04.1", "unbind 00:04.1"]

  private static func goBack(
    _ way: String, _ host: Machine, _ journal: DriverJournal,
    interface: DriverInterface = .sysfs, allowing allowed: [String] = []
  ) throws -> ChangeDecision {
    guard
      case .change(let request) = try Subcommand.parse(
        way.split(separator: " ").map { String($0) } + allowed.flatMap { ["--allow", $0] }
      ).work
    else { throw CancellationError() }
    return try request.decide(
      ChangeSituation(
        host: host, journal: journal, interface: interface, names: DeviceNames(nil),
        hasDriver: { _ in false }))
  }

  /// The card had no driver; passthru gave it to e1000e, and it became the default route.
  @Test(arguments: waysBack, [DriverInterface.sysfs, .devctl])
  func theWayBackTakesNothingThatTheHostNeedsSince(
    _ way: String, _ interface: DriverInterface
  ) throws {
    var host = try ChangeTests.machine()
    let journal = try Self.journal("0000:00:04.1", before: "vfio-pci", driver: "e1000e")
    func decide(allowing allowed: [String] = []) throws -> ChangeDecision {
      try Self.goBack(way, host, journal, interface: interface, allowing: allowed)
    }
    #expect(!ChangeTests.steps(try decide()).isEmpty)
    host.dependencies.append(try Self.route("0000:00:04.1"))
    let refused = try #require(ChangeTests.refusal(try decide()))
    #expect(refused.status == .blocked)
    let text = Self.words(refused.output)
    #expect(text.contains("host.default-route"))
    #expect(text.contains("--allow 0000:00:04.1"))
    #expect(!ChangeTests.steps(try decide(allowing: ["00:04.1"])).isEmpty)
  }

  /// Given back by hand already, nothing is taken.
  @Test func whatHasItsDriverBackKeepsIt() throws {
    var host = try ChangeTests.machine()
    host.dependencies.append(try Self.route("0000:00:04.1"))
    let journal = try Self.journal("0000:00:04.1", before: "e1000e", driver: "vfio-pci")
    #expect(!ChangeTests.steps(try Self.goBack("restore --all", host, journal)).isEmpty)
  }

  @Test(arguments: waysBack)
  func theWayBackTakesNothingFromAGuest(_ way: String) throws {
    var host = try ChangeTests.machine()
    let index = try Self.set("vfio-pci", "0000:00:04.1", &host)
    let journal = try Self.journal("0000:00:04.1", before: "e1000e", driver: "vfio-pci")
    #expect(!ChangeTests.steps(try Self.goBack(way, host, journal)).isEmpty)
    host.linux = host.linux ?? LinuxFacts()
    host.linux?.openNodes = [
      OpenNode(
        function: host.functions[index].address, path: "/dev/vfio/3", process: "qemu",
        processID: 42)
    ]
    let refused = Self.text(try Self.goBack(way, host, journal))
    #expect(refused.contains("guest.in-use"))
    // Without a record too.
    let unbind = ChangeTests.change(Unbind.self, ["00:04.1"])
    #expect(Self.text(try ChangeTests.decide(unbind, host)).contains("guest.in-use"))
  }

  // MARK: Records

  @Test func aChangeInProgressIsSaidToBeThat() throws {
    let host = try ChangeTests.machine()
    var journal = try Self.journal("0000:00:04.1", before: "e1000e", driver: "vfio-pci")
    journal.records[0].isSettled = false
    let bind = ChangeTests.bind(["00:05.0"])
    func said(_ decision: ChangeDecision) -> String {
      ChangeTests.refusal(decision)?.messages.joined() ?? ""
    }
    #expect(said(try ChangeTests.decide(bind, host, journal: journal)).contains("was cut off"))
    journal.isBeingChanged = true
    for decision in [
      try ChangeTests.decide(bind, host, journal: journal),
      try Self.goBack("restore", host, journal),
    ] {
      let text = said(decision)
      #expect(text.contains("another passthru is changing drivers right now (0000:00:04.1)"))
      #expect(!text.contains("cut off"))
    }
  }

  /// What was unplugged is named by its address, though the host has it no more.
  @Test(arguments: ["restore --all", "restore 1234:04:00.0", "unbind 1234:04:00.0"])
  func aRecordOfWhatIsGoneCanBeDropped(_ way: String) throws {
    let host = try ChangeTests.machine()
    let journal = try Self.journal("1234:04:00.0", before: "e1000e", driver: "vfio-pci")
    guard way.hasPrefix("restore") else {
      #expect(throws: SelectorError.self) { try Self.goBack(way, host, journal) }
      return
    }
    guard case .ready(let change) = try Self.goBack(way, host, journal) else {
      Issue.record("refused")
      return
    }
    #expect(change.report.notes.contains { $0.contains("1234:04:00.0 is gone") })
    #expect(change.report.items.map(\.from) == ["is not there"])
  }

  @Test func recordsOfAnotherBootAreDropped() throws {
    let host = try ChangeTests.machine()
    var situation = ChangeSituation(
      host: host, journal: try Self.journal("0000:00:04.1", before: "e1000e", driver: "vfio-pci"),
      interface: .sysfs, names: DeviceNames(nil), hasDriver: { _ in true })
    let restore = ChangeTests.change(Restore.self, [])
    #expect(Self.text(try restore.decide(situation)).contains("There is nothing to put back"))
    situation.isJournalOutdated = true
    guard case .ready(let change) = try restore.decide(situation) else {
      Issue.record("refused")
      return
    }
    #expect(change.report.notes.contains { $0.contains("started again since") })
    #expect(change.work == .restore(.all))
  }

  // MARK: The session

  /// Where the session cannot be told, any network card may carry it, and nothing else.
  @Test func aSessionThatIsNotKnownKeepsTheNetworkCards() throws {
    var host = try ChangeTests.machine()
    host.gaps.append(
      Gap(.host, HostDependency.sessionFact, reason: "the files of sshd (7) cannot be read"))
    var bind = ChangeTests.bind(["00:04.1"])
    bind.isForced = false
    // Nothing else is unknown of it that keeps it.
    host.dependencies.append(try Self.route("0000:00:04.0"))
    let refused = Self.text(try ChangeTests.decide(bind, host))
    #expect(refused.contains("host.session"))
    #expect(refused.contains("the files of sshd (7) cannot be read"))
    let remove = ChangeTests.change(Remove.self, ["00:04.1"])
    #expect(Self.text(try ChangeTests.decide(remove, host)).contains("host.session"))
    bind.common.selectors = ["00:05.0"]
    #expect(!Self.text(try ChangeTests.decide(bind, host)).contains("host.session"))
    bind.common.selectors = ["00:04.1"]
    bind.common.allowed = ["00:04.1"]
    #expect(!Self.text(try ChangeTests.decide(bind, host)).contains("host.session"))
  }
}
