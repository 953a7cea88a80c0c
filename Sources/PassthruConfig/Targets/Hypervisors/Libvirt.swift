// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// libvirt's XML for QEMU guests.
enum Libvirt: ReversibleTarget {
  static let name = "libvirt"
  static let summary = "hostdev elements for a libvirt domain (QEMU, q35)"
  static let platform = TargetPlatform.hypervisor
  static let comments = CommentStyle.xml
  /// Guest buses behind root ports: virt-manager's own devices take the first seven.
  static let buses: [UInt8] = Array(8...31)

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.hostPropertyFunctions("libvirt")
    let placements = try request.place(functions, in: buses)
    var lines: [String] = []
    var usesBus = false
    for places in placements.bySlot {
      for place in places {
        let needsAddress = place.slotCount > 1 || request.guestSlot != nil
        usesBus = usesBus || needsAddress
        lines += LibvirtHostDevice(
          place: place, guestBus: needsAddress ? place.slot : nil, isManaged: true
        ).lines(request)
      }
    }
    var document = ConfigurationDocument(
      text: text(lines), losses: placements.losses, warnings: placements.warnings)
    if usesBus {
      document.warnings.append(
        "the guest buses must be free in the domain: libvirt adds root ports up to them; --slot"
          + " chooses others")
      document.warnings.append("machine type q35")
    }
    return document
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    var lines = ["# virsh edit \(request.guest): take the hostdev elements out. Then:"]
    for function in functions {
      lines.append("virsh nodedev-reattach \(nodeDevice(function.address))")
    }
    return lines
  }

  /// libvirt's name of a function: `pci_0000_0a_00_1`.
  static func nodeDevice(_ address: FunctionAddress) -> String {
    "pci_" + address.domain.hexadecimal(width: 4) + "_" + address.bus.hexadecimal(width: 2) + "_"
      + (address.deviceFunction >> 3).hexadecimal(width: 2) + "_"
      + (address.deviceFunction & 7).hexadecimal(width: 1)
  }
}
