// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIBus
import PCIDrivers
import PCIHost
import Testing

/// The files that are written, in a tree that no kernel answers for.
///
/// What a kernel does with them is the lab's to prove.
@Suite struct DriverControlTests {
  private static let address = FunctionAddress(domain: 0, bus: 3, deviceFunction: 0)

  /// A tree with one function, held by igb; removed after `body`.
  private static func withTree(_ body: (URL) throws -> Void) throws {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("passthru-control-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let device = root.appendingPathComponent("bus/pci/devices/0000:03:00.0")
    let driver = root.appendingPathComponent("bus/pci/drivers/igb")
    for folder in [device, driver] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    for (name, text) in [
      ("vendor", "0x8086\n"), ("device", "0x1521\n"), ("driver_override", "(null)\n"),
      ("reset", ""), ("reset_method", "flr bus\n"), ("sriov_numvfs", "3\n"),
    ] {
      try Data(text.utf8).write(to: device.appendingPathComponent(name))
    }
    for path in ["bus/pci/drivers_probe", "bus/pci/rescan", "bus/pci/drivers/igb/unbind"] {
      try Data().write(to: root.appendingPathComponent(path))
    }
    try FileManager.default.createSymbolicLink(
      atPath: device.appendingPathComponent("driver").path,
      withDestinationPath: "../../../../bus/pci/drivers/igb")
    try body(root)
  }

  private static func text(_ root: URL, _ path: String) -> String? {
    try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func readsIdsDriverAndOverride() throws {
    try Self.withTree { root in
      let control = SysfsControl(root: root.path)
      let state = try control.state(of: Self.address)
      #expect(
        state
          == DeviceState(
            vendorID: 0x8086, deviceID: 0x1521, driver: DriverBinding(name: "igb")))
      #expect(control.hasDriver("igb"))
      #expect(!control.hasDriver("vfio-pci"))
      #expect(control.virtualFunctionCount(of: Self.address) == 3)
    }
  }

  @Test(arguments: [
    (
      DeviceAction.override(address, driver: "vfio-pci"), "devices/0000:03:00.0/driver_override",
      "vfio-pci\n"
    ),
    (.override(address, driver: nil), "devices/0000:03:00.0/driver_override", "\n"),
    (.unbind(address, driver: "igb"), "drivers/igb/unbind", "0000:03:00.0"),
    (.probe(address), "drivers_probe", "0000:03:00.0"),
    (
      .resetMethods(address, [ResetMethod(rawValue: "flr")]), "devices/0000:03:00.0/reset_method",
      "flr"
    ),
    (.resetMethods(address, []), "devices/0000:03:00.0/reset_method", "default"),
    (.reset(address), "devices/0000:03:00.0/reset", "1"),
    (.virtualFunctions(address, count: 0), "devices/0000:03:00.0/sriov_numvfs", "0"),
    (.rescan, "rescan", "1"),
  ])
  func writesOneFile(_ action: DeviceAction, _ path: String, _ text: String) throws {
    try Self.withTree { root in
      // The files have what was there; a kernel's attribute takes a write whole.
      let file = root.appendingPathComponent("bus/pci/" + path)
      try Data().write(to: file)
      var control = SysfsControl(root: root.path)
      try control.perform(action)
      #expect(Self.text(root, "bus/pci/" + path) == text)
    }
  }

  @Test func saysWhatIsNotThere() throws {
    try Self.withTree { root in
      var control = SysfsControl(root: root.path)
      let gone = FunctionAddress(domain: 0, bus: 9, deviceFunction: 0)
      #expect(throws: DeviceControlError.self) { try control.state(of: gone) }
      let error = #expect(throws: DeviceControlError.self) {
        try control.perform(.unbind(Self.address, driver: "ixgbe"))
      }
      #expect(error?.description.contains("the driver is gone") == true)
      #expect(throws: DeviceControlError.self) { try control.perform(.remove(gone)) }
    }
  }

  // MARK: The journal

  private static func withDirectory(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("passthru-journal-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private static var journal: DriverJournal {
    var journal = DriverJournal(bootIdentifier: "a boot")
    journal.records = [
      DriverJournal.Record(
        address: address,
        before: DeviceState(
          vendorID: 0x8086, deviceID: 0x1521, driver: DriverBinding(name: "igb"),
          override: "a \"name\""),
        driver: "vfio-pci")
    ]
    return journal
  }

  @Test func keepsAndForgets() throws {
    try Self.withDirectory { directory in
      do {
        var file = try JournalFile(directory: directory)
        #expect(try file.load() == DriverJournal())
        try file.save(Self.journal)
        #expect(try file.load() == Self.journal)
      }
      #expect(try JournalFile.look(directory: directory) == Self.journal)
      let mode =
        try FileManager.default.attributesOfItem(atPath: directory + "/journal.json")[
          .posixPermissions] as? Int
      #expect(mode == 0o600)
      var file = try JournalFile(directory: directory)
      try file.save(DriverJournal())
      #expect(!FileManager.default.fileExists(atPath: directory + "/journal.json"))
    }
  }

  @Test func oneProcessAtATime() throws {
    try Self.withDirectory { directory in
      let first = try JournalFile(directory: directory)
      let error = #expect(throws: DeviceControlError.self) {
        _ = try JournalFile(directory: directory)
      }
      #expect(error?.description.contains("another passthru is changing drivers") == true)
      _ = try first.load()
    }
    try Self.withDirectory { directory in
      do { _ = try JournalFile(directory: directory).load() }
      // The first is gone, and its lock with it.
      _ = try JournalFile(directory: directory).load()
    }
  }

  /// Who only looks is told whether somebody is at work, and keeps nobody from it.
  @Test func aChangeInProgressIsNotCutOff() throws {
    try Self.withDirectory { directory in
      do {
        var file = try JournalFile(directory: directory)
        try file.save(Self.journal)
        #expect(try JournalFile.look(directory: directory).isBeingChanged)
        #expect(try file.load().isBeingChanged == false)
      }
      #expect(try JournalFile.look(directory: directory) == Self.journal)
      _ = try JournalFile(directory: directory).load()
    }
  }

  /// A damaged journal is refused, cut anywhere: half of it would restore half.
  @Test func aDamagedJournalIsRefused() throws {
    let document = Self.journal.document
    #expect(try DriverJournal(document: document) == Self.journal)
    let end = try #require(document.lastIndex(of: UInt8(ascii: "}")))
    for count in 0..<end {
      #expect(throws: DeviceControlError.self) {
        _ = try DriverJournal(document: Array(document[..<count]))
      }
    }
    try Self.withDirectory { directory in
      var file = try JournalFile(directory: directory)
      try file.save(Self.journal)
      try Data("{".utf8).write(to: URL(fileURLWithPath: directory + "/journal.json"))
      #expect(throws: DeviceControlError.self) { try file.load() }
    }
  }
}
