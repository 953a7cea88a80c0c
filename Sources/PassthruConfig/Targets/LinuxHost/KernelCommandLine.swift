// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Parameters for the kernel's command line: those that are needed, and no more.
///
/// AMD's IOMMU is on wherever the firmware has it on, and there is no
/// parameter that would say "on" (drivers/iommu/amd/init.c,
/// `parse_amd_iommu_options`).
enum KernelCommandLine: ReversibleTarget {
  static let name = "kernel-cmdline"
  static let summary = "kernel parameters that are needed, for GRUB, systemd-boot and others"
  static let platform = TargetPlatform.linux
  static let namesIdentifiers = true
  static let namesGuest = false
  static let comments = CommentStyle.none

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    var document = ConfigurationDocument(text: "")
    let parameters = parameters(request, functions, losses: &document.losses)
    document.text = parameters.isEmpty ? "" : parameters.joined(separator: " ") + "\n"
    if parameters.isEmpty { document.warnings.append("no parameter is needed") }
    document.warnings += [
      "GRUB: into GRUB_CMDLINE_LINUX_DEFAULT of /etc/default/grub, then update-grub or"
        + " grub2-mkconfig -o /boot/grub2/grub.cfg",
      "systemd-boot: into /etc/kernel/cmdline or the entry's options line, then"
        + " kernel-install or reinstall-kernels; ostree: rpm-ostree kargs --append-if-missing=",
      "iommu=pt is not needed: it spares the host's own devices the translation",
    ]
    if request.host.linux?.commandLine?.utf8.isEmpty == false,
      hasParameter("pcie_acs_override", in: request.host)
    {
      document.warnings.append(
        "this kernel runs with an out-of-tree override of ACS: its IOMMU groups are not what the"
          + " hardware keeps apart")
    }
    return document
  }

  /// The parameters that are needed and not there yet.
  static func parameters(
    _ request: ConfigurationRequest, _ functions: [Function], losses: inout [String]
  ) -> [String] {
    var parameters: [String] = []
    let host = request.host
    let isIntel =
      host.iommu.kind == .intel || (host.iommu.kind == nil && host.hasIntelHostBridge)
    if isIntel, host.iommu.isEnabled != true || hasParameter("intel_iommu", in: host) {
      parameters.append("intel_iommu=on")
    }
    do throws(ConfigurationError) {
      parameters.append("vfio-pci.ids=" + (try request.uniqueIDs(functions)).joined(separator: ","))
    } catch {
      losses.append("no vfio-pci.ids: \(error.reason): \(error.remedy)")
    }
    return parameters
  }

  private static func hasParameter(_ name: String, in host: Machine) -> Bool {
    guard let line = host.linux?.commandLine else { return false }
    return line.split(separator: " ").contains { word in
      word.split(separator: "=", maxSplits: 1).first.map { $0 == name } ?? false
    }
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    var losses: [String] = []
    let parameters = parameters(request, functions, losses: &losses)
    var lines = ["# Take these out of the kernel's command line again, and reboot:"]
    lines += parameters.map { "#   \($0)" }
    return lines
  }
}

extension Machine {
  /// Whether the host bridge at 00:00.0 is Intel's.
  var hasIntelHostBridge: Bool { hostBridges.contains { $0.identity.vendorID == 0x8086 } }

  /// Whether a host bridge is there, whose vendor tells that of the processor.
  var hasHostBridge: Bool { !hostBridges.isEmpty }

  private var hostBridges: [Function] {
    functions.filter {
      $0.classCode?.baseAndSubClass == 0x0600 && $0.address.domain == 0 && $0.address.bus == 0
    }
  }
}
