// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIDrivers
import PCIHost
import PCIRecords
import PassthruReport
import TestCorpora
import Testing

@testable import PassthruCommand

/// What `bind` and its kin decide, before any kernel is told anything.
@Suite struct ChangeTests {
  /// The kernel's own recording of a machine with groups; nothing is known of its disks.
  static func machine() throws -> Machine {
    let file = TestCorpora.root.appendingPathComponent("Fixtures/hosts/intel-rich.json")
    return try Machine(recording: TestCorpora.bytes(file), location: "intel-rich.json")
  }

  static func bind(_ selectors: [String]) -> Bind {
    var bind = Self.change(Bind.self, selectors)
    bind.isForced = true
    return bind
  }

  static func change<Change: ChangingSubcommand>(
    _ type: Change.Type, _ selectors: [String] = []
  ) -> Change {
    var change = Change()
    change.common.selectors = selectors
    return change
  }

  static func decide(
    _ change: some ChangingSubcommand, _ host: Machine,
    journal: DriverJournal = DriverJournal(), interface: DriverInterface = .sysfs,
    drivers: Set<String> = ["vfio-pci"]
  ) throws -> ChangeDecision {
    try change.decide(
      ChangeSituation(
        host: host, journal: journal, interface: interface, names: DeviceNames(nil),
        hasDriver: drivers.contains))
  }

  static func refusal(_ decision: ChangeDecision) -> CommandResult? {
    if case .refused(let result) = decision { result } else { nil }
  }

  static func steps(_ decision: ChangeDecision) -> [String] {
    if case .ready(let change) = decision { change.report.steps.map(\.text) } else { [] }
  }

