// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What a function's `uevent` attribute says.
///
/// The keys are those of drivers/pci/pci-driver.c, `pci_uevent`, and `DRIVER`
/// of the driver core. One read gives class, ids, subsystem and driver.
struct UeventFields {
  var classCode: ClassCode?
  var vendorID: UInt16?
  var deviceID: UInt16?
  var subsystemVendorID: UInt16?
  var subsystemID: UInt16?
  /// Where the driver's name is in the attribute; `nil` where no driver is bound.
  var driver: Range<Int>?

  /// Starts with nothing known.
  init() {}

  /// Reads the attribute; lines that are not known are passed over.
  init(_ bytes: Span<UInt8>) {
    var start = 0
    while start < bytes.count {
      let end = bytes.lineEnd(from: start)
      defer { start = end + 1 }
      // Most of the attribute is lines of no interest: MODALIAS and the names.
      guard bytes[start] == UInt8(ascii: "P") || bytes[start] == UInt8(ascii: "D") else {
        continue
      }
      if bytes.matches("PCI_ID=", at: start) {
        (vendorID, deviceID) = Self.pair(bytes, at: start + 7)
      } else if bytes.matches("PCI_SUBSYS_ID=", at: start) {
        (subsystemVendorID, subsystemID) = Self.pair(bytes, at: start + 14)
      } else if bytes.matches("PCI_CLASS=", at: start) {
        // Not padded with zeros: class 0x030000 is "30000".
        var position = start + 10
        if let value = bytes.hexadecimal(&position), value <= 0xff_ffff {
          classCode = ClassCode(rawValue: UInt32(truncatingIfNeeded: value))
        }
      } else if bytes.matches("DRIVER=", at: start), end > start + 7 {
        driver = start + 7..<end
      }
    }
  }

  /// Reads a `modalias` attribute, for recordings that kept it instead.
  ///
  /// `pci:v00008086d00001521sv...sd...bc02sc00i00` (drivers/pci/pci-sysfs.c).
  init?(modalias bytes: Span<UInt8>) {
    var position = 0
    // The keys `d` and `bc` begin with digits of hexadecimal numbers, so every
    // number is read by its width.
    func fixed(_ name: StaticString, _ digits: Int) -> UInt32? {
      guard bytes.matches(name, at: position) else { return nil }
      position += name.utf8CodeUnitCount
      let end = position + digits
      guard end <= bytes.count else { return nil }
      var value: UInt32 = 0
      while position < end, let digit = hexadecimalDigit(bytes[position]) {
        value = value << 4 | UInt32(digit)
        position += 1
      }
      return position == end ? value : nil
    }
    guard let vendor = fixed("pci:v", 8), let device = fixed("d", 8),
      let subsystemVendor = fixed("sv", 8), let subsystem = fixed("sd", 8),
      let base = fixed("bc", 2), let sub = fixed("sc", 2), let interface = fixed("i", 2)
    else { return nil }
    vendorID = UInt16(exactly: vendor)
    deviceID = UInt16(exactly: device)
    subsystemVendorID = UInt16(exactly: subsystemVendor)
    subsystemID = UInt16(exactly: subsystem)
    classCode = ClassCode(rawValue: base << 16 | sub << 8 | interface)
  }

  private static func pair(_ bytes: Span<UInt8>, at start: Int) -> (UInt16?, UInt16?) {
    var position = start
    guard let first = bytes.hexadecimal(&position), bytes.skip(UInt8(ascii: ":"), &position),
      let second = bytes.hexadecimal(&position), let first = UInt16(exactly: first),
      let second = UInt16(exactly: second)
    else { return (nil, nil) }
    return (first, second)
  }
}
