// SPDX-License-Identifier: Apache-2.0

extension FunctionAddress: CustomStringConvertible {
  /// Linux's spelling: `0000:0a:00.1`, hexadecimal, the domain at least four digits.
  public var description: String {
    var digits = AddressDigits()
    digits.writeWhole(self)
    return digits.text
  }

  /// Appends Linux's spelling, in ASCII.
  public func write(into bytes: inout [UInt8]) {
    var digits = AddressDigits()
    digits.writeWhole(self)
    digits.append(to: &bytes)
  }

  /// Linux's spelling without the domain: `0a:00.1`.
  public var shortDescription: String {
    var digits = AddressDigits()
    digits.write(self)
    return digits.text
  }

  /// FreeBSD's selector: `pci0:10:0:1`, decimal (pciconf(8)).
  public var freeBSDSelector: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(23)
    writeFreeBSDSelector(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends FreeBSD's selector, in ASCII.
  public func writeFreeBSDSelector(into bytes: inout [UInt8]) {
    bytes.append(contentsOf: [UInt8(ascii: "p"), UInt8(ascii: "c"), UInt8(ascii: "i")])
    Self.write(decimal: domain, into: &bytes)
    for number in [bus, device, function] {
      bytes.append(UInt8(ascii: ":"))
      Self.write(decimal: UInt32(number), into: &bytes)
    }
  }

  private static func write(decimal number: UInt32, into bytes: inout [UInt8]) {
    var scale: UInt32 = 1
    while number / scale > 9 { scale *= 10 }
    while scale > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / scale % 10))
      scale /= 10
    }
  }

  /// bhyve's triple: `10/0/1`, decimal, without the domain (bhyve(8), vmm(4)).
  public var bhyveTriple: String { "\(bus)/\(device)/\(function)" }

  /// Reads Linux's spelling: `0a:00.1`, `0000:0a:00.1`, `10000:e1:00.0`.
  ///
  /// The domain has one to eight digits and is 0 where it is missing. The
  /// function may have two digits (ARI); leading or trailing text makes `nil`.
  public init?(_ text: some StringProtocol) {
    // Bytes of one type: through the protocol each costs a look-up of its type's functions.
    self.init(utf8: Array(text.utf8)[...])
  }

  /// Reads Linux's spelling, as `init(_:)` does, from UTF-8.
  package init?(utf8 text: ArraySlice<UInt8>) {
    var reader = NumberReader(text)
    guard let first = reader.hexadecimal(maximumDigits: 8), reader.skip(UInt8(ascii: ":")),
      let second = reader.hexadecimal(maximumDigits: 2)
    else { return nil }
    var domain: UInt32 = 0
    var bus = first
    var device = second
    if reader.skip(UInt8(ascii: ":")) {
      guard let third = reader.hexadecimal(maximumDigits: 2) else { return nil }
      domain = first
      bus = second
      device = third
    }
    guard reader.skip(UInt8(ascii: ".")),
      let function = reader.hexadecimal(maximumDigits: 2), reader.isAtEnd,
      let bus = UInt8(exactly: bus), let device = UInt8(exactly: device),
      let function = UInt8(exactly: function)
    else { return nil }
    self.init(domain: domain, bus: bus, device: device, function: function)
  }

  /// Reads FreeBSD's selector without its `pci`: `0:10:0:1`, `10:0:1`, `10:0`.
  ///
  /// Missing numbers follow pciconf(8): no domain with three numbers or fewer,
  /// function 0 with two. A trailing colon is allowed.
  public init?(freeBSDNumbers text: some StringProtocol) {
    var reader = NumberReader(text.utf8)
    var numbers: [UInt32] = []
    while let number = reader.decimal() {
      numbers.append(number)
      guard reader.skip(UInt8(ascii: ":")) else { break }
    }
    guard reader.isAtEnd, numbers.count >= 2, numbers.count <= 4 else { return nil }
    if numbers.count == 2 { numbers.append(0) }
    if numbers.count == 3 { numbers.insert(0, at: 0) }
    self.init(numbers: numbers)
  }

  /// Reads bhyve's triple: `10/0/1`, decimal.
  public init?(bhyveTriple text: some StringProtocol) {
    var reader = NumberReader(text.utf8)
    guard let bus = reader.decimal(), reader.skip(UInt8(ascii: "/")),
      let device = reader.decimal(), reader.skip(UInt8(ascii: "/")),
      let function = reader.decimal(), reader.isAtEnd
    else { return nil }
    self.init(numbers: [0, bus, device, function])
  }

  private init?(numbers: [UInt32]) {
    guard numbers.count == 4, let bus = UInt8(exactly: numbers[1]),
      let device = UInt8(exactly: numbers[2]), let function = UInt8(exactly: numbers[3])
    else { return nil }
    self.init(domain: numbers[0], bus: bus, device: device, function: function)
  }
}
