// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Labels for Node Feature Discovery's local source.
///
/// One `KEY=VALUE` a line; a key and a value have letters, digits, `.`, `_`
/// and `-` only, 63 at most.
enum NFD: ReversibleTarget {
  static let name = "nfd"
  static let summary = "a features.d file for Node Feature Discovery"
  static let platform = TargetPlatform.cluster
  static let namesIdentifiers = true
  static let namesGuest = false
  static let path = "/etc/kubernetes/node-feature-discovery/features.d/pci-passthrough"

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    let lines = functions.map { function in
      "\(ResourceName.prefix)/\(ResourceName.label(function.address))="
        + function.identity.vendorID.hexadecimal(width: 4) + "-"
        + function.identity.deviceID.hexadecimal(width: 4)
    }
    return ConfigurationDocument(
      text: text(lines), path: path,
      warnings: ["write it beside its place and rename it: NFD may read at any moment"])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["rm \(path)"]
  }
}
