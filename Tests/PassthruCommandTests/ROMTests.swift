// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// `passthru rom` on files made here, and on real ones beside another reader of them.
@Suite("ROM files")
struct ROMTests {
  /// An image after PCI Firmware Specification 3.3, section 5.1.
  private static func image(code: UInt8, isLast: Bool, baseClass: UInt8 = 3) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1024)
    bytes.replaceSubrange(0..<3, with: [0x55, 0xaa, 2])
    if code == 3 {
      bytes.replaceSubrange(4..<14, with: [0xf1, 0x0e, 0, 0, 0x0b, 0, 0x64, 0x86, 1, 0])
    }
    bytes[0x18] = 0x40
    bytes.replaceSubrange(0x40..<0x44, with: Array("PCIR".utf8))
    bytes.replaceSubrange(
      0x44..<0x58,
      with: [
        0xde, 0x10, 0x84, 0x21, 0, 0, 0x18, 0, 3, 0, 0, baseClass, 2, 0, 7, 0, code,
        isLast ? 0x80 : 0, 0, 0,
      ])
    bytes[1023] = 0 &- bytes.reduce(UInt8(0), &+)
    return bytes
  }

  private func rom(_ bytes: [UInt8], _ more: [String] = []) throws -> Passthru.Run {
    try Passthru.withFile(Data(bytes)) { try Passthru.run(["rom", $0] + more) }
  }

  @Test func displayForUEFI() throws {
    let run = try rom(Self.image(code: 0, isLast: false) + Self.image(code: 3, isLast: true))
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("UEFI graphics image: yes, the image at 0x400\n"))
    #expect(run.output.contains("EFI x64, compressed  10de:2184  class 030000 display"))
    #expect(run.output.contains("checksum right"))
    #expect(run.errors.isEmpty)
  }

  @Test func answersOfNo() throws {
    let network = try rom(Self.image(code: 3, isLast: true, baseClass: 2))
    #expect(network.status == 1)
    #expect(
      network.output.hasPrefix("UEFI graphics image: no: the image for UEFI is not for a display"))
    var bytes = Self.image(code: 0, isLast: true)
    bytes[900] ^= 1
    let legacy = try rom(bytes)
    #expect(legacy.status == 1)
    #expect(legacy.output.hasPrefix("UEFI graphics image: no: no image is for UEFI\n"))
    #expect(legacy.output.contains("checksum wrong"))
  }

  @Test func headerOfATool() throws {
    let run = try rom([UInt8](repeating: 0x4e, count: 1536) + Self.image(code: 3, isLast: true))
    #expect(run.status == 0)
    #expect(run.output.contains("after 1536 bytes of another header"))
  }

  @Test func cutShort() throws {
    let run = try rom(Array(Self.image(code: 0, isLast: true).prefix(600)))
    #expect(run.status == 1)
    #expect(run.output.contains("goes on past the end"))
  }

  @Test func noROM() throws {
    for bytes in [[], Array("#!/bin/sh\n".utf8), [UInt8](repeating: 0xff, count: 65_536)] {
      let run = try rom(bytes)
      #expect(run.status == 2)
      #expect(run.output.isEmpty)
      #expect(run.errors.contains("is not an expansion ROM"))
    }
    #expect(try Passthru.run(["rom", "/nonexistent/card.rom"]).status == 2)
    #expect(try Passthru.run(["rom"]).status == 64)
    #expect(try rom(Self.image(code: 0, isLast: true), ["--format", "pciconf"]).status == 64)
  }

  @Test(.enabled(if: SchemaTests.hasValidator)) func schema() throws {
    for bytes in [
      Self.image(code: 0, isLast: false) + Self.image(code: 3, isLast: true),
      Array(Self.image(code: 0, isLast: true).prefix(600)),
    ] {
      try Passthru.withFile(Data(bytes)) { file in
        try SchemaTests().validate(["rom", file], expecting: "passthru.rom/1")
      }
    }
  }

  /// Ready-made ROM files of Debian's ipxe-qemu, where it is installed.
  static let installed: [String] = {
    let folder = "/usr/lib/ipxe/qemu"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let paths = names.filter { $0.hasSuffix(".rom") }.sorted().map { folder + "/" + $0 }
    guard (try? TestCorpora.run("sh", ["-c", "command -v romheaders"])) ?? nil != nil,
      !paths.isEmpty
    else {
      print(
        "SKIPPED: no ROM is compared with romheaders: "
          + "apt-get install fcode-utils ipxe-qemu")
      return []
    }
    return paths
  }()

  @Test(.enabled(if: !installed.isEmpty), arguments: installed)
  func sameAsRomheaders(_ path: String) throws {
    let run = try Passthru.run(["rom", path, "--format", "json"])
    #expect(run.status == 1)
    let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let images = try #require((document as? [String: Any])?["images"] as? [[String: Any]])
    let other = try #require(try TestCorpora.run("romheaders", [path]))
    func values(_ label: String) -> [String] {
      other.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { $0.hasPrefix(label + ": ") }
        .map { String($0.dropFirst(label.count + 2).prefix { $0 != " " }) }
    }
    func numbers(_ key: String) -> [Int] { images.compactMap { $0[key] as? Int } }
    func texts(_ key: String) -> [String] { images.compactMap { $0[key] as? String } }
    #expect(!images.isEmpty && values("Vendor ID").count == images.count)
    #expect(texts("vendorID").map { "0x" + $0 } == values("Vendor ID"))
    #expect(texts("deviceID").map { "0x" + $0 } == values("Device ID"))
    #expect(texts("classCode").map { "0x" + $0 } == values("Class Code"))
    func parsed(_ label: String) -> [Int?] { values(label).map { Int($0.dropFirst(2), radix: 16) } }
    #expect(numbers("length").map { $0 / 512 } == parsed("Image Length"))
    #expect(numbers("codeType") == parsed("Code Type"))
    #expect(numbers("revision") == parsed("Revision Level of Code/Data"))
    #expect(numbers("structureRevision") == parsed("PCI Data Structure Revision"))
    let last = images.compactMap { $0["isLast"] as? Bool }.map { $0 ? 0x80 : 0 }
    #expect(last == parsed("Last-Image Flag"))
  }
}
