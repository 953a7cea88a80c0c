// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Commands for iohyve 0.7.9.
///
/// The number in `pcidev:07` is a sort key and not a slot: iohyve sorts the
/// keys as text and hands out slots in that order, function 0 each. Several
/// functions of one card, or a slot the user chose, go through `bargs`.
enum Iohyve: ReversibleTarget {
  static let name = "iohyve"
  static let summary = "iohyve set: pcidev for single functions, bargs for the rest, with -S"
  static let platform = TargetPlatform.freebsd
  /// Slots that iohyve's own numbering reaches last.
  static let slots: [UInt8] = Array(20...30)
  /// How many pcidev keys there is room for with a disk, a NIC and grub or bhyveload.
  static let roomForKeys = 28

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.freeBSDFunctions()
    var document = ConfigurationDocument(text: "")
    if request.romFile != nil || request.bootIndex != nil {
      throw ConfigurationError(
        "iohyve is older than bhyve's rom= and bootindex=", remedy: "use another target")
    }
    var singles: [GuestPlacement] = []
    var fixed: [GuestPlacement] = []
    let cards = request.cards(functions)
    let several = cards.filter { $0.count > 1 || request.guestSlot != nil }.flatMap { $0 }
    if !several.isEmpty {
      let placements = try request.place(several, in: slots, last: 30)
      fixed = placements.places
      document.losses += placements.losses
      document.warnings += placements.warnings
    }
    if request.guestSlot == nil {
      let placements = try request.place(
        cards.filter { $0.count == 1 }.flatMap { $0 }, in: Array(0...31))
      singles = placements.places
      document.losses += placements.losses
    }
    guard singles.count <= roomForKeys else {
      throw ConfigurationError(
        "iohyve has room for \(roomForKeys) pcidev keys and drops the rest without a word",
        remedy: "pass fewer devices")
    }
    let keys = self.keys(singles.count)
    var words = zip(keys, singles).map { "\($0)=\($1.passthruArgument(request))" }
    words.append("bargs=" + bargs(fixed.map { "-s_" + $0.slotArgument(request) }))
    document.text = "iohyve set \(request.guest) " + words.joined(separator: " ") + "\n"
    document.warnings += notes(keys: keys, hasFixed: !fixed.isEmpty)
    return document
  }

  static let undoWarnings = ["-A_-H_-P is what iohyve create sets: put back your own bargs"]

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    let singles = request.cards(functions).count { $0.count == 1 && request.guestSlot == nil }
    var lines = ["iohyve set \(request.guest) bargs=-A_-H_-P"]
    for key in keys(singles) {
      lines.append(
        "zfs inherit iohyve:\(key)"
          + " $(zfs list -H -o name | grep '/iohyve/\(request.guest)$')")
    }
    return lines
  }

  /// Keys that sort as text in the order they are written in.
  static func keys(_ count: Int) -> [String] {
    (0..<count).map { $0 < 9 ? "pcidev:0\($0 + 1)" : "pcidev:\($0 + 1)" }
  }

  private static func bargs(_ slots: [String]) -> String {
    (["-S", "-A", "-H", "-P"] + slots).joined(separator: "_")
  }

  private static func notes(keys: [String], hasFixed: Bool) -> [String] {
    var notes: [String] = []
    if let key = keys.first {
      let number = key.dropFirst("pcidev:".utf8.count)
      notes.append(
        "\(number) in \(key) is a sort key, not a slot: the first key in the order of the text is"
          + " guest slot 3, or 2 with UEFI, and the next ones follow")
      notes.append("each pcidev moves the guest's taps one slot up, which renames its NICs")
    }
    notes.append("bargs replaces what the guest had: add your own words, with _ for a space")
    if hasFixed { notes.append("-s in bargs holds while iohyve's own slots end below it") }
    return notes
  }
}
