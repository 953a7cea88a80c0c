// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Commands for TrueNAS on Linux: isolated displays, and PCI devices of a guest.
enum TrueNAS: ReversibleTarget {
  static let name = "truenas"
  static let summary = "midclt commands for TrueNAS SCALE: isolated GPUs, and a guest's devices"
  static let platform = TargetPlatform.hypervisor

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.hostPropertyFunctions("TrueNAS")
    try request.refuse([.slot, .rom, .bootIndex], consumer: "TrueNAS")
    var lines: [String] = []
    let displays = functions.filter { $0.classCode?.baseClass == 0x03 }
    if !displays.isEmpty {
      let list = displays.map { $0.address.linuxName.jsonQuoted }.joined(separator: ",")
      lines.append("midclt call system.advanced.update_gpu_pci_ids '[\(list)]'")
    }
    lines.append(
      "vm=$(midclt call vm.query '[[\"name\",\"=\",\"\(request.guest)\"]]' | jq '.[0].id')")
    let isOld = request.isVersion(atLeast: [25, 4]) == false
    for function in functions {
      let device = Libvirt.nodeDevice(function.address)
      let body =
        isOld
        ? "\\\"dtype\\\":\\\"PCI\\\",\\\"attributes\\\":{\\\"pptdev\\\":\\\"\(device)\\\"}"
        : "\\\"attributes\\\":{\\\"dtype\\\":\\\"PCI\\\",\\\"pptdev\\\":\\\"\(device)\\\"}"
      lines.append("midclt call vm.device.create \"{\\\"vm\\\":$vm,\(body)}\"")
    }
    var warnings = [
      "what vm.device.create takes changed between releases: --version says which is meant"
    ]
    if !displays.isEmpty {
      warnings.append(
        "the list of isolated displays is replaced, and one display must stay with the host")
    }
    return ConfigurationDocument(
      text: text(lines), losses: request.separateSlotsLoss(functions, consumer: "TrueNAS"),
      warnings: warnings)
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    var lines: [String] = []
    for function in functions {
      let device = Libvirt.nodeDevice(function.address)
      lines.append(
        "midclt call vm.device.delete $(midclt call vm.device.query | jq"
          + " '.[] | select(.attributes.pptdev == \"\(device)\") | .id')")
    }
    if functions.contains(where: { $0.classCode?.baseClass == 0x03 }) {
      lines.append("midclt call system.advanced.update_gpu_pci_ids '[]'")
    }
    return lines
  }
}
