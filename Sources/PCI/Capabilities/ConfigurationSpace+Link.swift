// SPDX-License-Identifier: Apache-2.0

extension ConfigurationSpace {
  /// The port type of the PCI Express capability; `nil` without one.
  var portType: PortType? {
    guard let offset = offset(of: PCIExpress.id),
      let type = RegisterBytes(self, at: offset)[PCIExpress.Capabilities.portType]
    else { return nil }
    return PortType(rawValue: UInt8(type))
  }

  /// How many lanes the function's link has at most; 0 where it has no link.
  ///
  /// Registers with an element for each lane are as long as the Maximum Link
  /// Width of the PCI Express capability says.
  var linkLaneCount: Int {
    guard let offset = offset(of: PCIExpress.id),
      let capability = PCIExpress(self, at: offset), let width = capability.maximumLinkWidth
    else { return 0 }
    return min(Int(width), 32)
  }
}
