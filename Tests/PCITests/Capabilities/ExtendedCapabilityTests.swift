// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PCI

@Suite("Extended capabilities")
struct ExtendedCapabilityTests {
  static let cases: [CapabilityCase] = errorCases + linkCases + resourceCases + vendorCases

  @Test("each field says what the specification does", arguments: cases)
  func fields(_ example: CapabilityCase) throws {
    try example.check()
  }

  @Test("a capability whose bytes end too early keeps them", arguments: cases)
  func truncated(_ example: CapabilityCase) throws {
    // Two bytes past the header: no extended capability is decoded from that.
    let short = ConfigurationSpace(Array(example.space.bytes[..<0x106]))
    let capability = try #require(short.capabilities.first { $0.entry.id == example.id })
    #expect(capability.isTruncated)
    #expect(capability.fields.map { $0.name } == ["bytes"])
  }

  @Test("of the LTSSM registers, those in use are shown")
  func trackingRegisters() throws {
    let example = try #require(Self.cases.first { $0.id == FlitPerformance.id })
    let names = try #require(example.capability).fields.map { $0.name }
    #expect(names.contains("ltssmStatus.1.register"))
    #expect(!names.contains("ltssmStatus.2.register"))
  }

  @Test("shadow functions that the space has no room for are kept as bytes")
  func shadowFunctions() throws {
    let example = CapabilityCase(
      "", extended: ShadowFunctions.id, [0xff, 0, 0, 0, 1, 0, 0, 0], [:])
    // 256 entries end at 0x100 + 0xc + 0x400.
    let whole = ConfigurationSpace(Array(example.space.bytes[..<0x50c]))
    let short = ConfigurationSpace(Array(example.space.bytes[..<0x50b]))
    let decoded = try #require(whole.capabilities.first { $0.entry.id == example.id })
    #expect(!decoded.isTruncated)
    #expect(decoded.fields.contains { $0.name == "instances.255.functionNumber" })
    #expect(try #require(short.capabilities.first { $0.entry.id == example.id }).isTruncated)
  }

  /// Every id has a case, or a reason why it has none.
  @Test("no decoded id is left without a test")
  func complete() {
    // Covered by real dumps in the comparison with lspci, and by the modules' own tests.
    let elsewhere: Set<UInt16> = [0x0002, 0x0005, 0x0009, 0x000d, 0x000e, 0x0010]
    // No public layout: only the bytes are kept.
    let undecoded: Set<UInt16> = [0x0011, 0x0014]
    let tested = Set(
      Self.cases.compactMap { example -> UInt16? in
        if case .extended(let id) = example.id { id.rawValue } else { nil }
      })
    let last = CapabilityCatalogue.all.compactMap { decoder -> UInt16? in
      if case .extended(let id) = decoder.kind.id { id.rawValue } else { nil }
    }.max()
    for raw in UInt16(1)...(last ?? 0) {
      let names = CapabilityID.extended(ExtendedCapabilityID(rawValue: raw)).fieldNames
      let isDecoded = names.count > 1
      #expect(isDecoded == !undecoded.contains(raw), "\(raw)")
      if isDecoded, !elsewhere.contains(raw) { #expect(tested.contains(raw), "\(raw)") }
    }
  }
}
