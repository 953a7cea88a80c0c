// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost

@testable import PassthruConfig

/// The languages of clusters' agents, Hyper-V's and ESXi's.
enum OtherGrammars {
  static func devicePlugin(_ text: String) throws -> [String: [FunctionAddress]] {
    struct List: Decodable {
      struct Resource: Decodable {
        struct Selector: Decodable {
          var pciAddresses: [String]
          var drivers: [String]
        }
        var resourcePrefix: String
        var resourceName: String
        var selectors: [Selector]
      }
      var resourceList: [Resource]
    }
    var reader = try LineReader(text)
    for line in [
      "---", "apiVersion: v1", "kind: ConfigMap", "metadata:", "  name: sriovdp-config",
      "  namespace: kube-system", "data:", "  config\\.json: \\|",
    ] {
      _ = try reader.take(line)
    }
    let json = reader.takeAll("    (.*)").map { $0[1] }.joined(separator: "\n")
    try reader.end()
    let list = try JSONDecoder().decode(List.self, from: Data(json.utf8))
    var resources: [String: [FunctionAddress]] = [:]
    for resource in list.resourceList {
      guard match(resource.resourceName, "[a-zA-Z0-9_]+") != nil,
        resource.selectors.count == 1, resource.selectors[0].drivers == ["vfio-pci"]
      else { throw GrammarError(description: resource.resourceName) }
      let name = "\(resource.resourcePrefix)/\(resource.resourceName)"
      guard
        resources.updateValue(
          try resource.selectors[0].pciAddresses.map { try linux($0) }, forKey: name) == nil
      else { throw GrammarError(description: "\(name) twice") }
    }
    return resources
  }

  static func sriovDevicePlugin(_ text: String) throws -> [Placed] {
    try devicePlugin(text).values.flatMap { $0 }.map { Placed(address: $0) }
  }

  /// The resources that the guest asks for, with how many of each.
  static func kubeVirt(_ text: String) throws -> [String: Int] {
    let permitted = matches(
      text,
      "\\n        - pciVendorSelector: \"([0-9a-f]{4}:[0-9a-f]{4})\"\\n          resourceName: (\\S+)"
    )
    guard !text.contains("externalResourceProvider") else {
      throw GrammarError(description: "a resource that KubeVirt's own plugin does not serve")
    }
    let used = matches(
      text, "\\n            - name: (passthru\\d+)\\n              deviceName: (\\S+)")
    guard Set(used.map { $0[1] }).count == used.count else {
      throw GrammarError(description: "a name twice")
    }
    guard Set(used.map { $0[2] }) == Set(permitted.map { $0[2] }) else {
      throw GrammarError(description: "used and permitted differ")
    }
    return used.reduce(into: [:]) { $0[$1[2], default: 0] += 1 }
  }

  static func nfd(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    let all = reader.takeAll(
      "passthru\\.local/(pci-([0-9a-f]{4,8})-([0-9a-f]{2})-([01][0-9a-f])\\.([0-7]))"
        + "=[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
    try reader.end()
    return try all.map { Placed(address: try linux("\($0[2]):\($0[3]):\($0[4]).\($0[5])")) }
  }

  static func ansible(_ text: String) throws -> [Placed] {
    struct Document: Decodable {
      struct Device: Decodable { var address: String }
      var guest: String
      var devices: [Device]
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    return try document.devices.map { Placed(address: try linux($0.address)) }
  }

  static func prometheus(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    _ = try reader.take("# HELP passthru_device_info .*")
    _ = try reader.take("# TYPE passthru_device_info gauge")
    let all = reader.takeAll(
      "passthru_device_info\\{address=\"([^\"]+)\"(?:,[a-z_]+=\"[^\"]*\")+\\} 1")
    try reader.end()
    return try all.map { Placed(address: try linux($0[1])) }
  }

  /// Walks Windows' paths down the tree.
  static func hyperV(_ text: String, _ host: Machine) throws -> [Placed] {
    let topology = Topology(host)
    let adds = matches(text, "\\nAdd-VMAssignableDevice -LocationPath \\$path -VMName \\$guest")
    let paths = matches(text, "\\n\\$path = 'PCIROOT\\(0\\)((?:#PCI\\([0-9A-F]{4}\\))+)'")
    guard adds.count == paths.count else { throw GrammarError(description: "adds") }
    return try paths.map { groups in
      var members =
        topology.roots.first { $0.bus == BusAddress(domain: 0, bus: 0) }?.members ?? []
      var found: Int?
      for hop in matches(groups[1], "#PCI\\(([0-9A-F]{2})([0-9A-F]{2})\\)") {
        let next = members.first {
          host.functions[$0].address.device == UInt8(hop[1], radix: 16)
            && host.functions[$0].address.function == UInt8(hop[2], radix: 16)
        }
        guard let next else { throw GrammarError(description: "no \(hop[0])") }
        found = next
        members = topology.children[next]
      }
      guard let found else { throw GrammarError(description: groups[1]) }
      return Placed(address: host.functions[found].address.linuxForm)
    }
  }

  static func esxi(_ text: String, _ host: Machine) throws -> [Placed] {
    var reader = try LineReader(text)
    var placed: [Placed] = []
    while match(reader.lines.first ?? "", "pciPassthru\\d+\\..*") != nil {
      let key = "pciPassthru\(placed.count)\\."
      guard match(reader.lines[0], key + ".*") != nil else { break }
      _ = try reader.take(key + "present = \"TRUE\"")
      let id = try reader.take(key + "id = \"(\\d{5}):(\\d{3}):(\\d{2})\\.([0-7])\"")
      let vendor = try reader.take(key + "vendorId = \"0x([0-9a-f]{4})\"")[1]
      let device = try reader.take(key + "deviceId = \"0x([0-9a-f]{4})\"")[1]
      guard let domain = UInt32(id[1]), let bus = UInt8(id[2]), let slot = UInt8(id[3]),
        let function = UInt8(id[4]),
        let address = FunctionAddress(domain: domain, bus: bus, device: slot, function: function),
        host.linuxFunction(at: address)?.identity.vendorDevice == "\(vendor):\(device)"
      else { throw GrammarError(description: "\(id)") }
      placed.append(Placed(address: address))
    }
    _ = try reader.take("sched\\.mem\\.pin = \"TRUE\"")
    _ = reader.takeAll("pciPassthru\\.use64bitMMIO = \"TRUE\"")
    _ = reader.takeAll("pciPassthru\\.64bitMMIOSizeGB = \"\\d+\"")
    try reader.end()
    return placed
  }
}
