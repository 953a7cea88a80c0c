// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// KubeVirt: the permitted devices of the cluster, and the guest's own part.
///
/// KubeVirt's own plugin cannot pick by address, so the resources are those of
/// the sriov-device-plugin target.
enum KubeVirt: ConfigurationTarget {
  static let name = "kubevirt"
  static let summary = "KubeVirt's permittedHostDevices, and hostDevices of a guest"
  static let platform = TargetPlatform.cluster

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
            "          externalResourceProvider: true",
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
        "the resources come from the sriov-device-plugin target",
        "both are parts: put them into the objects that are there (kubectl patch --type merge)",
      ])
  }
}
