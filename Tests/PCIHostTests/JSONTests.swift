// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import PCIHost

@Suite("JSON")
struct JSONTests {
  @Test(
    "what Foundation reads, the strict reader reads, and nothing else",
    arguments: [
      "{}", "[]", "[1,2,3]", "{\"a\":{\"b\":[true,false,null]}}", "\"\\u00e9\\n\\ud83d\\ude00\"",
      "-0", "9223372036854775807", "-9223372036854775808", "1e3", "0.5", "\"\"", "[[[[[]]]]]",
      " [ 1 , 2 ] ", "\"\\/\"",
    ])
  func accepted(_ text: String) throws {
    _ = try JSONReader.read(Array(text.utf8))
    _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
  }

  @Test(
    "text that is no JSON is refused",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "01", "1.", "-", "+1", "\"\\x\"",
      "\"\\ud800\"", "\"a", "tru", "[1] x", "\"\t\"", "nul", "{\"a\":1,\"a\":2}", "1e", "\"\\u12\"",
      "[1 2]", "\u{feff}[]",
    ])
  func refused(_ text: String) {
    #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(text.utf8)) }
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(deep.utf8)) }
  }

  @Test func brokenUTF8IsRefused() {
    #expect(throws: JSONReader.Failure.self) { try JSONReader.read([0x22, 0xff, 0x22]) }
    #expect(throws: JSONReader.Failure.self) { try JSONReader.read([0x22, 0xc3, 0x22]) }
  }

  @Test func failureNamesTheLine() {
    do {
      _ = try JSONReader.read(Array("{\n\"a\": 1,\n\"b\": x\n}".utf8))
      Issue.record("should have failed")
    } catch {
      #expect(error.line == 3)
    }
  }

  @Test("what is written, Foundation reads back the same", arguments: [false, true])
  func writerAgreesWithFoundation(isIndented: Bool) throws {
    let nasty = "quote \" back \\ line \n tab \t bell \u{7} é 😀 del \u{7f}"
    var json = JSONWriter(isIndented: isIndented)
    json.object { json in
      json.member("text", nasty)
      json.array("numbers") { json in
        json.value(Int.min)
        json.value(UInt64.max)
        json.value(0)
      }
      json.object("empty") { _ in }
      json.array("none") { _ in }
      json.member("absent", nil as Int?)
      json.member("flag", true)
      json.member("hex", hexadecimal: UInt64.max, digits: 4)
      json.member("short", hexadecimal: UInt16(0xa), digits: 4)
      json.member(dynamic: nasty, "x")
    }
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
    #expect(object["text"] as? String == nasty)
    #expect(object[nasty] as? String == "x")
    #expect(
      (object["numbers"] as? [NSNumber])?.map(\.stringValue) == [
        "-9223372036854775808", "18446744073709551615", "0",
      ])
    #expect(object["hex"] as? String == "ffffffffffffffff")
    #expect(object["short"] as? String == "000a")
    #expect(object["absent"] is NSNull)
    let read = try JSONReader.read(json.bytes)
    #expect(read["text"]?.text == nasty)
    #expect(read["flag"]?.flag == true)
  }
}
