// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Parts a device's name in FreeBSD's text into driver and unit.
///
/// FreeBSD prints them without anything between: `em1`. Where the driver's own
/// name ends in digits there are several ways to part it. The rules, in order:
/// 1. A driver of the table takes its name: `rtw880` is unit 0 of rtw88.
/// 2. All trailing digits are the unit, as pciconf itself parts a name it is
///    given (usr.sbin/pciconf/pciconf.c, `getdevice`): `em10` is unit 10 of em.
/// 3. A unit has no leading zero: in `foo00` only the last digit can be one.
/// 4. FreeBSD gives out the lowest free unit. A unit far above the number of
///    that driver's functions is therefore not believed: `e10000` is ambiguous.
struct DriverName {
  /// What a name stands for.
  enum Reading: Equatable {
    /// No driver: pciconf's own `noneN`.
    case none
    /// One driver and one unit.
    case driver(name: String, unit: Int)
    /// Several ways to part it, or none: the name as it stands.
    case ambiguous
  }

  /// The drivers whose names end in digits: rtw88 seen on FreeBSD 13.1 as
  /// `rtw880`, tn40 on 12.1 as `tn400`; rtw89 is rtw88's sibling.
  private static let namesEndingInDigits = ["rtw88", "rtw89", "tn40"]

  /// How far a unit may be above the number of functions seen: devices that are
  /// not on PCI and units wired by hints take numbers too.
  private static let reach = 32

  /// Where the trailing digits start in a name's bytes.
  private static func digitsStart(_ name: [UInt8]) -> Int {
    var start = name.count
    while start > 0, name[start - 1] >= 0x30, name[start - 1] <= 0x39 { start -= 1 }
    return start
  }

  private static func unit(_ digits: ArraySlice<UInt8>) -> Int? {
    guard let first = digits.first, first != 0x30 || digits.count == 1, digits.count <= 9 else {
      return nil
    }
    var value = 0
    for digit in digits {
      guard digit >= 0x30, digit <= 0x39 else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }

  /// Reads all names of one host; `counts` has the functions by prefix.
  static func readings(_ names: [String]) -> [Reading] {
    var counts: [String: Int] = [:]
    for name in names { counts[prefix(name), default: 0] += 1 }
    return names.map { reading($0, count: counts[prefix($0)] ?? 1) }
  }

  private static func prefix(_ name: String) -> String {
    let bytes = Array(name.utf8)
    return String(decoding: bytes[..<digitsStart(bytes)], as: UTF8.self)
  }

  private static func reading(_ name: String, count: Int) -> Reading {
    let bytes = Array(name.utf8)
    let start = digitsStart(bytes)
    guard start > 0, start < bytes.count else { return .ambiguous }
    let stem = bytes[..<start]
    if stem.elementsEqual("none".utf8) { return .none }
    for known in namesEndingInDigits where bytes.starts(with: known.utf8) {
      if let unit = unit(bytes[known.utf8.count...]) { return .driver(name: known, unit: unit) }
    }
    if let unit = unit(bytes[start...]) {
      guard unit <= reach + count else { return .ambiguous }
      return .driver(name: String(decoding: stem, as: UTF8.self), unit: unit)
    }
    // Leading zeros: the unit starts at a later digit, which only one way allows
    // where all digits before the last are zeros.
    let later = (start + 1..<bytes.count).filter { unit(bytes[$0...]) != nil }
    if later.count == 1, let split = later.first, let unit = unit(bytes[split...]) {
      return .driver(name: String(decoding: bytes[..<split], as: UTF8.self), unit: unit)
    }
    return .ambiguous
  }
}
