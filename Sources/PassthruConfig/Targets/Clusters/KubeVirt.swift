// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// KubeVirt: the permitted devices of the cluster, and the guest's own part.
///
/// The resources are KubeVirt's own plugin's, which picks by ids. A resource of the
/// SR-IOV plugin does not serve: that sets PCIDEVICE_ variables, and KubeVirt
/// reads PCI_RESOURCE_ ones.
enum KubeVirt: ConfigurationTarget {
  static let name = "kubevirt"
  static let summary = "KubeVirt's permittedHostDevices, and hostDevices of a guest"
  static let platform = TargetPlatform.cluster
  static let namesIdentifiers = true

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.hostPropertyFunctions("KubeVirt")
    try request.refuse([.slot, .rom, .bootIndex], consumer: "KubeVirt")
    var permitted: [String] = []
    var used: [String] = []
    for card in request.cards(functions) {
      let resource = "\(ResourceName.prefix)/\(ResourceName.resource(card))"
      var selectors: [String] = []
      for function in card {
        let selector = function.identity.vendorDevice
        if !selectors.contains(selector) {
          selectors.append(selector)
          permitted += [
            "        - pciVendorSelector: \"\(selector)\"", "          resourceName: \(resource)",
          ]
        }
        used += [
          "            - name: passthru\(used.count / 2)", "              deviceName: \(resource)",
        ]
      }
    }
    var lines = [
      "---", "apiVersion: kubevirt.io/v1", "kind: KubeVirt", "metadata:", "  name: kubevirt",
      "  namespace: kubevirt", "spec:", "  configuration:", "    developerConfiguration:",
      "      featureGates:", "        - HostDevices", "    permittedHostDevices:",
      "      pciHostDevices:",
    ]
    lines += permitted
    lines += [
      "---", "apiVersion: kubevirt.io/v1", "kind: VirtualMachine", "metadata:",
      "  name: \(request.guest)", "spec:", "  template:", "    spec:", "      domain:",
      "        devices:", "          hostDevices:",
    ]
    lines += used
    return ConfigurationDocument(
      text: text(lines), losses: request.separateSlotsLoss(functions, consumer: "KubeVirt"),
      warnings: [
        "KubeVirt's own plugin offers every function with these ids that vfio-pci has, on every node:"
          + " it cannot pick by address",
        "both are parts: put them in with kubectl edit, since a merge patch replaces whole lists",
      ])
  }
}
