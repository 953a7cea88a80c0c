// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PCI

@Suite("Bridge and CardBus headers")
struct HeaderTests {
  private func space(_ type: UInt8, _ values: [Int: [UInt8]]) -> ConfigurationSpace {
    var bytes = [UInt8](repeating: 0, count: 256)
    bytes[0x0e] = type
    for (offset, value) in values {
      for (index, byte) in value.enumerated() { bytes[offset + index] = byte }
    }
    return ConfigurationSpace(bytes)
  }

  @Test("a bridge's windows of 16, 32 and 64 bits")
  func windows() throws {
    // PCI-to-PCI Bridge 1.2, section 3.2.5.6: base 0xd0 and limit 0xd0 are d000 to dfff.
    let narrow = try #require(
      space(1, [0x1c: [0xd0, 0xd0], 0x20: [0x10, 0xfe, 0x20, 0xfe]]).bridgeWindows)
    #expect(narrow.io?.base == 0xd000)
    #expect(narrow.io?.limit == 0xdfff)
    #expect(narrow.io?.addressWidth == 16)
    #expect(narrow.memory.base == 0xfe10_0000)
    #expect(narrow.memory.limit == 0xfe2f_ffff)
    #expect(narrow.memory.size == 0x20_0000)
    #expect(narrow.prefetchableMemory == nil)

    let wide = try #require(
      space(
        1,
        [
          0x1c: [0x11, 0x21], 0x24: [0x01, 0x00, 0xf1, 0xff], 0x28: [0x80, 0, 0, 0],
          0x2c: [0x81, 0, 0, 0], 0x30: [0x02, 0x00, 0x02, 0x00],
        ]
      ).bridgeWindows)
    #expect(wide.io?.base == 0x2_1000)
    #expect(wide.io?.limit == 0x2_2fff)
    #expect(wide.io?.addressWidth == 32)
    #expect(wide.prefetchableMemory?.base == 0x80_0000_0000)
    #expect(wide.prefetchableMemory?.limit == 0x81_ffff_ffff)
    #expect(wide.prefetchableMemory?.addressWidth == 64)
  }

  @Test("a limit below the base closes a window")
  func closed() throws {
    let windows = try #require(
      space(1, [0x1c: [0xf0, 0x00], 0x20: [0xf0, 0xff, 0x00, 0x00]]).bridgeWindows)
    #expect(windows.io?.isOpen == false)
    #expect(windows.memory.isOpen == false)
    #expect(windows.memory.size == nil)
  }

  @Test("an endpoint has no windows and no bridge control")
  func endpoint() {
    #expect(space(0, [0x1c: [0xd0, 0xd0]]).bridgeWindows == nil)
    #expect(space(0, [0x3e: [0xff, 0xff]]).bridgeControl == nil)
    #expect(space(0, [:]).cardBusHeader == nil)
  }

  @Test("bridge control and secondary status")
  func control() throws {
    let bridge = space(1, [0x1e: [0xa0, 0x22], 0x3e: [0x48, 0x00]])
    let control = try #require(bridge.bridgeControl)
    #expect(control.isSet(BridgeControl.vgaEnable))
    #expect(control.isSet(BridgeControl.secondaryBusReset))
    #expect(!control.isSet(BridgeControl.isaEnable))
    let status = try #require(bridge.secondaryStatus)
    #expect(status.isSet(StatusRegister.capable66MHz))
    #expect(status[StatusRegister.devselTiming] == 1)
    #expect(status.isSet(StatusRegister.receivedMasterAbort))
  }

  @Test("a CardBus bridge: windows, buses, control")
  func cardBus() throws {
    // The windows that lspci prints for 1c:03.0 of a Fujitsu P8010: c0000000-c3ffffff
    // (prefetchable), c8000000-cbffffff, 3000-30ff, 3400-34ff.
    let bridge = space(
      2,
      [
        0x10: [0x00, 0x20, 0x40, 0xfc], 0x18: [0x1c, 0x1d, 0x20, 0xb0],
        0x1c: [0, 0, 0, 0xc0], 0x20: [0, 0xf0, 0xff, 0xc3], 0x24: [0, 0, 0, 0xc8],
        0x28: [0, 0xf0, 0xff, 0xcb], 0x2c: [0, 0x30, 0, 0], 0x30: [0xfc, 0x30, 0, 0],
        0x34: [0, 0x34, 0, 0], 0x38: [0xfc, 0x34, 0, 0], 0x3e: [0x00, 0x05],
        0x40: [0xcf, 0x10, 0x1d, 0x15], 0x44: [1, 0, 0, 0],
      ])
    let header = try #require(bridge.cardBusHeader)
    #expect(header.buses == BridgeBuses(primary: 0x1c, secondary: 0x1d, subordinate: 0x20))
    #expect(header.latencyTimer == 176)
    #expect(header.memoryWindows[0].base == 0xc000_0000)
    #expect(header.memoryWindows[0].limit == 0xc3ff_ffff)
    #expect(header.memoryWindows[0].kind == .prefetchableMemory)
    #expect(header.memoryWindows[1].kind == .memory)
    #expect(header.ioWindows[1].base == 0x3400)
    #expect(header.ioWindows[1].limit == 0x34ff)
    #expect(header.postsWrites)
    #expect(!header.isCardReset)
    #expect(header.legacyModeBase == 1)
    #expect(bridge.identity?.subsystemVendorID == 0x10cf)
  }

  @Test("every name of a header's field is in the catalogue", arguments: [UInt8(0), 1, 2, 3])
  func names(_ type: UInt8) {
    let names = Set(FieldCatalogue.names)
    let fields = space(type, [:]).headerFields
    #expect(fields.count > 20)
    for field in fields { #expect(names.contains(field.name), "\(field.name)") }
  }

  @Test("the catalogue has each name once")
  func once() {
    #expect(FieldCatalogue.names.count == Set(FieldCatalogue.names).count)
    #expect(FieldCatalogue.names.count > 1000)
    #expect(FieldCatalogue.names.contains("pcie.linkCapabilities.maxSpeed"))
    #expect(FieldCatalogue.names.contains("header.command.busMaster"))
    #expect(FieldCatalogue.pattern(of: "ea.entries.12.base") == "ea.entries.N.base")
  }

  @Test("a field is found by its name, and one of several by its offset")
  func lookup() {
    var bytes = [UInt8](repeating: 0, count: 256)
    bytes[6] = 0x10
    bytes[0x34] = 0x40
    bytes.replaceSubrange(0x40..<0x43, with: [0x09, 0x50, 0x05])
    bytes.replaceSubrange(0x50..<0x53, with: [0x09, 0x00, 0x07])
    let space = ConfigurationSpace(bytes)
    #expect(space.fields(named: "vendor.length").map { $0.field.raw } == [5, 7])
    #expect(space.fields(named: "vendor@0x50.length").map { $0.field.raw } == [7])
    #expect(space.fields(named: "vendor@50.length").map { $0.field.raw } == [7])
    #expect(space.fields(named: "header.status.capabilitiesList").map { $0.field.raw } == [1])
    #expect(space.fields(named: "vendor").isEmpty)
    #expect(space.fields(named: "vendor@zz.length").isEmpty)
    #expect(space.fields(named: "pcie.deviceStatus").isEmpty)
  }
}
