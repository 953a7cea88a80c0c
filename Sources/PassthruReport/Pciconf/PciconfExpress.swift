// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What pciconf says of the PCI Express capability.
///
/// usr.sbin/pciconf/cap.c, `cap_express`; PCI Express Base 6.0, section 7.5.3.
struct PciconfExpress {
  private let space: ConfigurationSpace
  private let offset: Int
  private let isOldForm: Bool

  init(_ space: ConfigurationSpace, _ offset: Int, isOldForm: Bool) {
    self.space = space
    self.offset = offset
    self.isOldForm = isOldForm
  }

  private func word(_ at: Int) -> UInt16 { space.word(at: offset + at) ?? 0 }
  private func doubleWord(_ at: Int) -> UInt32 { space.doubleWord(at: offset + at) ?? 0 }

  /// The lines, the first with the kind of the function.
  var lines: [String] {
    var lines = [device]
    if !isOldForm { lines.append("max read \(Self.payload(word(8)[bits: 12...14]))") }
    if let link { lines.append(link) }
    if word(2)[bit: 8], hasLink { lines.append(slot) }
    return lines
  }

  private static func payload(_ code: UInt16) -> Int { 128 << Int(code) }

  private var device: String {
    let flags = word(2)
    let capabilities = doubleWord(4)
    let control = word(8)
    let version = flags[bits: 0...3]
    var text = "PCI-Express \(version) " + Self.kind(flags[bits: 4...7])
    let message = flags[bits: 9...13]
    if message != 0 { text += " MSI \(message)" }
    text += " max data \(Self.payload(control[bits: 5...7]))"
    text += "(\(Self.payload(UInt16(capabilities[bits: 0...2]))))"
    if capabilities[bit: 28] { text += " FLR" }
    if control[bit: 4] { text += " RO" }
    if control[bit: 11] { text += " NS" }
    if version >= 2, doubleWord(0x24)[bit: 5] {
      text += word(0x28)[bit: 5] ? " ARI enabled" : " ARI disabled"
    }
    return text
  }

  private static func kind(_ code: UInt16) -> String {
    switch code {
    case 0: "endpoint"
    case 1: "legacy endpoint"
    case 4: "root port"
    case 5: "upstream port"
    case 6: "downstream port"
    case 7: "PCI bridge"
    case 8: "PCI to PCIe bridge"
    case 9: "root endpoint"
    case 10: "event collector"
    default: "type \(code)"
    }
  }

  /// Functions inside a root complex have no link: both registers are zero.
  private var hasLink: Bool { doubleWord(0xc) != 0 || word(0x12) != 0 }

  private var link: String? {
    let capabilities = doubleWord(0xc)
    let status = word(0x12)
    guard hasLink else { return nil }
    let width = status[bits: 4...9]
    let greatest = capabilities[bits: 4...9]
    var text = "link x\(width)(x\(greatest))"
    if greatest != 0 {
      let speed = width == 0 ? "0.0" : Self.speed(status[bits: 0...3])
      text += " speed " + speed + "(" + Self.speed(UInt16(capabilities[bits: 0...3])) + ")"
    }
    let control = word(0x10)
    if capabilities[bits: 10...11] != 0 {
      text += " ASPM " + Self.stateManagement(control[bits: 0...1])
      text += "(" + Self.stateManagement(UInt16(capabilities[bits: 10...11])) + ")"
    }
    if capabilities[bit: 18] {
      text += control[bit: 8] ? " ClockPM enabled" : " ClockPM disabled"
    }
    return text
  }

  private static func speed(_ code: UInt16) -> String {
    switch code {
    case 1: "2.5"
    case 2: "5.0"
    case 3: "8.0"
    case 4: "16.0"
    case 5: "32.0"
    case 6: "64.0"
    default: "undef"
    }
  }

  private static func stateManagement(_ code: UInt16) -> String {
    switch code {
    case 0: "disabled"
    case 1: "L0s"
    case 2: "L1"
    default: "L0s/L1"
    }
  }

  private var slot: String {
    let capabilities = doubleWord(0x14)
    let control = word(0x18)
    let status = word(0x1a)
    var text = "slot \(capabilities[bits: 19...31])"
    text += " power limit \(Self.milliwatts(capabilities)) mW"
    if capabilities[bit: 6] { text += status[bit: 6] ? " HotPlug(present)" : " HotPlug(empty)" }
    if capabilities[bit: 5] { text += " surprise" }
    if capabilities[bit: 0] { text += " Attn Button" }
    if capabilities[bit: 1] { text += control[bit: 10] ? " PC(off)" : " PC(on)" }
    if capabilities[bit: 2] { text += status[bit: 5] ? " MRL(open)" : " MRL(closed)" }
    if capabilities[bit: 17] {
      text += status[bit: 7] ? " EI(engaged)" : " EI(disengaged)"
    }
    return text
  }

  /// Slot Power Limit in milliwatts; values from 0xf0 on stand for more than 239 W.
  private static func milliwatts(_ capabilities: UInt32) -> Int {
    let value = Int(capabilities[bits: 7...14])
    switch capabilities[bits: 15...16] {
    case 0:
      switch value {
      case 0xf0: return 250_000
      case 0xf1: return 275_000
      case 0xf2: return 300_000
      default: return value * 1000
      }
    case 1: return value * 100
    case 2: return value * 10
    default: return value
    }
  }
}
