// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import Testing

@testable import PassthruConfig

/// A Linux host's own parsers on its own files.
@Suite struct HostFileValidatorTests {
  var request: ConfigurationRequest {
    SampleHost.request("0a:00.0", "0a:00.1", host: SampleHost.workstation, guest: "g")
  }

  @Test(.enabled(if: Programs.have("modprobe")))
  func modprobeReadsItsOptions() throws {
    let folder = try TemporaryFolder()
    let document = try Modprobe.emit(request)
    try folder.write(document.text, to: "vfio-pci.conf")
    let outcome = try Programs.run("modprobe", ["-C", folder.url.path, "-c"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("options vfio_pci ids=8086:1521"))
    #expect(lines.contains("softdep igb pre: vfio-pci"))
    #expect(outcome.errors.isEmpty)
  }

  @Test(.enabled(if: Programs.have("augtool")), arguments: ["Modprobe", "Simplevars"])
  func augeasReads(_ lens: String) throws {
    let folder = try TemporaryFolder()
    let isModprobe = lens == "Modprobe"
    let path = isModprobe ? "etc/modprobe.d/vfio-pci.conf" : "boot/loader.conf"
    let text =
      isModprobe
      ? try Modprobe.emit(request).text
      : try LoaderConf.emit(SampleHost.request("0a:00.0", "0b:00.0")).text
    try folder.write(text, to: path)
    let script = """
      set /augeas/load/X/lens \(lens).lns
      set /augeas/load/X/incl /\(path)
      load
      print /augeas//error
      print /files

      """
    let outcome = try Programs.run(
      "augtool", ["-r", folder.url.path, "--noautoload"], input: script)
    #expect(!outcome.output.contains("error"), "\(outcome.output)")
    if isModprobe {
      #expect(outcome.output.contains("/options = \"vfio-pci\""))
      #expect(outcome.output.contains("/options/ids = \"8086:1521\""), "\(outcome.output)")
    } else {
      #expect(outcome.output.contains("/vmm_load = \"\\\"YES\\\"\""), "\(outcome.output)")
      #expect(outcome.output.contains("/pptdevs = \"\\\"10/0/0 11/0/0\\\"\""))
    }
  }

  /// udevadm 252 has no verify; `test` reads every rules file and says what is wrong.
  func udevComplaints(_ rules: String) throws -> [String] {
    let path = "/run/udev/rules.d/10-passthru-config-test.rules"
    try FileManager.default.createDirectory(
      atPath: "/run/udev/rules.d", withIntermediateDirectories: true)
    try Data(rules.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let outcome = try Programs.run("udevadm", ["test", "/sys/class/net/lo"])
    return (outcome.output + outcome.errors).split(separator: "\n").map(String.init)
      .filter { $0.contains("10-passthru-config-test.rules:") }
  }

  /// The directory that udev reads rules from at run time is only root's.
  static var canWriteUdevRules: Bool {
    if geteuid() == 0 { return true }
    print("SKIPPED: udevadm reads rules from /run/udev only, which root writes")
    return false
  }

  @Test(.enabled(if: Programs.have("udevadm") && HostFileValidatorTests.canWriteUdevRules))
  func udevReadsItsRules() throws {
    #expect(try udevComplaints(Udev.emit(request).text).isEmpty)
    #expect(try !udevComplaints("KERNEL=\"x\", BOGUS==\"y\"\n").isEmpty)
  }

  @Test(.enabled(if: Programs.have("systemd-analyze")))
  func systemdTakesTheUnitWithoutAWord() throws {
    let folder = try TemporaryFolder()
    let unit = try folder.write(try SystemdUnit.emit(request).text, to: "passthru-g.service")
    let outcome = try Programs.run("systemd-analyze", ["verify", "--man=no", unit.path])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty && outcome.output.isEmpty, "\(outcome.errors)")
    let broken = try folder.write("[Service]\nExecStart=x\nBogus=1\n", to: "broken.service")
    #expect(
      !(try Programs.run("systemd-analyze", ["verify", "--man=no", broken.path])).errors.isEmpty)
  }

  @Test(arguments: ["dracut", "mkinitcpio", "initramfs-tools", "guard"])
  func shellsReadTheScripts(_ target: String) throws {
    let folder = try TemporaryFolder()
    let request = target == "guard" ? SampleHost.request("0a:00.0", "0a:00.1") : request
    let file = try folder.write(try #require(Target.named(target)).emit(request).text, to: "f")
    let shell = target == "dracut" || target == "mkinitcpio" ? "bash" : "sh"
    let outcome = try Programs.run(shell, ["-n", file.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func mkinitcpioAndDracutKeepWhatOthersAdd() throws {
    let script = """
      MODULES=(amdgpu)
      force_drivers=" other "
      \(try Mkinitcpio.emit(request).text)
      \(try Dracut.emit(request).text)
      echo "${MODULES[*]}" $force_drivers
      """
    let outcome = try Programs.run("bash", ["-c", script])
    #expect(
      outcome.output
        == "vfio_pci vfio vfio_iommu_type1 amdgpu other vfio_pci vfio vfio_iommu_type1\n")
  }

  @Test(.enabled(if: Programs.have("nix-instantiate")))
  func nixReadsTheModule() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(try NixOS.emit(request).text, to: "g.nix")
    let environment = [
      "HOME": folder.url.path, "NIX_STATE_DIR": folder.url.path, "NIX_STORE_DIR": folder.url.path,
    ]
    let parse = try Programs.run(
      "nix-instantiate", ["--parse", file.path], environment: environment)
    #expect(parse.status == 0, "\(parse.errors)")
    // Both of NixOS's initramfs: the one with systemd, and the script.
    for (stage, place) in [
      ("true", "systemd.services.passthru.script"), ("false", "preDeviceCommands"),
    ] {
      let outcome = try Programs.run(
        "nix-instantiate",
        [
          "--eval", "--strict", "--json", "-E",
          """
          (import \(file.path) {
            config.boot.initrd.systemd.enable = \(stage);
            lib.mkIf = isOn: value: if isOn then value else null;
            pkgs.gnugrep = "grep";
          }).boot.initrd.\(place)
          """,
        ], environment: environment)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let commands = try #require(
        try JSONSerialization.jsonObject(
          with: Data(outcome.output.utf8), options: .fragmentsAllowed) as? String)
      #expect(commands.contains("d=/sys/bus/pci/devices/0000:0a:00.1\n"))
      #expect(commands.contains("> $d/driver_override"))
      #expect(try Programs.run("sh", ["-n"], input: commands).status == 0)
    }
  }
}
