// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PCI

/// The example of PCI Local Bus 3.0, appendix I: an identifier and a read-only part.
@Suite("Vital product data")
struct VitalProductDataTests {
  static var example: [UInt8] {
    var bytes: [UInt8] = [0x82, 0x05, 0x00] + Array("Card ".utf8)
    var items: [UInt8] = Array("PN".utf8) + [4] + Array("1234".utf8)
    items += Array("SN".utf8) + [3] + Array("a\u{1}b".utf8)
    items += Array("RV".utf8) + [2]
    bytes += [0x90, UInt8(items.count + 2), 0] + items
    bytes.append(0 &- bytes.reduce(UInt8(0), &+))
    bytes += [0]
    bytes += [0x91, 6, 0] + Array("YA".utf8) + [3] + Array("tag".utf8)
    bytes += [0x78]
    return bytes
  }

  @Test("name, keywords, checksum")
  func strings() {
    let data = VitalProductDataContents(Self.example)
    #expect(data.productName == "Card ")
    #expect(data.items.map { $0.keyword } == ["PN", "SN", "RV", "YA"])
    #expect(data.items[0].text == "1234")
    #expect(data.items[0].title == "part number")
    #expect(data.items[1].text == "a b")
    #expect(data.items[3].isWritable)
    #expect(data.items[3].text == "tag")
    #expect(data.isChecksumValid == true)
    #expect(data.defect == nil)
  }

  @Test("a wrong checksum is told")
  func checksum() {
    var bytes = Self.example
    bytes[4] ^= 1
    #expect(VitalProductDataContents(bytes).isChecksumValid == false)
  }

  @Test("what is wrong with the data is said")
  func defects() {
    #expect(VitalProductDataContents([]).defect == .truncated(at: 0))
    #expect(VitalProductDataContents([0xff, 0xff]).defect == .unknownTag(0xff, at: 0))
    #expect(VitalProductDataContents([0x82, 0xff, 0xff, 0x41]).defect == .truncated(at: 0))
    // An item whose length leads out of its resource.
    let lying: [UInt8] = [0x90, 4, 0] + Array("PN".utf8) + [9, 0x41, 0x78]
    #expect(VitalProductDataContents(lying).defect == .truncated(at: 3))
  }

  @Test("data cut anywhere is read without a trap")
  func cut() {
    let bytes = Self.example
    for count in 0..<bytes.count {
      #expect(VitalProductDataContents(Array(bytes[..<count])).defect != nil)
    }
  }
}
