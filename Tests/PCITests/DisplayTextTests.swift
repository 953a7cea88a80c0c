// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PCI

@Suite("Text from outside") struct DisplayTextTests {
  /// ECMA-48's control characters, and what Unicode's UAX 9 and UAX 14 name besides.
  static let commands: [UInt32] =
    Array(0..<0x20) + Array(0x7f...0x9f) + [0x2028, 0x2029]
    + [0x061c, 0x200e, 0x200f] + Array(0x202a...0x202e) + Array(0x2066...0x2069)

  @Test(arguments: commands) func commandsBecomeSpaces(_ value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(displayText("a\(scalar)b") == "a b")
    #expect(displayText(Array("\(scalar)".utf8)) == " ")
  }

  @Test func otherTextStays() {
    for text in ["Müller & Söhne", "深圳", "naïve…", "", "i6300ESB timer", "\u{a0}", "\u{2027}"] {
      #expect(displayText(text) == text)
      #expect(displayText(text.utf8) == text)
    }
    #expect(displayText([0x61, 0x9b, 0x62]) == "a\u{fffd}b")
  }

  @Test func wordsOfAShell() {
    #expect("vfio-pci".shellQuoted == "vfio-pci")
    #expect("i6300ESB timer".shellQuoted == "'i6300ESB timer'")
    #expect("".shellQuoted == "''")
    #expect("a'b".shellQuoted == #"'a'\''b'"#)
  }
}
