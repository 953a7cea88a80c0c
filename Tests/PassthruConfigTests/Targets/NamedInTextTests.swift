// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PassthruAnalysis
import PassthruConfig
import TestCorpora
import Testing

@Suite("What texts name: the guest, and ids") struct NamedInTextTests {
  /// A target that says it names no guest writes one text for two guests, and one that
  /// says it does writes two: nobody is asked for a name that is nowhere written.
  @Test(arguments: ["hosts/intel-rich.json", "hosts/lab-virtio.json"])
  func aNameIsAskedForWhereItIsWritten(_ fixture: String) throws {
    let host = try CorporaHosts.fixture(fixture)
    let device = try #require(
      host.functions.first { $0.isBridge == false && $0.classCode?.baseClass == 0x02 })
    var compared = 0
    for target in Target.all {
      func text(_ guest: String) -> String? {
        let plan = HostTables(host: host, consumer: target.consumer(on: host), allowing: [])
          .plan(for: [device.address], guest: guest)
        let request = try? plan.request(
          for: target, takesGroup: true, allowing: Set(plan.devices))
        guard let request, let document = try? target.emit(request) else { return nil }
        let undo = try? target.undo(request)
        return document.text + (document.path ?? "") + (undo?.text ?? "")
      }
      guard let one = text("one"), let two = text("two") else { continue }
      #expect((one == two) != target.namesGuest, "\(target.name)")
      compared += 1
    }
    #expect(compared > 20)
  }

  /// A target that says it names no ids writes one text for two devices at one address:
  /// where ids are not recorded, only such a one may be asked.
  @Test(arguments: ["hosts/intel-rich.json", "hosts/lab-virtio.json"])
  func idsAreNeededWhereTheyAreWritten(_ fixture: String) throws {
    let host = try CorporaHosts.fixture(fixture)
    let place = try #require(
      host.functions.firstIndex { $0.isBridge == false && $0.classCode?.baseClass == 0x02 })
    let address = host.functions[place].address
    var compared = 0
    for target in Target.all {
      func text(_ device: UInt16) -> String? {
        var host = host
        host.functions[place].identity.deviceID = device
        let request = ConfigurationRequest(host: host, devices: [address], guest: "g")
        guard let document = try? target.emit(request) else { return nil }
        let undo = try? target.undo(request)
        return document.text + document.warnings.joined() + (undo?.text ?? "")
      }
      guard let one = text(0xabc1), let two = text(0xabc2) else { continue }
      #expect((one != two) == target.namesIdentifiers, "\(target.name)")
      compared += 1
      var unnamed = host
      unnamed.functions[place].forget(.identity)
      let request = ConfigurationRequest(host: unnamed, devices: [address], guest: "g")
      guard target.namesIdentifiers else { continue }
      #expect(throws: ConfigurationError.self, "\(target.name)") { try target.emit(request) }
      #expect(throws: ConfigurationError.self, "\(target.name)") {
        try target.merge(request, into: [])
      }
    }
    #expect(compared > 20)
  }
}
