// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PassthruAnalysis
import PassthruConfig
import TestCorpora
import Testing

@Suite("Which texts name the guest") struct GuestNameTests {
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
}
