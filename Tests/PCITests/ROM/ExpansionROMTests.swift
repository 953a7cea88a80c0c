// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PCI

/// Images built by hand after PCI Firmware Specification 3.3, section 5.1.
@Suite("Expansion ROM images")
struct ExpansionROMTests {
  static func image(
    code: UInt8, isLast: Bool, classCode: UInt32 = 0x030000, blocks: UInt16 = 2
  ) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1024)
    bytes[0] = 0x55
    bytes[1] = 0xaa
    bytes[2] = 2
    if code == 3 {
      bytes.replaceSubrange(4..<8, with: [0xf1, 0x0e, 0, 0])
      bytes.replaceSubrange(8..<14, with: [0x0b, 0, 0x64, 0x86, 1, 0])
    }
    bytes[0x18] = 0x40
    bytes.replaceSubrange(0x40..<0x44, with: Array("PCIR".utf8))
    bytes.replaceSubrange(0x44..<0x48, with: [0xde, 0x10, 0x84, 0x21])
    bytes[0x4a] = 0x18
    bytes[0x4c] = 3
    bytes[0x4d] = UInt8(classCode & 0xff)
    bytes[0x4e] = UInt8(classCode >> 8 & 0xff)
    bytes[0x4f] = UInt8(classCode >> 16 & 0xff)
    bytes[0x50] = UInt8(blocks & 0xff)
    bytes[0x51] = UInt8(blocks >> 8)
    bytes[0x54] = code
    bytes[0x55] = isLast ? 0x80 : 0
    let sum = bytes.reduce(UInt8(0), &+)
    bytes[1023] = 0 &- sum
    return bytes
  }

  @Test("a display's ROM with an x86 and an EFI image")
  func both() throws {
    let rom = ExpansionROM(Self.image(code: 0, isLast: false) + Self.image(code: 3, isLast: true))
    #expect(rom.defect == nil)
    #expect(rom.images.count == 2)
    #expect(rom.images[0].codeType == .x86)
    #expect(rom.images[0].isChecksumValid == true)
    #expect(rom.images[0].vendorID == 0x10de)
    #expect(rom.images[0].deviceID == 0x2184)
    #expect(rom.images[1].offset == 1024)
    #expect(rom.images[1].codeType == .efi)
    #expect(rom.images[1].efiMachineType == 0x8664)
    #expect(rom.images[1].isEFICompressed == true)
    #expect(rom.images[1].isChecksumValid == nil)
    #expect(rom.hasUEFIImage)
    #expect(rom.hasUEFIGraphicsImage)
  }

  @Test("an EFI image of a network card is no graphics image")
  func network() {
    let rom = ExpansionROM(Self.image(code: 3, isLast: true, classCode: 0x020000))
    #expect(rom.hasUEFIImage)
    #expect(!rom.hasUEFIGraphicsImage)
  }

  @Test("a wrong checksum is told")
  func checksum() {
    var bytes = Self.image(code: 0, isLast: true)
    bytes[500] ^= 1
    #expect(ExpansionROM(bytes).images.first?.isChecksumValid == false)
  }

  @Test("a header that a tool put before the first image is passed over")
  func prefixed() {
    let rom = ExpansionROM(
      [UInt8](repeating: 0x4e, count: 1536) + Self.image(code: 0, isLast: true))
    #expect(rom.start == 1536)
    #expect(rom.images.count == 1)
  }

  @Test("what is wrong with a ROM is said")
  func defects() {
    #expect(ExpansionROM([]).defect == .noSignature(at: 0))
    #expect(ExpansionROM([0x55, 0xaa]).defect == .noSignature(at: 0))
    #expect(ExpansionROM([UInt8](repeating: 0xff, count: 4096)).defect == .noSignature(at: 0))
    let cut = ExpansionROM(Self.image(code: 0, isLast: true, blocks: 9))
    #expect(cut.images.count == 1)
    #expect(cut.defect == .truncated(at: 0, length: 4608))
    #expect(ExpansionROM(Self.image(code: 0, isLast: true, blocks: 0)).defect == .emptyImage(at: 0))
    let missing = ExpansionROM(Self.image(code: 0, isLast: false))
    #expect(missing.images.count == 1)
    #expect(missing.defect == .noSignature(at: 1024))
    var broken = Self.image(code: 0, isLast: true)
    broken[0x40] = 0
    #expect(ExpansionROM(broken).defect == .noDataStructure(at: 0))
  }

  @Test("a ROM cut anywhere is read without a trap")
  func cut() {
    let bytes = Self.image(code: 0, isLast: false) + Self.image(code: 3, isLast: true)
    for count in 0..<bytes.count {
      let rom = ExpansionROM(Array(bytes[..<count]))
      #expect(rom.defect != nil)
    }
  }
}
