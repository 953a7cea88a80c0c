// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis

/// The steps on a Linux host: vfio-pci by address, then a guest of QEMU's.
struct LinuxSteps: Sendable {
  private var texts: TargetTexts

  init(_ request: ConfigurationRequest) { texts = TargetTexts(request: request) }

  mutating func write(into plan: inout Plan) {
    if let step = firmwareStep() { plan.steps.append(step) }
    guard let binding = texts.document(Driverctl.self) else {
      plan.steps = []
      plan.warnings += texts.refusals
      return
    }
    let host = texts.request.host
    let isBound = plan.devices.allSatisfy {
      host.passthroughDriver(host.function(at: $0)?.driver?.name) == .vfio
    }
    if let step = virtualFunctionsStep(plan.devices) { plan.steps.append(step) }
    if !isBound {
      plan.steps.append(
        Plan.Step(
          action: "Give \(names(plan.devices)) to vfio-pci, now and at each boot",
          place: "a root shell", lines: lines(of: binding),
          notes: ["libvirt binds it by itself, when the guest starts"] + binding.warnings))
    }
    plan.steps.append(checkStep(plan.devices))
    let ways = [
      texts.alternative(Libvirt.self), texts.alternative(QEMU.self),
      texts.alternative(Proxmox.self),
    ].compactMap { $0 }
    if !ways.isEmpty {
      plan.steps.append(
        Plan.Step(action: "Give it to the guest, by one of these", alternatives: ways))
    }
    plan.undo.append(
      Plan.Step(
        action: "Take it from the guest",
        alternatives: [
          Plan.Alternative(tool: Libvirt.name, lines: texts.undoLines(Libvirt.self)),
          Plan.Alternative(
            tool: QEMU.name, lines: [], notes: ["take the -device arguments out again"]),
          Plan.Alternative(tool: Proxmox.name, lines: texts.undoLines(Proxmox.self)),
        ]))
    if !isBound {
      plan.undo.append(
        Plan.Step(
          action: "Give it back to its own driver", place: "a root shell",
          lines: texts.undoLines(Driverctl.self)))
    }
    plan.warnings += texts.refusals
  }

  private func names(_ devices: [FunctionAddress]) -> String {
    devices.map { address in
      guard let driver = texts.request.host.function(at: address)?.driver else {
        return address.linuxName
      }
      return "\(address.linuxName) (\(driver.name))"
    }.joined(separator: ", ")
  }

  private func firmwareStep() -> Plan.Step? {
    let host = texts.request.host
    guard host.iommu.isEnabled == false else { return nil }
    var notes = ["turn VT-d, AMD-Vi or the SMMU on in the firmware's setup where that is not done"]
    if host.iommu.isPresent == true {
      notes = ["the firmware describes one, and the kernel does not use it"]
    }
    let isIntel =
      host.iommu.kind.map { $0 == .intel }
      ?? (host.hasHostBridge ? host.hasIntelHostBridge : nil)
    switch isIntel {
    case true:
      return Plan.Step(
        action: "Turn the IOMMU on", place: "the kernel's command line",
        lines: ["intel_iommu=on"], notes: notes)
    case false:
      return Plan.Step(
        action: "Turn the IOMMU on", place: "the firmware's setup", lines: [],
        notes: notes + [
          "the kernel uses it by itself then: intel_iommu=on is nothing for this machine; "
            + "take amd_iommu=off and iommu=off away from the kernel's command line"
        ])
    case nil:
      return Plan.Step(
        action: "Turn the IOMMU on", place: "the kernel's command line, on Intel",
        lines: ["intel_iommu=on"],
        notes: notes + ["AMD's is on by default where the firmware has it on"])
    }
  }

  /// Virtual functions go before the driver that made them does.
  private func virtualFunctionsStep(_ devices: [FunctionAddress]) -> Plan.Step? {
    let host = texts.request.host
    let lines = devices.compactMap { address -> String? in
      guard let state = host.function(at: address)?.virtualFunctions, state.enabled > 0 else {
        return nil
      }
      return "echo 0 > /sys/bus/pci/devices/\(address.linuxName)/sriov_numvfs"
    }
    guard !lines.isEmpty else { return nil }
    return Plan.Step(
      action: "Take the virtual functions away", place: "a root shell", lines: lines,
      notes: ["whoever uses one loses it; see too that nothing makes them again at the next boot"])
  }

  private func checkStep(_ devices: [FunctionAddress]) -> Plan.Step {
    Plan.Step(
      action: "See that vfio-pci has it", place: "a shell",
      lines: devices.map { "lspci -nnk -s \($0.linuxName)" },
      notes: devices.map { address in
        let ids = texts.request.host.function(at: address)?.identity.vendorDevice
        return address.linuxName + " must be " + (ids.map { "[" + $0 + "]" } ?? "there")
          + ", with \"Kernel driver in use: vfio-pci\""
      })
  }
}
