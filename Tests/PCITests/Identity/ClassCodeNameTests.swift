// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import PCI

/// The class section of the installed pci.ids: an independent list of what is in use.
enum ClassSection {
  struct Row: Sendable, CustomStringConvertible {
    var code: ClassCode
    var level: Int
    var name: String
    var description: String { "\(code) \(name)" }
  }

  static let places = ["/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids"]

  static let rows: [Row] = {
    guard let path = places.first(where: { FileManager.default.fileExists(atPath: $0) }),
      let data = FileManager.default.contents(atPath: path)
    else {
      print("SKIPPED: no pci.ids at \(places.joined(separator: " or "))")
      return []
    }
    var rows: [Row] = []
    var base: UInt32?
    var sub: UInt32 = 0
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let tabs = line.prefix { $0 == "\t" }.count
      let text = line.dropFirst(tabs)
      if tabs == 0 {
        guard text.hasPrefix("C "), let code = UInt32(text.dropFirst(2).prefix(2), radix: 16)
        else {
          base = nil
          continue
        }
        base = code << 16
        rows.append(
          Row(code: ClassCode(rawValue: code << 16), level: 0, name: text.dropFirst(6).description))
      } else if let base, let code = UInt32(text.prefix(2), radix: 16) {
        if tabs == 1 { sub = base | code << 8 }
        rows.append(
          Row(
            code: ClassCode(rawValue: tabs == 1 ? sub : sub | code), level: tabs,
            name: text.dropFirst(4).description))
      }
    }
    return rows
  }()

  /// Rows of pci.ids that the specification does not have.
  static let notInSpecification: [String: String] = [
    "0 400000": "base class 40 is reserved; pci.ids names one vendor's use of it",
    "1 000500": "sub-class 05 of base class 00 is reserved",
    "1 089900": "sub-class 99 of base class 08 is reserved",
    "2 089901": "sub-class 99 of base class 08 is reserved",
  ]
}

@Suite("Class code names")
struct ClassCodeNameTests {
  @Test(
    "every class of pci.ids that the specification has is named",
    .enabled(if: !ClassSection.rows.isEmpty, "no pci.ids is installed"),
    arguments: ClassSection.rows)
  func named(_ row: ClassSection.Row) {
    let name =
      switch row.level {
      case 0: row.code.baseClassName
      case 1: row.code.subClassName
      default: row.code.programmingInterfaceName
      }
    if ClassSection.notInSpecification["\(row.level) \(row.code)"] != nil {
      #expect(name == nil, "listed as an exception, but named")
    } else {
      #expect(name != nil)
    }
  }

  /// Words that our name and pci.ids's share show that no code has another's name.
  @Test(
    "a sub-class shares a word with its name in pci.ids",
    .enabled(if: !ClassSection.rows.isEmpty, "no pci.ids is installed"))
  func wordsAgree() {
    // Serial ATA is SATA, interrupt controller PIC, real-time clock RTC, game port
    // gameport, PowerPC Power PC, coprocessor Co-processor, Serial Storage
    // Architecture SSA and CAN bus CANBUS there.
    let otherWords: Set<String> = [
      "010600", "080000", "080300", "090400", "0b2000", "0b4000", "0c0200", "0c0900",
    ]
    var compared = 0
    for row in ClassSection.rows where row.level == 1 {
      guard let name = row.code.subClassName, !otherWords.contains(row.code.description) else {
        continue
      }
      #expect(!words(name).isDisjoint(with: words(row.name)), "\(row): \(name)")
      compared += 1
    }
    #expect(compared > 80)
  }

  private func words(_ text: String) -> Set<String> {
    let all = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return Set(all).subtracting(["controller", "device", "other", "and", "bus", "to"])
      .union(all.contains("other") || all.count < 3 ? all : [])
  }

  @Test(
    "short kinds of the tables",
    arguments: [
      (0x020000, "ethernet"), (0x010802, "nvme"), (0x030000, "display"), (0x030200, "display"),
      (0x000100, "display"), (0x0c0330, "usb"), (0x040300, "audio"), (0x060000, "host bridge"),
      (0x060400, "pci bridge"), (0x010601, "sata"), (0x088000, "system"), (0x550000, "550000"),
    ])
  func shortKind(_ code: Int, _ kind: String) {
    #expect(ClassCode(rawValue: UInt32(code)).shortKind == kind)
  }

  @Test(
    "keywords of the selector",
    arguments: [
      (0x030200, "display", true), (0x030000, "GPU", true), (0x000100, "vga", true),
      (0x020000, "network", true), (0x020000, "ethernet", true), (0x028000, "ethernet", false),
      (0x060000, "host-bridge", true), (0x060400, "bridge", true), (0x060400, "host-bridge", false),
      (0x0c0330, "usb", true), (0x0c0330, "serial-bus", true), (0x0c0330, "display", false),
    ])
  func keywords(_ code: Int, _ keyword: String, _ expected: Bool) {
    #expect(ClassCode(rawValue: UInt32(code)).matches(keyword: keyword) == expected)
    #expect(ClassCode.isKeyword(keyword))
  }

  @Test("a word that is no keyword is told")
  func unknownKeyword() {
    #expect(!ClassCode.isKeyword("toaster"))
    #expect(ClassCode.keywords == Array(Set(ClassCode.keywords)).sorted())
  }

  @Test(
    "the two channels of an IDE controller",
    arguments: [
      (0x010180, "compatibility mode, bus mastering"),
      (0x01018a, "compatibility (switchable) mode, bus mastering"),
      (0x010185, "native mode, bus mastering"),
      (0x010101, "primary native, secondary compatibility"),
    ])
  func ideModes(_ code: Int, _ name: String) {
    #expect(ClassCode(rawValue: UInt32(code)).programmingInterfaceName == name)
  }
}
