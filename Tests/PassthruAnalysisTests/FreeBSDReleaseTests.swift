// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruAnalysis

/// What depends on FreeBSD's release.
@Suite struct FreeBSDReleaseTests {
  private func host(_ release: String?, date: Int?) -> Machine {
    var small = SmallHost(.freebsd)
    small.host.system.release = release
    small.host.freeBSD = FreeBSDFacts(releaseDate: date)
    small.add("01:00.0", id: (0x14c3, 0x0616)) {
      var register = windowAt(0, size: 4096)
      register.isEnabled = false
      $0.baseAddressRegisters = [register]
    }
    return small.host
  }

  private func ids(_ host: Machine) -> [String] {
    host.assessments(for: .bhyve)[0].findings.map { $0.id }
  }

  /// ppt_assign_device switches decoding on from 13.1 (review D33628): no warning there.
  @Test func disabledRegistersMatterBefore131() {
    #expect(ids(host("13.0-RELEASE", date: 1_300_139)).contains("bar.disabled"))
    #expect(!ids(host("13.1-RELEASE", date: 1_301_000)).contains("bar.disabled"))
    #expect(!ids(host("15.0-CURRENT", date: 1_500_068)).contains("bar.disabled"))
    #expect(ids(host(nil, date: nil)).contains("bar.disabled"))
  }

  /// A fork's own name and number: kern.osreldate tells.
  @Test func theNumberComesBeforeTheName() throws {
    let release = try #require(FreeBSDRelease(host("24.7-FORK", date: 1_402_000)))
    #expect(release == FreeBSDRelease(14, 2))
    let patched = try #require(FreeBSDRelease(host("12.1-RELEASE-p6", date: 1_201_000)))
    #expect(patched.patch == 6)
    #expect(FreeBSDRelease(host("12.1-RELEASE-p6", date: nil))?.patch == 6)
  }

  /// Devices whose reset hangs hang FreeBSD's guests too (wifibox issues 106 and 158).
  @Test func aResetThatHangsIsARisk() throws {
    let found = host("15.0-RELEASE", date: nil).assessments(for: .bhyve)[0].findings
    let finding = try #require(found.first { $0.id == "reset.quirk-no-flr" })
    #expect(finding.severity == .risk)
  }
}
