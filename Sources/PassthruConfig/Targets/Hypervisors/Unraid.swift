// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Unraid's list of functions for vfio-pci.
///
/// Each address has its ids beside it, by which Unraid sees that a device moved.
enum Unraid: ReversibleTarget {
  static let name = "unraid"
  static let summary = "Unraid's vfio-pci.cfg"
  static let platform = TargetPlatform.hypervisor
  static let namesIdentifiers = true
  static let namesGuest = false
  static let comments = CommentStyle.none
  static let path = "/boot/config/vfio-pci.cfg"

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    // Its script wants four digits of the domain.
    try request.checkDomains(functions, upTo: 0xffff, consumer: "Unraid's vfio-pci.cfg")
    let words = functions.map {
      "\($0.address.linuxName)|\($0.identity.vendorDevice)"
    }
    return ConfigurationDocument(
      text: "BIND=" + words.joined(separator: " ") + "\n", path: path,
      warnings: ["the file has one BIND line: put these words to those that are there"])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["# Take these out of BIND= in \(path) again, and reboot:"]
      + functions.map { "#   \($0.address.linuxName)" }
  }
}
