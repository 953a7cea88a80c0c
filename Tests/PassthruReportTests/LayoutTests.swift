// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PassthruAnalysis
import Testing

@testable import PassthruReport

@Suite("Layout")
struct LayoutTests {
  @Test(
    "cutting and padding keep to the columns",
    arguments: [
      ("abc", 5, "abc  "), ("abcdef", 4, "abc…"), ("äöü", 3, "äöü"), ("äöüß", 3, "äö…"),
      ("", 2, "  "),
    ])
  func fitted(_ text: String, _ width: Int, _ expected: String) {
    #expect(text.fitted(width) == expected)
  }

  @Test func wrappingKeepsEveryWord() {
    let text = "one two three a-word-that-is-longer-than-any-line four"
    let lines = text.wrapped(12)
    #expect(lines.joined(separator: " ") == text)
    #expect(lines.filter { $0.columns > 12 } == ["a-word-that-is-longer-than-any-line"])
  }

  @Test(
    "no table passes its width, whatever is in it",
    arguments: [40, 80, 100, 200])
  func width(_ width: Int) {
    var host = Machine(
      source: Source(kind: .sysfs, location: "x"), system: OperatingSystem(family: .linux))
    for device in 0..<20 as Range<UInt8> {
      var function = Function(
        address: FunctionAddress(domain: 0x10000, bus: 0xe1, deviceFunction: device << 3),
        identity: Identity(vendorID: 0x8086, deviceID: 0x1521))
      function.classCode = ClassCode(rawValue: 0x02_0000)
      function.driver = DriverBinding(name: "a-rather-long-driver-name")
      function.iommuGroup = 100 + Int(device)
      host.functions.append(function)
    }
    let judged = host.functions.map {
      Assessment(
        address: $0.address, verdict: .blocked, together: [],
        findings: [
          Finding(
            id: "x.y", severity: .blocker,
            evidence: String(repeating: "a long reason ", count: 20), remedy: "none",
            source: "none")
        ])
    }
    let style = TextStyle(width: width, cutsTables: true)
    let report = ListReport(host, names: DeviceNames(nil)) { judged[$0] }
    let indices = Array(0..<20)
    // Rows made in parts give the list that rows made at once give.
    let parts = [report.rows(indices[..<7]), report.rows(indices[7...])]
    let bytes = report.text(parts, hidden: 0, style: style)
    #expect(bytes == report.text([report.rows(indices[...])], hidden: 0, style: style))
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n")
    for line in lines.prefix(20) { #expect(String(line).columns <= width) }
    // Into a pipe every cell is whole.
    let whole = String(
      decoding: report.text(parts, hidden: 0, style: TextStyle(width: width)), as: UTF8.self)
    #expect(!whole.contains("…"))
    #expect(whole.contains("a-rather-long-driver-name"))
  }

  @Test func colourIsOnlyUsedWhereAllowed() {
    #expect(TextStyle(usesColor: false).colored("x", .bad) == "x")
    #expect(TextStyle(usesColor: true).colored("x", .bad) == "\u{1b}[31mx\u{1b}[0m")
  }

  @Test(
    "company names lose their legal form",
    arguments: [
      ("Intel Corporation", "Intel"),
      ("Advanced Micro Devices, Inc. [AMD/ATI]", "AMD/ATI"),
      ("Realtek Semiconductor Co., Ltd.", "Realtek"),
      ("Red Hat, Inc.", "Red Hat"),
      ("NVIDIA Corporation", "NVIDIA"),
      ("Inc.", "Inc."),
    ])
  func shortVendor(_ name: String, _ expected: String) {
    #expect(DeviceNames.short(name) == expected)
  }
}
