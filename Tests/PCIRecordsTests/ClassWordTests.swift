// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

/// FreeBSD's words for classes against the class codes, over every real dump.
///
/// The words are FreeBSD's own (usr.sbin/pciconf/pciconf.c, `pci_nomatch_tab`);
/// the codes come from the header line. A reader that gave one function
/// another's lines, or took the code from the wrong place, would not agree.
@Suite(.enabled(if: TestCorpora.isPresent)) struct ClassWordTests {
  static let baseClasses: [String: UInt8] = [
    "old": 0x00, "mass storage": 0x01, "network": 0x02, "display": 0x03, "multimedia": 0x04,
    "memory": 0x05, "bridge": 0x06, "simple comms": 0x07, "base peripheral": 0x08,
    "input device": 0x09, "docking station": 0x0a, "processor": 0x0b, "serial bus": 0x0c,
    "wireless": 0x0d, "intelligent I/O controller": 0x0e, "satellite communication": 0x0f,
    "encrypt/decrypt": 0x10, "dasp": 0x11, "processing accelerators": 0x12,
    "non-essential instrumentation": 0x13,
  ]
  static let subClasses: [String: UInt16] = [
    "HOST-PCI": 0x0600, "PCI-ISA": 0x0601, "PCI-PCI": 0x0604, "PCI-CardBus": 0x0607,
    "ethernet": 0x0200, "USB": 0x0c03, "SMBus": 0x0c05, "Fibre Channel": 0x0c04,
    "FireWire": 0x0c00, "VGA": 0x0300, "SCSI": 0x0100, "ATA": 0x0101, "RAID": 0x0104,
    "SATA": 0x0106, "SAS": 0x0107, "NVM": 0x0108, "audio": 0x0401, "HDA": 0x0403,
    "UART": 0x0700, "interrupt controller": 0x0800, "SD host controller": 0x0805,
    "IOMMU": 0x0806, "performance counters": 0x1101, "RAM": 0x0500,
    "Root Complex Event Collector": 0x0807,
  ]

  @Test func wordsAgreeWithCodes() throws {
    var bases = 0
    var subs = 0
    for file in TestCorpora.files("pciconf", suffix: ".pciconf") {
      let bytes = try TestCorpora.bytes(file)
      let host = try Machine(recording: bytes, location: file.lastPathComponent)
      // The words, by the selector of the header above them.
      var selector = ""
      var words: [String: (base: String?, sub: String?)] = [:]
      for line in String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n") {
        if let at = line.range(of: "@pci") {
          selector = String(line[at.upperBound...].prefix { $0.isNumber || $0 == ":" }.dropLast())
          words[selector] = (nil, nil)
        } else if line.hasPrefix("    class      = ") {
          words[selector]?.base = String(line.dropFirst(17))
        } else if line.hasPrefix("    subclass   = ") {
          words[selector]?.sub = String(line.dropFirst(17))
        }
      }
      for function in host.functions {
        let address = function.address
        let code = try #require(function.classCode)
        let three = "\(address.bus):\(address.device):\(address.function)"
        let found = try #require(words["\(address.domain):" + three] ?? words[three])
        if let base = found.base {
          #expect(Self.baseClasses[base] == code.baseClass, "\(base) in \(file.lastPathComponent)")
          bases += 1
        }
        if let sub = found.sub, let expected = Self.subClasses[sub] {
          #expect(expected == code.baseAndSubClass, "\(sub) in \(file.lastPathComponent)")
          subs += 1
        }
      }
    }
    // The counts that grep finds in the corpus, two of "non-VGA display device" less.
    #expect(bases == 3572)
    #expect(subs == 1801)
  }
}
