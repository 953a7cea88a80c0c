// SPDX-License-Identifier: Apache-2.0

/// What kind of device a function is: base class, sub-class, programming interface.
///
/// PCI Code and ID Assignment Specification 1.16, section 1.
public struct ClassCode: Hashable, Sendable, RawRepresentable {
  /// The 24 bits: base class in 23:16, sub-class in 15:8, interface in 7:0.
  public let rawValue: UInt32

  /// Keeps the lower 24 bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue & 0xff_ffff }

  /// The base class: `0x02` is a network controller.
  public var baseClass: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 16) }
  /// The sub-class, whose meaning depends on the base class.
  public var subClass: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 8) }
  /// The programming interface, whose meaning depends on both.
  public var programmingInterface: UInt8 { UInt8(truncatingIfNeeded: rawValue) }
  /// Base class and sub-class together: `0x0200` is Ethernet.
  public var baseAndSubClass: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 8) }
}

extension ClassCode: CustomStringConvertible {
  /// Six hexadecimal digits.
  public var description: String { rawValue.hexadecimal(width: 6) }
}
