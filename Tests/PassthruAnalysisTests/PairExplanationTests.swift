// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruAnalysis

/// Why two functions share a group, and what would part them.
@Suite struct PairExplanationTests {
  private func isolating(_ builder: inout SpaceBuilder) {
    builder.addExpress(.rootPort)
    builder.addAccessControl(supported: 0x1d, enabled: 0x1d)
  }

  @Test func explainsAPair() throws {
    var small = SmallHost()
    small.addBridge("00:1b.0", to: 9) { $0.configuration = space(header: 1, isolating) }
    small.addBridge("00:1c.0", to: 1) {
      $0.configuration = space(header: 1) { $0.addExpress(.rootPort) }
    }
    for device in 0..<2 {
      small.add("01:0\(device).0") {
        $0.upstream = .bridge(at("00:1c.0"))
        $0.configuration = space { $0.addExpress(.endpoint) }
      }
    }
    let prediction = GroupPrediction(host: small.host)
    let why = try #require(prediction.why(at("01:00.0"), at("01:01.0"), host: small.host))
    #expect(why.isTogether)
    #expect(why.reasons.map(\.hop) == [at("00:1c.0")])
    #expect(why.reasons[0].text.contains("has no ACS capability"))
    #expect(why.hops.map(\.address) == [at("00:1c.0"), at("01:00.0"), at("01:01.0")])
    #expect(why.hops.map(\.depth) == [0, 1, 1])
    #expect(why.hops.map(\.joins) == [true, false, false])
    #expect(why.remedy?.contains("0000:00:1b.0") == true)
    let apart = try #require(prediction.why(at("01:00.0"), at("00:1b.0"), host: small.host))
    #expect(!apart.isTogether && apart.reasons.isEmpty && apart.remedy == nil)
    #expect(prediction.why(at("01:00.0"), at("44:00.0"), host: small.host) == nil)
  }

  /// Another slot parts the functions of one device only if the device itself does.
  @Test(
    arguments: [
      (true, "moving their card to the slot under 0000:00:1b.0"),
      (false, "nothing: functions of one device"), (nil, "another slot, if their device"),
    ] as [(Bool?, String)])
  func anotherSlotForOneDevice(_ isolates: Bool?, _ remedy: String) throws {
    var small = SmallHost()
    small.addBridge("00:1b.0", to: 9) { $0.configuration = space(header: 1, isolating) }
    small.addBridge("00:1c.0", to: 1) {
      $0.configuration = space(header: 1) { $0.addExpress(.rootPort) }
    }
    for function in 0..<2 {
      small.add("01:00.\(function)") {
        $0.upstream = .bridge(at("00:1c.0"))
        if let isolates {
          $0.configuration = space(header: 0x80) {
            $0.addExpress(.endpoint)
            if isolates { $0.addAccessControl(supported: 0x1d, enabled: 0x1d) }
          }
        }
      }
    }
    let prediction = GroupPrediction(host: small.host)
    let why = try #require(prediction.why(at("01:00.0"), at("01:00.1"), host: small.host))
    #expect(why.isTogether)
    #expect(why.remedy?.hasPrefix(remedy) == true, "\(why.remedy ?? "none")")
  }
}
