// SPDX-License-Identifier: Apache-2.0

internal import PCIHost

/// What is known of the IOMMU, in one sentence.
struct IOMMUSentence {
  let text: String

  init(_ host: Machine) {
    let state = host.iommu
    let name =
      switch state.kind {
      case .some(.intel): "Intel VT-d"
      case .some(.amd): "AMD-Vi"
      case .some(.smmu): "Arm SMMU"
      case .some(.smmuV3): "Arm SMMUv3"
      case .some(.virtio): "virtio-iommu"
      case .some(.other), .none: ""
      }
    switch state.isEnabled {
    case .some(true):
      var details = name.isEmpty ? [] : [name]
      if let remaps = state.remapsInterrupts {
        details.append(remaps ? "interrupt remapping" : "no interrupt remapping")
      }
      text = "IOMMU on" + (details.isEmpty ? "." : " (" + details.joined(separator: ", ") + ").")
    case .some(false):
      switch state.isPresent {
      case .some(true):
        text = "IOMMU off" + (name.isEmpty ? "" : " (\(name))") + ": switch it on to pass devices."
      case .some(false): text = "No IOMMU: no device can be passed."
      case .none: text = "IOMMU off, or none."
      }
    case .none:
      text = "Whether the IOMMU is on is not known from this source."
    }
  }
}
