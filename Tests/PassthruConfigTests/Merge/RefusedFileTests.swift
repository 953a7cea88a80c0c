// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PassthruAnalysis
import Testing

@testable import PassthruConfig

/// Files that are not fully understood: refused with the line, and never rewritten.
@Suite struct RefusedFileTests {
  struct File: CustomTestStringConvertible, Sendable {
    let text: String
    let line: Int
    var testDescription: String { text }
    init(_ line: Int, _ text: String) {
      self.text = text
      self.line = line
    }
  }

  static let workstation = SampleHost.request("0b:00.0", host: SampleHost.workstation)

  /// What the message says where the target refuses; `nil` where it merges.
  static func refusal(
    _ target: String, _ request: ConfigurationRequest, _ text: String
  ) throws -> String? {
    let target = try #require(Target.named(target))
    do {
      _ = try target.merge(request, into: Array(text.utf8))
      return nil
    } catch {
      return "\(error.reason): \(error.remedy)"
    }
  }

  // MARK: GRUB

  static let grub = [
    File(2, "GRUB_DEFAULT=0\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet \\\nsplash\"\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT=\"nmi=\\\"a b\\\" quiet\"\nGRUB_TIMEOUT=5\n"),
    File(1, "export GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n"),
    File(2, "GRUB_TIMEOUT=1\n  export GRUB_CMDLINE_LINUX=\"quiet\"\n"),
    File(2, "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\nif [ -e /x ]; then\nGRUB_TIMEOUT=1\nfi\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\nsplash\"\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT='quiet\nsplash'\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT=\"$OTHER quiet\"\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT=\"`cat /x`\"\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT=quiet\" splash\"\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"'splash'\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT=quiet\\ splash\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT+=\" quiet\"\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT = \"quiet\"\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"; GRUB_CMDLINE_LINUX=\"x\"\n"),
    File(1, "GRUB_TIMEOUT=5; GRUB_CMDLINE_LINUX_DEFAULT=quiet\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\" true\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT='nmi=\"a b quiet'\n"),
    File(2, "GRUB_TIMEOUT=1\n. /etc/default/grub.local\n"),
    File(2, "GRUB_TIMEOUT=1\n[ -e /x ] && GRUB_CMDLINE_LINUX_DEFAULT=y\n"),
    File(2, "GRUB_TIMEOUT=1\ncat >/dev/null <<END\nGRUB_CMDLINE_LINUX=\"x\"\nEND\n"),
    File(1, "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\r\n"),
  ]

  @Test(arguments: grub) func grubIsRefusedWithItsLine(_ file: File) throws {
    let message = try #require(
      try Self.refusal("kernel-cmdline", Self.workstation, file.text), "it was merged into")
    #expect(message.contains("line \(file.line) "), "\(message)")
    #expect(message.contains("by hand"))
  }

  /// What distributions ship around the variables, and every way of writing one plainly.
  static let plainGRUB = [
    "GRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\nGRUB_CMDLINE_LINUX=\"\"\n",
    "GRUB_DISTRIBUTOR=\"$(sed 's, release .*$,,g' /etc/system-release)\"\n"
      + "GRUB_CMDLINE_LINUX=\"rhgb quiet\"\n",
    "GRUB_DISTRIBUTOR=`( . /etc/os-release; echo ${NAME:-Ubuntu} ) 2>/dev/null || echo Ubuntu`\n"
      + "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet splash\"  # \"as shipped\"\n",
    "GRUB_CMDLINE_LINUX_DEFAULT=quiet\nexport GRUB_COLOR=\"a b\"\n",
    "GRUB_CMDLINE_LINUX_DEFAULT='quiet nmi=\"a  b\" $x'\n#GRUB_CMDLINE_LINUX_DEFAULT=\"\\\n",
    "# nothing of ours\nGRUB_TIMEOUT=5\nGRUB_TERMINAL=\"console serial\"",
  ]

  /// The shell reads each of them before and after: nothing is lost, ours is added.
  @Test(.enabled(if: Programs.have("dash")), arguments: plainGRUB)
  func plainGRUBKeepsWhatItSays(_ text: String) throws {
    let target = try #require(Target.named("kernel-cmdline"))
    let merged = try #require(try target.merge(Self.workstation, into: Array(text.utf8)))
    func shell(_ file: String) throws -> String {
      let command =
        file + "\nprintf '%s %s\\n' \"$GRUB_CMDLINE_LINUX_DEFAULT\" \"$GRUB_CMDLINE_LINUX\""
      return try Programs.run("dash", ["-c", command]).output
    }
    let before = try shell(text)
    let after = try shell(String(decoding: merged.bytes, as: UTF8.self))
    #expect(after.contains("intel_iommu=on vfio-pci.ids=8086:10d3"))
    let kept = before.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(kept.isEmpty || after.contains(kept), "\(before) became \(after)")
  }

  @Test func quotesOfTheKernelStay() throws {
    let target = try #require(Target.named("kernel-cmdline"))
    let merged = try #require(
      try target.merge(Self.workstation, into: Array("rw nmi=\"a  vfio-pci.ids=1\" x\n".utf8)))
    #expect(
      String(decoding: merged.bytes, as: UTF8.self)
        == "rw nmi=\"a  vfio-pci.ids=1\" x intel_iommu=on vfio-pci.ids=8086:10d3\n")
  }

  // MARK: loader.conf

  static let loader = [
    File(1, "pptdevs=10/0/0 10/0/1 11/0/1\"\n"),
    File(2, "vmm_load=\"YES\"\npptdevs=\"10/0/0\n"),
    File(1, "pptdevs=10/0/0\n"),
    File(1, "pptdevs='10/0/0'\n"),
    File(1, "pptdevs=\"10/0/0\" \\\n"),
    File(1, "pptdevs=\"10/0/0\";\n"),
    File(1, "pptdevs=\"10/0/0\" \"11/0/0\"\n"),
    File(1, "pptdevs+=\"10/0/0\"\n"),
    File(1, "export pptdevs=\"10/0/0\"\n"),
    File(2, "pptdevs=\"10/0/0\"\npptdevs=\"${pptdevs} 11/0/0\"\n"),
    File(1, "pptdevs=\"10/0/0\t11/0/0\"\n"),
    File(1, "pptdevs2 \"10/0/0\"\n"),
    File(1, "vmm_load=\"YES\n"),
    File(1, "vmm_load='YES'\n"),
    File(1, "autoboot_delay=\"3\" pptdevs=\"10/0/0\"\n"),
  ]

  @Test(arguments: loader) func loaderConfIsRefusedWithItsLine(_ file: File) throws {
    let message = try #require(
      try Self.refusal("loader.conf", SampleHost.request("0a:00.1"), file.text),
      "it was merged into")
    #expect(message.contains("line \(file.line) "), "\(message)")
  }

  @Test func aMalformedLineOfAnotherVariableIsPointedOut() throws {
    let target = try #require(Target.named("loader.conf"))
    let text = "zfs_load=\"YES\nkern.x=a/b\n  vmm_load = YES # on\n"
    let merged = try #require(
      try target.merge(SampleHost.request("0a:00.1"), into: Array(text.utf8)))
    #expect(merged.warnings.count { $0.contains("malformed") } == 2, "\(merged.warnings)")
    #expect(String(decoding: merged.bytes, as: UTF8.self).hasPrefix(text))
  }
}
