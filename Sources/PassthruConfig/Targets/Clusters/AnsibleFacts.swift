// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Local facts for Ansible (facts.d): `ansible_local.passthru`.
enum AnsibleFacts: ReversibleTarget {
  static let name = "ansible"
  static let summary = "a facts.d file for Ansible: ansible_local.passthru"
  static let platform = TargetPlatform.cluster
  static let namesIdentifiers = true
  static let comments = CommentStyle.none
  static let path = "/etc/ansible/facts.d/passthru.fact"

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    var writer = JSONWriter(isIndented: true)
    writer.object { writer in
      writer.member("guest", request.guest)
      writer.array("devices") { writer in
        for function in functions {
          writer.object { writer in
            writer.member("address", function.address.linuxName)
            writer.member("vendor_id", function.identity.vendorID.hexadecimal(width: 4))
            writer.member("device_id", function.identity.deviceID.hexadecimal(width: 4))
            writer.member("driver", function.driver?.name)
            writer.member("iommu_group", function.iommuGroup)
          }
        }
      }
    }
    return ConfigurationDocument(
      text: String(decoding: writer.bytes, as: UTF8.self) + "\n", path: path,
      warnings: ["not executable: Ansible would run it"])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["rm \(path)"]
  }
}
