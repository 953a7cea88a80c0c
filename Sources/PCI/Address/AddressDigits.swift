// SPDX-License-Identifier: Apache-2.0

/// Gathers the hexadecimal digits of an address, 17 characters at most.
///
/// Digit by digit and without memory of its own: reports spell addresses a
/// hundred thousand times.
struct AddressDigits {
  private var characters = InlineArray<20, UInt8>(repeating: 0)
  private var count = 0

  init() {}

  /// Writes domain, bus, device and function; the domain has four digits at least.
  mutating func writeWhole(_ address: FunctionAddress) {
    write(domain: address.domain)
    write(address)
  }

  /// Writes domain and bus; the domain has four digits at least.
  mutating func write(_ bus: BusAddress) {
    write(domain: bus.domain)
    write(UInt32(bus.bus), digits: 2)
  }

  private mutating func write(domain: UInt32) {
    write(domain, digits: max(4, (35 - domain.leadingZeroBitCount) / 4))
    write(UInt8(ascii: ":"))
  }

  /// Writes bus, device and function.
  mutating func write(_ address: FunctionAddress) {
    write(UInt32(address.bus), digits: 2)
    write(UInt8(ascii: ":"))
    write(UInt32(address.device), digits: 2)
    write(UInt8(ascii: "."))
    write(UInt32(address.function), digits: address.function < 16 ? 1 : 2)
  }

  private mutating func write(_ value: UInt32, digits: Int) {
    var shift = UInt32(4 * digits)
    while shift > 0 {
      shift -= 4
      let digit = UInt8(truncatingIfNeeded: value >> shift) & 0xf
      write(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  private mutating func write(_ character: UInt8) {
    characters[count] = character
    count += 1
  }

  /// Appends what was written.
  func append(to bytes: inout [UInt8]) {
    for place in 0..<count { bytes.append(characters[place]) }
  }

  /// What was written.
  var text: String {
    unsafe String(unsafeUninitializedCapacity: count) { buffer in
      for place in 0..<count { unsafe buffer[place] = characters[place] }
      return count
    }
  }
}
