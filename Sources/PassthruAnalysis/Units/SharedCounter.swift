// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Names that FreeBSD counts over several drivers, in the order of attachment.
///
/// A USB bus is `usbusN` whichever of xhci(4) and ehci(4) made it, and a sound
/// device `pcmN`: when a controller goes, all that attach after it move up.
struct SharedCounter: Sendable {
  /// What is counted.
  var kind: ChildDevice.Kind
  /// The name without the number.
  var name: String
  /// The drivers of the controllers.
  var drivers: [String]

  /// The counters that follow from the PCI bus.
  ///
  /// Disks are counted as their buses are scanned, several at a time, and are not
  /// among them.
  static let all = [
    SharedCounter(kind: .usb, name: "usbus", drivers: ["xhci", "ehci", "ohci", "uhci"]),
    SharedCounter(kind: .sound, name: "pcm", drivers: ["hdac", "emu10kx", "envy24ht", "csa"]),
  ]

  /// Today's numbers with their functions, in order; `nil` where one has no PCI
  /// function that is known, so that the rest would be guessed.
  private func present(_ host: Machine) -> [FunctionAddress]? {
    var functions: [Int: FunctionAddress] = [:]
    for child in host.childDevices where child.kind == kind {
      guard child.name.utf8.starts(with: name.utf8) else { continue }
      var reader = NumberReader(child.name.utf8.dropFirst(name.utf8.count))
      guard let number = reader.decimal(), reader.isAtEnd, number < 4096,
        functions.updateValue(child.function, forKey: Int(number)) == nil
      else { return nil }
    }
    var list: [FunctionAddress] = []
    for number in 0..<functions.count {
      guard let function = functions[number] else { return nil }
      list.append(function)
    }
    return list.isEmpty ? nil : list
  }

  /// Whether the numbers after a driver's device goes can be told.
  func isPredictable(behind driver: String, _ host: Machine) -> Bool {
    drivers.contains(driver) && present(host) != nil
  }

  /// The names that move when functions are handed over.
  func moves(without functions: Set<FunctionAddress>, _ host: Machine) -> [Renumbering] {
    guard let present = present(host) else { return [] }
    var moves: [Renumbering] = []
    var next = 0
    for (number, function) in present.enumerated() where !functions.contains(function) {
      if number != next {
        moves.append(
          Renumbering(
            driver: name, address: function, from: number, to: next, names: ["\(name)\(number)"]))
      }
      next += 1
    }
    return moves
  }
}
