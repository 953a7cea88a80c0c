// SPDX-License-Identifier: Apache-2.0

import PCI
import Testing

@testable import PCIBus

@Suite struct ResourceLinesTests {
  private func lines(_ text: String) -> ResourceLines {
    let bytes = Array(text.utf8)
    return ResourceLines(bytes.span)
  }

  private func line(_ start: UInt64, _ end: UInt64, _ flags: UInt64) -> String {
    func digits(_ value: UInt64) -> String {
      let text = String(value, radix: 16)
      return "0x" + String(repeating: "0", count: 16 - text.count) + text
    }
    return digits(start) + " " + digits(end) + " " + digits(flags) + "\n"
  }

  @Test(arguments: [(7, false), (13, false), (11, true), (12, true), (17, true), (18, true)])
  func lineCountTellsABridge(_ count: Int, _ isBridge: Bool) {
    let text = String(repeating: SyntheticTree.emptyLine + "\n", count: count)
    let resource = lines(text)
    #expect(resource.lineCount == count)
    #expect(resource.hasBridgeWindows == isBridge)
    #expect(!resource.isMalformed)
    #expect(resource.registers.isEmpty)
  }

  @Test func otherCountsTellNothing() {
    #expect(lines("").hasBridgeWindows == nil)
    #expect(lines(SyntheticTree.emptyLine).lineCount == 1)
    #expect(lines(SyntheticTree.emptyLine).hasBridgeWindows == nil)
  }

  /// The flag words are those that include/linux/ioport.h defines.
  @Test(
    arguments: [
      (0x40200, BaseAddressRegister.Kind.memory32, false),
      (0x42208, .memory32, true),
      (0x140204, .memory64, false),
      (0x14220c, .memory64, true),
      (0x204, .memory64, false),
      // Linux 2.6.32 had another prefetch flag: the register's bit is in the low byte.
      (0x21208, .memory32, true),
      // Ports that Linux gives an IDE controller in compatibility mode.
      (0x110, .io, false),
      (0x40202, .memoryBelow1MiB, false),
      (0x40101, .io, false),
    ] as [(UInt64, BaseAddressRegister.Kind, Bool)])
  func flagsTellTheKind(_ flags: UInt64, _ kind: BaseAddressRegister.Kind, _ prefetch: Bool) {
    let resource = lines(line(0xfea0_0000, 0xfea1_ffff, flags))
    #expect(
      resource.registers == [
        BaseAddressRegister(
          index: 0, kind: kind, isPrefetchable: prefetch, isEnabled: nil, address: 0xfea0_0000,
          size: 0x2_0000)
      ])
  }

  @Test func oneByteIsASize() {
    // The IDE control port at 0x3f6 is one byte long; libpci 3.9 says 0.
    #expect(lines(line(0x3f6, 0x3f6, 0x40101)).registers.first?.size == 1)
  }

  @Test func unsetHasASizeAndNoAddress() {
    let register = lines(line(0, 0xfff_ffff, 0x2014_220c)).registers.first
    #expect(register?.address == nil)
    #expect(register?.size == 0x1000_0000)
    #expect(register?.isEnabled == nil)
  }

  @Test func disabledIsNotEnabled() {
    #expect(lines(line(0x1000, 0x1fff, 0x1004_0200)).registers.first?.isEnabled == false)
  }

  @Test func seventhLineIsTheROM() {
    let empty = String(repeating: SyntheticTree.emptyLine + "\n", count: 6)
    let off = lines(empty + line(0xfe90_0000, 0xfe93_ffff, 0x46200)).registers.first
    #expect(off?.kind == .expansionROM && off?.index == 6 && off?.isEnabled == false)
    let on = lines(empty + line(0xfe90_0000, 0xfe93_ffff, 0x46201)).registers.first
    #expect(on?.isEnabled == nil)
  }

  @Test func sixtyFourBitsOfAddress() {
    let register = lines(line(0x38_0000_0000, 0x3f_ffff_ffff, 0x14220c)).registers.first
    #expect(register?.address == 0x38_0000_0000)
    #expect(register?.size == 0x8_0000_0000)
    #expect(lines(line(0, .max, 0x14220c)).registers.first?.size == nil)
    #expect(lines(line(0x2000, 0x1000, 0x40200)).registers.first?.size == nil)
  }

  @Test(arguments: [
    "0x1 0x2\n", "garbage\n", "0x00000000fea00000 0x00000000fea1ffff\n", "\n\n\n",
    "0x00000000000000000fea00000 0x0 0x200\n", "0x0 0x0 0x4\n", "\u{0}\u{0}\u{0}",
  ])
  func malformedLinesAreSaid(_ text: String) {
    #expect(lines(text).isMalformed)
    #expect(lines(text).registers.isEmpty)
  }

  @Test func shortFormIsRead() {
    // Not the kernel's padding, and still unambiguous.
    #expect(lines("0x1000 0x1fff 0x200\n").registers.first?.size == 0x1000)
  }
}
