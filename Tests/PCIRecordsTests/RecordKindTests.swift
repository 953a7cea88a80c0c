// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCIHost
import PCIRecords
import TestCorpora
import Testing

/// Kinds are told by content: no test here gives a name to the reader.
@Suite struct RecordKindTests {
  @Test(arguments: [
    ("em0@pci0:0:25:0:\tclass=0x020000", RecordKind.pciconf),
    ("# pciconf -lv\nhostb0@pci0:0:0:\tclass=0x060000", .pciconf),
    ("00:00.0 Host bridge: Intel", .lspci), ("0000:00:00.0 0600: 8086:1237", .lspci),
    ("10000:e1:00.0 0604: 8086:9a09", .lspci), ("00:00.0 0600: 8086:1237\r\n00: 86", .lspci),
    ("\u{feff}00:00.0 0600: 8086:1237", .lspci),
    ("root@host:~# lspci -n\n00:00.0 0600: 8086:1237", .lspci),
    (" \n {\n  \"schema\": \"passthru.host/1\"", .snapshot),
  ])
  func kinds(_ text: String, _ kind: RecordKind) throws {
    #expect(try RecordKind(detecting: Array(text.utf8)) == kind)
  }

  @Test(arguments: [
    "00:00.00: no", "00:00: 00", "00: 86 80", "0:00.0 x", "00:20.0 Device", "00:00.8 Device",
    "000000000:00:00.0 Device", "em0@pci", "em0@pciX:0", "123@pci0:0:0:0:",
  ])
  func noKind(_ text: String) {
    #expect(throws: RecordError.noHeader(lines: 1, first: text)) {
      try RecordKind(detecting: Array(text.utf8))
    }
  }

  @Test(.enabled(if: TestCorpora.isPresent), arguments: TestCorpora.files("lspci-hex"))
  func everyDumpIsLspci(_ file: URL) throws {
    #expect(try RecordKind(detecting: TestCorpora.bytes(file)) == .lspci)
  }

  @Test func fixtures() throws {
    let hosts = TestCorpora.fixtures.appendingPathComponent("hosts/intel-rich.json")
    let bytes = try TestCorpora.bytes(hosts)
    #expect(try RecordKind(detecting: bytes) == .snapshot)
    let host = try Machine(recording: bytes, location: "intel-rich")
    #expect(host.source == Source(kind: .snapshot, location: "intel-rich"))
    #expect(host.functions.count > 50)
  }
}