  @Test func showsEveryStepOfABind() throws {
    let decision = try Self.decide(Self.bind(["00:04.1"]), try Self.machine())
    #expect(
      Self.steps(decision) == [
        "echo vfio-pci > /sys/bus/pci/devices/0000:00:04.1/driver_override",
        "echo 0000:00:04.1 > /sys/bus/pci/drivers/e1000e/unbind",
        "echo 0000:00:04.1 > /sys/bus/pci/drivers_probe",
        "check that vfio-pci holds 0000:00:04.1",
      ])
  }

  /// Group 14 of that kernel: the port 00:0b.0, and the two functions behind it.
  @Test func stopsWhereTheGroupIsNotWhole() throws {
    let host = try Self.machine()
    let refused = try #require(Self.refusal(try Self.decide(Self.bind(["0f:00.0"]), host)))
    #expect(refused.status == .blocked)
    #expect(String(decoding: refused.output, as: UTF8.self).contains("must go along: 0f:00.1"))
    var whole = Self.bind(["0f:00.0"])
    whole.takesGroup = true
    let text = Self.steps(try Self.decide(whole, host)).joined(separator: "\n")
    #expect(text.contains("check that vfio-pci holds 0000:0f:00.0"))
    #expect(text.contains("check that vfio-pci holds 0000:0f:00.1"))
    // A bridge keeps its driver: the kernel counts pcieport as harmless.
    #expect(!text.contains("0000:00:0b.0"))
    // Both by name are the same.
    let both = try Self.decide(Self.bind(["0f:00.0", "0f:00.1"]), host)
    #expect(Self.steps(both).joined(separator: "\n") == text)
  }

  // MARK: FreeBSD

  private static func decideOnFreeBSD(
    _ change: some ChangingSubcommand, drivers: Set<String> = ["ppt"],
    _ edit: (inout Machine) -> Void = { _ in }
  ) throws -> ChangeDecision {
    let folder = TestCorpora.fixtures.appendingPathComponent("freebsd-vm/ppt15")
    let file = folder.appendingPathComponent("pciconf-lvbce.txt")
    var host = try Machine(recording: TestCorpora.bytes(file), location: "ppt15")
    edit(&host)
    return try decide(change, host, interface: .devctl, drivers: drivers)
  }

  private static func report(_ decision: ChangeDecision) throws -> ChangeReport {
    guard case .ready(let change) = decision else { throw Refused(decision: decision) }
    return change.report
  }

  struct Refused: Error { var decision: ChangeDecision }

  /// ppt0 and ppt1 are there: the next unit is 2, or 3 where a hint keeps 2.
  @Test func saysTheUnitThatFreeBSDWillGive() throws {
    let bind = Self.bind(["em0", "em1"])
    let report = try Self.report(try Self.decideOnFreeBSD(bind))
    #expect(report.items.map(\.from) == ["em0", "em1"])
    #expect(report.items.map(\.to) == ["ppt2", "ppt3"])
    let hinted = try Self.report(
      try Self.decideOnFreeBSD(bind) { host in
        var facts = host.freeBSD ?? FreeBSDFacts()
        facts.kernelEnvironment.append(NamedValue(name: "hint.ppt.2.at", value: "pci0:9:0:0"))
        facts.kernelEnvironment.append(NamedValue(name: "hint.ppt.x.at", value: "pci0:9:0:1"))
        host.freeBSD = facts
      })
    #expect(hinted.items.map(\.to) == ["ppt3", "ppt4"])
  }

  @Test func loadsVmmFirstWhereThereIsNoPpt() throws {
    let report = try Self.report(try Self.decideOnFreeBSD(Self.bind(["em1"]), drivers: []))
    #expect(
      report.steps.map { $0.text(through: .devctl) } == [
        "kldload vmm", "devctl set driver -f pci0:1:0:1 ppt", "check that ppt holds pci0:1:0:1",
      ])
    // Which file has another driver is not known.
    var other = Self.bind(["em1"])
    other.driver = "igb"
    #expect(try Self.report(try Self.decideOnFreeBSD(other, drivers: [])).steps.count == 2)
  }

  @Test func saysWhatFreeBSDHasInstead() throws {
    var functions = Self.change(VirtualFunctions.self, ["em1"])
    functions.count = 2
    let refused = try #require(Self.refusal(try Self.decideOnFreeBSD(functions)))
    #expect(refused.status == .usage)
    #expect(refused.messages.joined().contains("iovctl"))
    let report = try Self.report(try Self.decideOnFreeBSD(Rescan()))
    #expect(report.steps.map { $0.text(through: .devctl) }.joined().hasPrefix("devctl rescan"))
  }

  /// 03:00.0 of that kernel has three virtual functions.
  @Test func refusesWhatWouldTakeVirtualFunctionsAlong() throws {
    let refused = try #require(
      Self.refusal(try Self.decide(Self.bind(["03:00.0"]), Self.machine())))
    #expect(refused.status == .blocked)
    #expect(String(decoding: refused.output, as: UTF8.self).contains("dev.pf-with-vfs"))
  }

  @Test func refusesABridge() throws {
    let refused = Self.refusal(try Self.decide(Self.bind(["00:0b.0"]), try Self.machine()))
    #expect(refused?.status == .blocked)
    // And says what of the host's is behind it.
    var host = try Self.machine()
    let disk = try #require(FunctionAddress("0000:0a:00.0"))
    host.dependencies.append(
      HostDependency(kind: .fileSystem, subject: "/", chain: ["nvme1n1"], function: disk))
    let switched = try #require(Self.refusal(try Self.decide(Self.bind(["04:00.0"]), host)))
    let text = String(decoding: switched.output, as: UTF8.self)
    #expect(text.contains("/ is on nvme1n1, on 0000:0a:00.0, which is behind it"))
  }

  @Test func refusesWhatIsNotKnownUnlessForced() throws {
    var invocation = Self.bind(["00:04.1"])
    invocation.isForced = false
    let refused = try #require(Self.refusal(try Self.decide(invocation, try Self.machine())))
    #expect(String(decoding: refused.output, as: UTF8.self).contains("--force"))
  }

  /// Whatever is selected, and whatever the driver, the host keeps its disk.
  @Test(arguments: ["vfio-pci", "pci-stub"], [[], ["00:04.0"]])
  func protectsWhatTheHostNeeds(_ driver: String, _ allowed: [String]) throws {
    var host = try Self.machine()
    let address = try #require(FunctionAddress("0000:00:04.1"))
    host.dependencies.append(
      HostDependency(kind: .fileSystem, subject: "/", chain: ["sda1", "sda"], function: address))
    var invocation = Self.bind(["00:04.1"])
    invocation.driver = driver
    invocation.common.allowed = allowed
    let refused = try #require(Self.refusal(try Self.decide(invocation, host)))
    #expect(refused.status == .blocked)
    #expect(String(decoding: refused.output, as: UTF8.self).contains("host.file-system"))
    var reset = Self.change(Reset.self, ["00:04.1"])
    reset.common.allowed = allowed
    #expect(Self.refusal(try Self.decide(reset, host))?.status == .blocked)
    var remove = Self.change(Remove.self, ["00:04.1"])
    remove.common.allowed = allowed
    #expect(Self.refusal(try Self.decide(remove, host))?.status == .blocked)
    invocation.common.allowed = ["00:04.1"]
    #expect(!Self.steps(try Self.decide(invocation, host)).isEmpty)
  }

  /// A switch is removed with all that is below it.
  @Test func protectsWhatIsBehindABridge() throws {
    var host = try Self.machine()
    let disk = try #require(FunctionAddress("0000:0a:00.0"))
    host.dependencies.append(
      HostDependency(kind: .fileSystem, subject: "/", chain: ["nvme1n1"], function: disk))
    var invocation = Self.change(Remove.self, ["04:00.0"])
    let refused = try #require(Self.refusal(try Self.decide(invocation, host)))
    let text = String(decoding: refused.output, as: UTF8.self)
    #expect(text.contains("host.file-system"))
    // The disk is named as itself, and not again by each bridge above it.
    #expect(!text.contains("which is behind it"))
    invocation.common.selectors = ["00:08.0"]
    #expect(Self.steps(try Self.decide(invocation, host)).count == 1)
    // A reset of the switch takes the disk as well: Linux 6.1 did it in the lab.
    let reset = Self.change(Reset.self, ["04:00.0"])
    #expect(Self.refusal(try Self.decide(reset, host))?.status == .blocked)
  }

  @Test func goesThroughZeroToAnotherCount() throws {
    var invocation = Self.change(VirtualFunctions.self, ["03:00.0"])
    invocation.count = 2
    let host = try Self.machine()
    #expect(
      Self.steps(try Self.decide(invocation, host)) == [
        "echo 0 > /sys/bus/pci/devices/0000:03:00.0/sriov_numvfs",
        "check that 0000:03:00.0 has 0 virtual functions",
        "echo 2 > /sys/bus/pci/devices/0000:03:00.0/sriov_numvfs",
        "check that 0000:03:00.0 has 2 virtual functions",
      ])
    invocation.count = 3
    #expect(Self.steps(try Self.decide(invocation, host)) == [])
    invocation.count = 8
    #expect(Self.refusal(try Self.decide(invocation, host))?.status == .blocked)
    invocation.common.selectors = ["03:10.0"]
    #expect(Self.refusal(try Self.decide(invocation, host))?.status == .blocked)
  }

  @Test func resetsByTheMethodThatIsNamed() throws {
    let host = try Self.machine()
    let function = try #require(
      host.functions.first { ($0.resetMethods?.count ?? 0) > 1 && $0.isBridge != true })
    let methods = try #require(function.resetMethods)
    var invocation = Self.change(Reset.self, [function.address.description])
    #expect(Self.steps(try Self.decide(invocation, host)).count == 1)
    invocation.method = methods[1].rawValue
    let steps = Self.steps(try Self.decide(invocation, host))
    #expect(steps.count == 3)
    #expect(steps[0].hasPrefix("echo '\(methods[1].rawValue)' > "))
    #expect(steps[2].contains(methods.map(\.rawValue).joined(separator: " ")))
    invocation.method = "hammer"
    #expect(Self.refusal(try Self.decide(invocation, host))?.status == .usage)
  }

  @Test func restoreOffersWhatWasCutOff() throws {
    let host = try Self.machine()
    let address = try #require(FunctionAddress("0000:00:04.1"))
    var journal = DriverJournal()
    journal.records = [
      DriverJournal.Record(
        address: address,
        before: DeviceState(
          vendorID: 0x8086, deviceID: 0x10d3, driver: DriverBinding(name: "e1000e")),
        driver: "vfio-pci")
    ]
    var invocation = Restore()
    #expect(Self.steps(try Self.decide(invocation, host, journal: journal)).count == 1)
    // Nothing new is begun before.
    let bind = Self.refusal(try Self.decide(Self.bind(["00:04.2"]), host, journal: journal))
    #expect(bind?.messages.first?.contains("passthru restore --apply puts it back") == true)
    journal.records[0].isSettled = true
    #expect(!Self.steps(try Self.decide(Self.bind(["00:04.2"]), host, journal: journal)).isEmpty)
    #expect(Self.refusal(try Self.decide(invocation, host, journal: journal))?.status == .done)
    invocation.common.showsAll = true
    #expect(Self.steps(try Self.decide(invocation, host, journal: journal)).count == 1)
    var unbind = Self.change(Unbind.self, ["00:04.1"])
    #expect(Self.steps(try Self.decide(unbind, host, journal: journal)).count == 1)
    // What passthru did not change and its own driver holds is left alone.
    unbind.common.selectors = ["00:04.2"]
    #expect(Self.refusal(try Self.decide(unbind, host, journal: journal))?.status == .usage)
  }

  /// A driver's name goes into a path: nothing may lead out of it.
  @Test(arguments: ["../../../../etc", "a/b", "", "a b", "vfio\npci"])
  func aDriverIsNoPath(_ name: String) throws {
    var invocation = Self.bind(["00:04.1"])
    invocation.driver = name
    #expect(Self.refusal(try Self.decide(invocation, try Self.machine()))?.status == .usage)
  }

  @Test func aRecordingIsNotChanged() throws {
    let file = TestCorpora.root.appendingPathComponent("Fixtures/hosts/intel-rich.json").path
    let run = try Passthru.run(["bind", "00:04.1", "--force", "--apply", "--from", file])
    #expect(run.status == 64)
    #expect(run.errors.contains("a recording cannot be changed"))
    let dry = try Passthru.run(["bind", "00:04.1", "--force", "--from", file])
    #expect(dry.status == 0)
    #expect(dry.output.contains("Nothing was changed: add --apply to do it."))
  }

  @Test func documentsKeepToTheirSchemas() throws {
    let file = TestCorpora.root.appendingPathComponent("Fixtures/hosts/intel-rich.json").path
    for arguments in [
      ["bind", "00:04.1", "--force"], ["bind", "0f:00.0"], ["vfs", "03:00.0", "2"],
      ["remove", "00:08.0"], ["reset", "00:04.1"],
    ] {
      try SchemaTests().validate(
        arguments + ["--format", "json", "--from", file], expecting: "passthru.change/1")
    }
  }
}
