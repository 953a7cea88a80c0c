// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The `pci` list of xl.cfg(5).
///
/// xl-pci-configuration(5): `@` names a guest slot and no function, so
/// functions stay one card only as `.*`, all of a slot. `seize=1` is never
/// written: it takes a device from a driver that is using it.
enum Xen: ConfigurationTarget {
  static let name = "xen"
  static let summary = "the pci list of a Xen guest's xl.cfg"
  static let platform = TargetPlatform.hypervisor

  static func path(of guest: String) -> String { "/etc/xen/\(guest).cfg" }

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    try request.checkDomains(functions, upTo: 0xffff, consumer: "Xen")
    try request.refuse([.rom, .bootIndex], consumer: "xl")
    if let guestFunction = request.guestFunction, guestFunction != 0 {
      throw ConfigurationError(
        "xl places devices in slots and not in functions", remedy: "leave the function out")
    }
    guard request.guestSlot != 0 else {
      throw ConfigurationError(
        "slot 0 is the guest's host bridge", remedy: "choose a slot from 1 to 31")
    }
    var document = ConfigurationDocument(text: "", path: path(of: request.guest))
    var words: [String] = []
    var slot = request.guestSlot
    for card in request.cards(functions) {
      if card.count > 1, request.isWholeSlot(card), let first = card.first?.address {
        words.append(
          first.linuxName.dropLast() + "*" + (try next(&slot)))
        continue
      }
      if card.count > 1 {
        document.losses.append(
          "xl keeps functions together only as a whole slot: "
            + card.map { request.spelled($0.address) }.joined(separator: ", ")
            + " will be \(card.count) devices in the guest, and one card no more")
      }
      for function in card {
        words.append(function.address.linuxName + (try next(&slot)))
      }
    }
    document.text =
      "pci = [ " + words.map { "'\($0)'" }.joined(separator: ", ") + " ]\n"
    document.warnings.append("the device must be with pciback first: the xen-pciback target")
    return document
  }

  /// The guest slot, hexadecimal as libxlutil reads it, and the one after it.
  private static func next(_ slot: inout UInt8?) throws(ConfigurationError) -> String {
    guard let current = slot else { return "" }
    guard current <= 31 else {
      throw ConfigurationError("the slots from --slot on do not suffice", remedy: "start lower")
    }
    slot = current + 1
    return "@" + current.hexadecimal(width: 1)
  }
}
