// SPDX-License-Identifier: Apache-2.0

import PassthruConfig
import TestCorpora
import Testing

/// What must go together is not written in part without a word.
///
/// The guest of the lab has a display and its audio function in one group (20): Linux hands
/// over both or neither (drivers/iommu/iommu.c, `iommu_group_claim_dma_owner`).
@Suite("Half a group") struct EmitGroupTests {
  private static let host =
    TestCorpora.fixtures.appendingPathComponent("hosts/lab-intel.json").path
  /// Every consumer whose host is judged as Linux's vfio.
  private static let targets = Target.all.filter {
    $0.platform == .linux || $0.platform == .hypervisor || $0.platform == .cluster
  }.map { $0.name }

  private func emit(_ target: String, _ more: String...) throws -> Passthru.Run {
    try Passthru.run(
      ["emit", target, "01:00.0", "--guest", "web", "--from", Self.host] + more)
  }

  @Test(arguments: targets) func isRefused(_ target: String) throws {
    let run = try emit(target)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("0000:01:00.0 goes only together with 0000:01:00.1"))
    #expect(run.errors.contains("--with-group"))
  }

  @Test func isTakenAlong() throws {
    let run = try emit("libvirt", "--with-group")
    #expect(run.status == 0)
    // Both functions' addresses, as libvirt spells them.
    #expect(run.output.contains("bus='0x01' slot='0x00' function='0x0'"))
    #expect(run.output.contains("bus='0x01' slot='0x00' function='0x1'"))
    let named = try Passthru.run(
      ["emit", "libvirt", "01:00.0", "01:00.1", "--guest", "web", "--from", Self.host])
    #expect(named.output == run.output)
  }

  @Test func isWrittenByForceAndSaid() throws {
    let run = try emit("libvirt", "--force")
    #expect(run.status == 0)
    #expect(!run.output.contains("function='0x1'/>\n  </source>"))
    #expect(run.output.contains("without 0000:01:00.1, which must go along"))
  }

  /// bhyve hands over single functions: nothing is asked for.
  @Test func isNoneForBhyve() throws {
    let run = try Passthru.run([
      "emit", "bhyve", "01:00.0", "--guest", "web", "--force", "--from", Self.host,
    ])
    #expect(!run.errors.contains("only together"))
  }
}
