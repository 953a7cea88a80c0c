// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// libvirt's `<hostdev>` element for PCI functions.
///
/// libvirt's domain XML format, "USB / PCI / SCSI devices".
struct LibvirtHostDevice: Sendable {
  /// The function and its place; the place is written only where it must be.
  var place: GuestPlacement
  /// The guest bus that the place is on; `nil` leaves the choice to libvirt.
  var guestBus: UInt8?
  /// The guest slot on that bus.
  var guestSlot: UInt8 = 0
  /// Whether libvirt binds the driver when the guest starts.
  var isManaged: Bool

  /// The element's lines.
  func lines(_ request: ConfigurationRequest) -> [String] {
    let address = place.function.address
    var lines = ["<hostdev mode='subsystem' type='pci' managed='\(isManaged ? "yes" : "no")'>"]
    lines.append("  <source>")
    lines.append("    " + Self.element(address))
    lines.append("  </source>")
    if let index = request.bootIndex {
      lines.append("  <boot order='\(index + 1 + Int(place.guestFunction))'/>")
    }
    if let file = request.romFile { lines.append("  <rom file='\(file.xmlEscaped)'/>") }
    if let guestBus {
      var line =
        "  <address type='pci' domain='0x0000' bus='0x\(guestBus.hexadecimal(width: 2))'"
        + " slot='0x\(guestSlot.hexadecimal(width: 2))'"
        + " function='0x\(place.guestFunction.hexadecimal(width: 1))'"
      if place.needsMultiFunctionBit { line += " multifunction='on'" }
      lines.append(line + "/>")
    }
    lines.append("</hostdev>")
    return lines
  }

  /// The element that names a function of the host.
  static func element(_ address: FunctionAddress) -> String {
    "<address domain='0x\(address.domain.hexadecimal(width: 4))'"
      + " bus='0x\(address.bus.hexadecimal(width: 2))'"
      + " slot='0x\((address.deviceFunction >> 3).hexadecimal(width: 2))'"
      + " function='0x\((address.deviceFunction & 7).hexadecimal(width: 1))'/>"
  }
}
