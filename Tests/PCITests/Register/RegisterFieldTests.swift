// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

@testable import PCI

/// A field is declared once; these hold that nothing declared is left out.
@Suite("Register fields")
struct RegisterFieldTests {
  /// The text of every source file of the module.
  private static func sources() throws -> [(name: String, text: String)] {
    let root = TestCorpora.root.appendingPathComponent("Sources/PCI")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var sources: [(String, String)] = []
    for case let url as URL in files ?? .init() where url.pathExtension == "swift" {
      sources.append(
        (url.lastPathComponent, String(decoding: try TestCorpora.bytes(url), as: UTF8.self)))
    }
    return sources
  }

  @Test("every field that a register declares is in its list")
  func nothingForgotten() throws {
    var declared = 0
    let declaration =
      #/static let (`?\w+`?) = (?:flag|number|power|hexadecimal|address|names|computed|RegisterField)\(/#
    for (file, text) in try Self.sources() {
      for block in text.split(separator: "RegisterFields {").dropFirst() {
        guard let start = block.range(of: "static let fields = ") else {
          // The protocol and its extension.
          continue
        }
        let list = block[start.upperBound...].prefix { $0 != "]" }
        let names = Set(
          list.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "`") }.map(String.init))
        for match in block[..<start.lowerBound].matches(of: declaration) {
          declared += 1
          #expect(names.contains(String(match.1)), "\(file): \(match.1)")
        }
      }
    }
    #expect(declared > 700)
  }

  @Test("every type that decodes a capability is in the list of capabilities")
  func everyCapabilityListed() throws {
    let sources = try Self.sources()
    let catalogue = try #require(sources.first { $0.name == "CapabilityCatalogue.swift" }).text
    var types = 0
    for (_, text) in sources {
      for match in text.matches(of: #/struct (\w+): DecodedCapability/#) {
        types += 1
        let lines = catalogue.components(separatedBy: "CapabilityDecoder(\(match.1).self)").count
        #expect(lines == 2, "\(match.1)")
      }
    }
    #expect(types > 50)
  }

  @Test("capabilities are listed in the order of their ids, one name each")
  func order() {
    var names: [String: CapabilityID] = [:]
    for decoder in CapabilityCatalogue.all {
      let kind = decoder.kind
      #expect(names[kind.shortName] == nil || names[kind.shortName] == kind.id)
      names[kind.shortName] = kind.id
      #expect(kind.id.shortName == kind.shortName)
      #expect(kind.id.title == kind.title)
    }
  }

  /// A root port with PCI Express at 0x40, version 2, without a slot, two lanes at 5 GT/s.
  private var port: ConfigurationSpace {
    var bytes = [UInt8](repeating: 0, count: 256)
    bytes[6] = 0x10
    bytes[0x34] = 0x40
    bytes.replaceSubrange(0x40..<0x44, with: [0x10, 0x90, 0x42, 0x00])
    bytes.replaceSubrange(0x4a..<0x4c, with: [0x20, 0x00])
    bytes.replaceSubrange(0x4c..<0x50, with: [0x22, 0x00, 0x00, 0x07])
    bytes.replaceSubrange(0x90..<0x93, with: [0x09, 0xa0, 0x03])
    bytes.replaceSubrange(0xa0..<0xa3, with: [0x09, 0x00, 0x05])
    return ConfigurationSpace(bytes)
  }

  @Test("a capability is found by its type, and a field by its name in Swift")
  func typedAccess() throws {
    let express = try #require(port[PCIExpress.self])
    #expect(express.portType == .rootPort)
    #expect(express[PCIExpress.LinkCapabilities.portNumber] == 7)
    #expect(express[PCIExpress.LinkCapabilities.maxWidth] == 2)
    #expect(express.isSet(PCIExpress.DeviceStatus.transactionsPending) == true)
    #expect(express.isSet(PCIExpress.DeviceStatus.fatalErrorDetected) == false)
    #expect(express.number(PCIExpress.DeviceCapabilities.maxPayload) == 128)
    // Without a slot there is no slot register.
    #expect(express[PCIExpress.SlotStatus.presence] == nil)
    #expect(express.isCardPresent == nil)
    #expect(port[PowerManagement.self] == nil)
    #expect(port.all(VendorSpecific.self).map { $0.length } == [3, 5])
    let names = port.capabilities.compactMap { $0[PCIExpress.self] }.count
    #expect(names == 1)
  }

  @Test("a second id names the same type")
  func alias() throws {
    var bytes = port.bytes
    bytes.replaceSubrange(0xa0..<0xa3, with: [0x0e, 0x00, 0x35])
    let space = ConfigurationSpace(bytes)
    let agp = try #require(space[AcceleratedGraphicsPort.self])
    #expect(agp[AcceleratedGraphicsPort.Version.major] == 3)
    #expect(space.capabilities.last?.shortName == "agp3")
  }

  @Test("a field that several registers share is read in the one that is named")
  func sharedField() throws {
    var bytes = [UInt8](repeating: 0, count: 64)
    bytes[8] = 0x10
    bytes[13] = 0x10
    let errors = try #require(AdvancedErrorReporting(ConfigurationSpace(bytes), at: 0))
    #expect(errors[AdvancedErrorReporting.uncorrectableMask] == 0x10)
    #expect(errors[AdvancedErrorReporting.uncorrectableStatus] == 0)
    let field = try #require(
      AdvancedErrorReporting.layout.rows.first { $0.name == "uncorrectableMask.dataLinkProtocol" })
    #expect(errors[field.field] == 1)
    #expect(errors[field.field, in: AdvancedErrorReporting.uncorrectableStatus] == 0)
  }

  @Test("a link stream has no capability register, whatever is before it")
  func skippedRegister() throws {
    let bytes = RegisterBytes(ConfigurationSpace([UInt8](repeating: 0xff, count: 16)), at: 4)
    let stream = try #require(EncryptionStream(link: bytes))
    #expect(stream[EncryptionStream.Capability.addressAssociationBlocks] == nil)
    #expect(stream.isEnabled)
    #expect(!stream.fields.contains { $0.name.hasPrefix("capability") })
  }
}
