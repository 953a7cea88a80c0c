// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

/// Messages as lib/kobject_uevent.c and drivers/pci/pci-driver.c build them.
@Suite struct DeviceEventTests {
  private static func message(_ fields: [String]) -> [UInt8] {
    fields.flatMap { Array($0.utf8) + [0] }
  }

  private static let bind = [
    "bind@/devices/pci0000:00/0000:00:1c.0/0000:03:00.0", "ACTION=bind",
    "DEVPATH=/devices/pci0000:00/0000:00:1c.0/0000:03:00.0", "SUBSYSTEM=pci", "DRIVER=vfio-pci",
    "PCI_CLASS=20000", "PCI_ID=8086:1521", "PCI_SUBSYS_ID=8086:0001",
    "PCI_SLOT_NAME=0000:03:00.0", "MODALIAS=pci:v00008086d00001521", "SEQNUM=2711",
  ]

  @Test func readsABind() throws {
    let event = try #require(DeviceEvent(message: Self.message(Self.bind)))
    #expect(event.action == .bind)
    #expect(event.address.description == "0000:03:00.0")
    #expect(event.driver == "vfio-pci")
    #expect(event.sequence == 2711)
  }

  @Test func readsAnErrorRecovery() throws {
    let event = try #require(
      DeviceEvent(
        message: Self.message([
          "change@/devices/pci0000:00/0000:03:00.0", "ACTION=change", "SUBSYSTEM=pci",
          "PCI_SLOT_NAME=0000:03:00.0", "ERROR_EVENT=FAILED_RECOVERY", "DEVICE_ONLINE=0",
        ])))
    #expect(event.recovery == "FAILED_RECOVERY")
  }

  @Test func passesOverWhatIsNotPCI() {
    var fields = Self.bind
    fields[3] = "SUBSYSTEM=net"
    #expect(DeviceEvent(message: Self.message(fields)) == nil)
    // udev's own messages, which any process may send.
    #expect(DeviceEvent(message: Self.message(["libudev"] + Self.bind.dropFirst())) == nil)
  }

  /// Cut anywhere, and with any byte broken, it is an event or none.
  @Test func survivesDamage() {
    let message = Self.message(Self.bind)
    for count in 0...message.count { _ = DeviceEvent(message: Array(message[..<count])) }
    for index in message.indices {
      for byte in [UInt8(0), 0x3d, 0x40, 0xff] {
        var damaged = message
        damaged[index] = byte
        _ = DeviceEvent(message: damaged)
      }
    }
    #expect(DeviceEvent(message: []) == nil)
  }
}
