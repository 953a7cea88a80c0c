// SPDX-License-Identifier: Apache-2.0

/// One bus of one domain.
public struct BusAddress: Hashable, Sendable {
  /// The domain, called segment group by PCI Express.
  public let domain: UInt32
  /// The bus number, 0 to 255.
  public let bus: UInt8

  /// Names a bus.
  public init(domain: UInt32, bus: UInt8) {
    self.domain = domain
    self.bus = bus
  }
}

extension BusAddress: Comparable {
  /// The order of domain, then bus.
  public static func < (left: BusAddress, right: BusAddress) -> Bool {
    (left.domain, left.bus) < (right.domain, right.bus)
  }
}

extension BusAddress: CustomStringConvertible {
  /// Linux's spelling, four or more hex digits and two: `0000:3a`.
  public var description: String {
    var digits = AddressDigits()
    digits.write(self)
    return digits.text
  }

  /// Appends Linux's spelling, in ASCII.
  public func write(into bytes: inout [UInt8]) {
    var digits = AddressDigits()
    digits.write(self)
    digits.append(to: &bytes)
  }
}
