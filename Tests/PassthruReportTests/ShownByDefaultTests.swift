// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PassthruAnalysis
import PassthruReport
import Testing

/// What a list without selectors leaves out is what no guest could be given.
@Suite struct ShownByDefaultTests {
  private func isShown(
    _ classCode: UInt32, vendor: UInt16 = 0x8086, device: UInt16 = 0x25ab,
    hasRegisters: Bool = true
  ) -> Bool {
    var function = Function(
      address: FunctionAddress(domain: 0, bus: 0, deviceFunction: 0x20),
      identity: Identity(vendorID: vendor, deviceID: device))
    function.classCode = ClassCode(rawValue: classCode)
    function.headerType = .endpoint
    if hasRegisters {
      function.baseAddressRegisters = [
        BaseAddressRegister(
          index: 0, kind: .memory32, isPrefetchable: false, isEnabled: true,
          address: 0xfebd_0000, size: 16)
      ]
    }
    var host = Machine(
      source: Source(kind: .snapshot, location: "made"), system: OperatingSystem(family: .linux))
    host.functions = [function]
    return ListReport.shownByDefault(host) == [0]
  }

  /// i6300esb, QEMU's watchdog, and ivshmem: both can be passed.
  @Test func watchdogsAndSharedMemoryAreShown() {
    #expect(isShown(0x088000))
    #expect(isShown(0x050000, vendor: 0x1af4, device: 0x1110))
  }

  /// The registers of a Xeon's own mesh: hundreds of functions without a register of theirs.
  @Test func functionsWithoutRegistersAreNot() {
    #expect(!isShown(0x088000, hasRegisters: false))
    #expect(!isShown(0x110100, hasRegisters: false))
  }

  /// What `dev.bridge` and `dev.chipset` block is left out, whatever registers it has.
  @Test(arguments: [0x060000, 0x060100, 0x080600, 0x0c0500] as [UInt32])
  func chipsetIsNot(_ classCode: UInt32) { #expect(!isShown(classCode)) }

  @Test func aDiskWithoutRegistersIsShown() { #expect(isShown(0x010802, hasRegisters: false)) }
}
