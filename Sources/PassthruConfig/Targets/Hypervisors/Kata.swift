// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Kata Containers: a drop-in for its runtime, and the groups to name.
///
/// Kata's unit is the IOMMU group: `--device /dev/vfio/12`.
enum Kata: ReversibleTarget {
  static let name = "kata"
  static let summary = "a Kata Containers drop-in, and the VFIO groups for ctr"
  static let platform = TargetPlatform.hypervisor

  static func path(of guest: String) -> String {
    "/etc/kata-containers/config.d/50-passthru-\(guest).toml"
  }

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.hostPropertyFunctions("Kata Containers")
    try request.refuse([.slot, .rom, .bootIndex], consumer: "Kata Containers")
    var groups: [Int] = []
    for function in functions {
      guard let group = function.iommuGroup else {
        throw ConfigurationError(
          "the IOMMU group of \(function.address) is not known, and Kata's unit is the group",
          remedy: "scan the host itself, with its IOMMU on")
      }
      if !groups.contains(group) { groups.append(group) }
    }
    let selected = Set(functions.map { $0.address })
    let others = request.host.functions.filter { other in
      other.iommuGroup.map { groups.contains($0) } == true && !selected.contains(other.address)
        && other.isBridge != true
    }
    var document = ConfigurationDocument(text: "", path: path(of: request.guest))
    document.text = text([
      "# ctr run --runtime io.containerd.kata.v2 "
        + groups.map { "--device /dev/vfio/\($0)" }.joined(separator: " ") + " ...",
      "[hypervisor.qemu]", "cold_plug_vfio = \"root-port\"",
      "pcie_root_port = \(functions.count + others.count)", "[runtime]",
      "vfio_mode = \"guest-kernel\"",
    ])
    document.losses = request.separateSlotsLoss(functions, consumer: "Kata Containers")
    if !others.isEmpty {
      document.losses.append(
        "whole groups go: " + others.map { $0.address.description }.joined(separator: ", ")
          + " too")
    }
    return document
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["rm \(path(of: request.guest))"]
  }
}
