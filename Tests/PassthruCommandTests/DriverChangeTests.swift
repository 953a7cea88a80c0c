// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PassthruCommand
import Testing

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
    _ driver: String?, _ text: String, _ host: inout PCIHost.Host
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
    #expect(Self.text(ChangeTests.decide(bind, host)).contains("must go along: 0f:00.1"))
    bind.takesGroup = true
    let steps = ChangeTests.steps(ChangeTests.decide(bind, host)).joined(separator: "\n")
    #expect(steps.contains("check that \(driver) holds 0000:0f:00.1"))
  }

  /// What the kernel lists as vfio's own is so, whatever its name.
  @Test func aVariantThatTheKernelListsIsOne() throws {
    var bind = ChangeTests.bind(["0f:00.0"])
    bind.driver = "acme-migration"
    var host = try ChangeTests.machine()
    #expect(!ChangeTests.steps(ChangeTests.decide(bind, host)).isEmpty)
    host.linux = host.linux ?? LinuxFacts()
    host.linux?.passthroughModules = ["acme_migration"]
    #expect(Self.text(ChangeTests.decide(bind, host)).contains("must go along: 0f:00.1"))
  }

  @Test(
    arguments: [
      "vfio-pci", "mlx5_vfio_pci", "hisi-acc-vfio-pci", "pci-stub", "pciback", "xen-pciback",
    ])
  func unbindTakesFromEveryPassthroughDriver(_ driver: String) throws {
    var host = try ChangeTests.machine()
    _ = try Self.set(driver, "0000:00:04.1", &host)
    var unbind = Invocation(.unbind)
    unbind.selectors = ["00:04.1"]
    #expect(
      ChangeTests.steps(ChangeTests.decide(unbind, host)).joined(separator: "\n")
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
    #expect(Self.text(ChangeTests.decide(bind, host)).contains("iommu.off"))
    bind.isForced = true
    let isGuests = driver.contains("vfio")
    #expect(ChangeTests.steps(ChangeTests.decide(bind, host)).isEmpty == isGuests)
  }

  // MARK: Virtual functions

  /// 03:00.0 of that kernel has 03:10.0, 03:10.2 and 03:10.4.
  @Test(arguments: ["vfio-pci", "pci-stub", "e1000", "mlx5_vfio_pci"])
  func thePhysicalFunctionIsKeptForTheRouteOfAVirtualOne(_ driver: String) throws {
    var host = try ChangeTests.machine()
    host.dependencies.append(try Self.route("0000:03:10.2"))
    var bind = ChangeTests.bind(["03:00.0"])
    bind.driver = driver
    let refused = Self.text(ChangeTests.decide(bind, host))
    #expect(refused.contains("host.default-route"))
    #expect(refused.contains("0000:03:10.2, which is a virtual function of it"))
    // Its neighbour has other virtual functions.
    bind.selectors = ["03:00.1"]
    #expect(!Self.text(ChangeTests.decide(bind, host)).contains("host.default-route"))
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
    let refused = Self.text(ChangeTests.decide(bind, host))
    #expect(refused.contains("guest.in-use"))
    #expect(refused.contains("/dev/vfio/37 by qemu (42)"))
    // And the function itself, by any driver but the one that it has.
    bind.selectors = ["03:10.4"]
    if driver == "vfio-pci" {
      #expect(ChangeTests.refusal(ChangeTests.decide(bind, host)) == nil)
    } else {
      #expect(Self.text(ChangeTests.decide(bind, host)).contains("guest.in-use"))
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

  private static let waysBack = [
    (Subcommand.restore, [] as [String]), (.restore, ["00:04.1"]), (.unbind, ["00:04.1"]),
  ]

  private static func wayBack(_ way: (Subcommand, [String])) -> Invocation {
    var invocation = Invocation(way.0)
    invocation.selectors = way.1
    invocation.showsAll = way.1.isEmpty
    return invocation
  }

  /// The card had no driver; passthru gave it to e1000e, and it became the default route.
  @Test(arguments: waysBack, [DriverInterface.sysfs, .devctl])
  func theWayBackTakesNothingThatTheHostNeedsSince(
    _ way: (Subcommand, [String]), _ interface: DriverInterface
  ) throws {
    var host = try ChangeTests.machine()
    let journal = try Self.journal("0000:00:04.1", before: "vfio-pci", driver: "e1000e")
    var invocation = Self.wayBack(way)
    func decide() -> ChangeDecision {
      invocation.change(
        of: host, journal: journal, interface: interface, drivers: [], names: nil)
    }
    #expect(!ChangeTests.steps(decide()).isEmpty)
    host.dependencies.append(try Self.route("0000:00:04.1"))
    let refused = try #require(ChangeTests.refusal(decide()))
    #expect(refused.status == .blocked)
    let text = Self.words(refused.output)
    #expect(text.contains("host.default-route"))
    #expect(text.contains("--allow 0000:00:04.1"))
    invocation.allowed = ["00:04.1"]
    #expect(!ChangeTests.steps(decide()).isEmpty)
  }

  /// Given back by hand already, nothing is taken.
  @Test func whatHasItsDriverBackKeepsIt() throws {
    var host = try ChangeTests.machine()
    host.dependencies.append(try Self.route("0000:00:04.1"))
    let journal = try Self.journal("0000:00:04.1", before: "e1000e", driver: "vfio-pci")
    let invocation = Self.wayBack((.restore, []))
    #expect(!ChangeTests.steps(ChangeTests.decide(invocation, host, journal: journal)).isEmpty)
  }

  @Test(arguments: waysBack)
  func theWayBackTakesNothingFromAGuest(_ way: (Subcommand, [String])) throws {
    var host = try ChangeTests.machine()
    let index = try Self.set("vfio-pci", "0000:00:04.1", &host)
    let journal = try Self.journal("0000:00:04.1", before: "e1000e", driver: "vfio-pci")
    let invocation = Self.wayBack(way)
    #expect(!ChangeTests.steps(ChangeTests.decide(invocation, host, journal: journal)).isEmpty)
    host.linux = host.linux ?? LinuxFacts()
    host.linux?.openNodes = [
      OpenNode(
        function: host.functions[index].address, path: "/dev/vfio/3", process: "qemu",
        processID: 42)
    ]
    let refused = Self.text(ChangeTests.decide(invocation, host, journal: journal))
    #expect(refused.contains("guest.in-use"))
    // Without a record too.
    var unbind = Invocation(.unbind)
    unbind.selectors = ["00:04.1"]
    #expect(Self.text(ChangeTests.decide(unbind, host)).contains("guest.in-use"))
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
    let refused = Self.text(ChangeTests.decide(bind, host))
    #expect(refused.contains("host.session"))
    #expect(refused.contains("the files of sshd (7) cannot be read"))
    var remove = Invocation(.remove)
    remove.selectors = ["00:04.1"]
    #expect(Self.text(ChangeTests.decide(remove, host)).contains("host.session"))
    bind.selectors = ["00:05.0"]
    #expect(!Self.text(ChangeTests.decide(bind, host)).contains("host.session"))
    bind.selectors = ["00:04.1"]
    bind.allowed = ["00:04.1"]
    #expect(!Self.text(ChangeTests.decide(bind, host)).contains("host.session"))
  }
}
