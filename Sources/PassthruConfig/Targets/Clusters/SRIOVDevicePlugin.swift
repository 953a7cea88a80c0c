// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The ConfigMap of the SR-IOV network device plugin, which picks by address.
enum SRIOVDevicePlugin: ReversibleTarget {
  static let name = "sriov-device-plugin"
  static let summary = "the ConfigMap of the SR-IOV network device plugin, by address"
  static let platform = TargetPlatform.cluster
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    try request.refuse([.slot, .rom, .bootIndex], consumer: "a device plugin")
    var resources: [String] = []
    for card in request.cards(functions) {
      let type = try deviceType(card)
      let addresses = card.map { $0.address.linuxName.jsonQuoted }
      resources.append(
        "        {\"resourcePrefix\": \"\(ResourceName.prefix)\","
          + " \"resourceName\": \"\(ResourceName.resource(card))\",\(type)\n"
          + "         \"selectors\": [{\"pciAddresses\": [\(addresses.joined(separator: ", "))],"
          + " \"drivers\": [\"vfio-pci\"]}]}")
    }
    let lines = [
      "---", "apiVersion: v1", "kind: ConfigMap", "metadata:", "  name: sriovdp-config",
      "  namespace: kube-system", "data:", "  config.json: |", "    {", "      \"resourceList\": [",
      resources.joined(separator: ",\n"), "      ]", "    }",
    ]
    return ConfigurationDocument(
      text: text(lines),
      warnings: [
        "the functions must be with vfio-pci on their node; other nodes have no such addresses",
        "the plugin sets PCIDEVICE_ variables, which KubeVirt does not read: for its guests use the"
          + " kubevirt target alone",
        "the plugin has one ConfigMap: put the resources into the list that is there",
      ])
  }

  /// The plugin's type of a card: it discovers classes 02 and 12 only.
  private static func deviceType(_ card: [Function]) throws(ConfigurationError) -> String {
    var type = ""
    for function in card {
      switch function.classCode.map({ $0.rawValue >> 16 }) {
      case 0x02, nil: break
      case 0x12: type = " \"deviceType\": \"accelerator\","
      case _?:
        throw ConfigurationError(
          "\(function.address) is neither a network card nor an accelerator, and the plugin discovers"
            + " no others",
          remedy: "use the nfd target, or a device plugin for its class")
      }
    }
    return type
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    [
      "# take these resources out of resourceList, and leave those of others: "
        + request.cards(functions).map { ResourceName.resource($0) }.joined(separator: ", "),
      "kubectl -n kube-system edit configmap sriovdp-config",
    ]
  }
}
