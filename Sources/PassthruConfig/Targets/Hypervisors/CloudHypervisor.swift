// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// cloud-hypervisor's `--device` option, which takes several values.
enum CloudHypervisor: ConfigurationTarget {
  static let name = "cloud-hypervisor"
  static let summary = "the --device option for cloud-hypervisor"
  static let platform = TargetPlatform.hypervisor
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    try request.refuse([.slot, .rom, .bootIndex], consumer: "cloud-hypervisor")
    let values = functions.map { "path=\(SysfsBinding.folder($0.address))/" }
    return ConfigurationDocument(
      text: "--device " + values.joined(separator: " ") + "\n",
      losses: request.separateSlotsLoss(functions, consumer: "cloud-hypervisor"),
      warnings: ["only one --device: a second one replaces the first"])
  }
}
