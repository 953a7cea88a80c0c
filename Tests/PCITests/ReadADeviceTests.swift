// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import TestCorpora
import Testing

// The code of the article "Read a device" follows, as it stands there; the test
// below holds the two together.

/// A report on one configuration space, in a few lines.
func describe(_ bytes: [UInt8], at address: FunctionAddress) -> [String] {
  let space = ConfigurationSpace(bytes)
  var lines: [String] = []

  // Who made it, and what it is. `nil` means that the bytes were not read.
  if let identity = space.identity, let code = space.classCode {
    lines.append("\(address) \(identity.vendorDevice) \(code.name)")
  }

  // Its base address registers. A configuration space does not tell their sizes.
  for register in space.baseAddressRegisters {
    let place = register.address.map { String($0, radix: 16) } ?? "not assigned"
    lines.append("register \(register.index): \(register.kind) \(place)")
  }

  // A capability is a typed value, with all fields under stable names besides.
  for capability in space.capabilities {
    if let express = capability[PCIExpress.self] {
      lines.append("PCI Express \(express.portType)")
      if let speed = express.currentLinkSpeed, let width = express.currentLinkWidth {
        lines.append("link: \(width) lanes at \(speed)")
      }
    } else if let interrupts = capability[MessageSignaledInterruptsExtended.self] {
      lines.append("MSI-X: \(interrupts.vectorCount) vectors")
    } else {
      lines.append("\(capability.title): \(capability.fields.count) fields")
    }
  }

  // The first of a type, and any of its fields, by the names of the specification.
  if let express = space[PCIExpress.self],
    express.isSet(PCIExpress.DeviceStatus.transactionsPending) == true
  {
    lines.append("transactions are pending")
  }

  // One field by its name, as `passthru show --field` finds it.
  for found in space.fields(named: "pm.controlStatus.powerState") {
    lines.append("\(found.field.name) = \(found.field.raw)")
  }

  // What could not be decoded, and why. None of it stopped the rest.
  for gap in space.gaps(of: address) { lines.append("not known: \(gap.reason)") }
  return lines
}

@Suite("The article \"Read a device\"")
struct ReadADeviceTests {
  @Test("its code is the code above")
  func sameCode() throws {
    let article = String(
      decoding: try TestCorpora.bytes(
        TestCorpora.root.appendingPathComponent("Sources/PCI/PCI.docc/ReadADevice.md")),
      as: UTF8.self)
    let start = try #require(article.range(of: "```swift\nimport PCI\n\n"))
    let end = try #require(article.range(of: "```", range: start.upperBound..<article.endIndex))
    let code = article[start.upperBound..<end.lowerBound]
    let source = String(
      decoding: try TestCorpora.bytes(URL(fileURLWithPath: #filePath)), as: UTF8.self)
    #expect(source.contains(code))
  }

  @Test("what it says of a device")
  func output() throws {
    let space = try BadInputTests.space("looping-list")
    let address = FunctionAddress(domain: 0, bus: 3, deviceFunction: 0)
    #expect(
      describe(space.bytes, at: address) == [
        "0000:03:00.0 8086:1510 Ethernet controller",
        "Power Management: 19 fields",
        "Message Signaled Interrupts: 7 fields",
        "controlStatus.powerState = 0",
        "not known: the capability list leads back to 0x40",
      ])
  }
}
