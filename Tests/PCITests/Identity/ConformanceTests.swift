// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import Testing

/// What programs expect of the vocabulary's types.
@Suite struct ConformanceTests {
  @Test(arguments: ["0000:0a:00.1", "10000:e1:00.0", "0000:00:00.a5"])
  func anAddressComesBackFromItsText(_ text: String) throws {
    let address = try #require(FunctionAddress(text))
    #expect(String(address) == text)
    let json = try JSONEncoder().encode([address])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
    #expect(try JSONDecoder().decode([FunctionAddress].self, from: json) == [address])
  }

  @Test func anAddressThatIsNoneIsRefused() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([FunctionAddress].self, from: Data("[\"0a:40.0\"]".utf8))
    }
  }

  @Test func aBusComesBackFromItsText() {
    for text in ["0000:3a", "10000:e1"] { #expect(BusAddress(text)?.description == text) }
    #expect(BusAddress("3a") == BusAddress(domain: 0, bus: 0x3a))
    for text in ["", "100", "0000:", "0000:100", "0000:3a:00", "0000:3a "] {
      #expect(BusAddress(text) == nil, "\(text)")
    }
  }

  @Test func idsPrintAsEverybodyWritesThem() {
    #expect("\(Identity(vendorID: 0x8086, deviceID: 0x1521))" == "8086:1521")
  }

  /// Every keyword that selectors understand is a case, but for the aliases.
  @Test func keywordsAreCases() {
    let words = Set(ClassKeyword.allCases.map(\.rawValue))
    for word in words { #expect(ClassCode.isKeyword(word), "\(word)") }
    let others = Set(ClassCode.keywords).subtracting(words)
    #expect(
      others == [
        "gpu", "vga", "graphics", "nic", "disk", "sound", "ahci", "nvm", "wifi", "crypto", "uart",
        "1394",
      ])
  }

  @Test func constantsAreOfTheirKind() {
    #expect(ClassCode.nvme.matches(.nvme) && ClassCode.nvme.matches(.storage))
    #expect(ClassCode.ahci.matches(.sata) && ClassCode.ethernet.matches(.ethernet))
    #expect(ClassCode.vga.matches(.display) && ClassCode.threeDimensional.matches(.display))
    #expect(ClassCode.highDefinitionAudio.matches(.audio) && ClassCode.xhci.matches(.usb))
    #expect(ClassCode.hostBridge.matches(.hostBridge) && ClassCode.bridge.matches(.pciBridge))
  }
}
