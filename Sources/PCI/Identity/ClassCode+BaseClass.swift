// SPDX-License-Identifier: Apache-2.0

extension ClassCode {
  /// What the base class stands for; `nil` for a reserved one.
  ///
  /// PCI Code and ID Assignment Specification 1.16, section 1.
  public var baseClassName: String? {
    switch baseClass {
    case 0x00: "Device older than class codes"
    case 0x01: "Mass storage controller"
    case 0x02: "Network controller"
    case 0x03: "Display controller"
    case 0x04: "Multimedia device"
    case 0x05: "Memory controller"
    case 0x06: "Bridge"
    case 0x07: "Simple communication controller"
    case 0x08: "Base system peripheral"
    case 0x09: "Input device"
    case 0x0a: "Docking station"
    case 0x0b: "Processor"
    case 0x0c: "Serial bus controller"
    case 0x0d: "Wireless controller"
    case 0x0e: "Intelligent I/O controller"
    case 0x0f: "Satellite communication controller"
    case 0x10: "Encryption or decryption controller"
    case 0x11: "Data acquisition or signal processing controller"
    case 0x12: "Processing accelerator"
    case 0x13: "Non-essential instrumentation"
    case 0xff: "Device in no defined class"
    default: nil
    }
  }

  /// The most exact name there is: of the interface, the sub-class or the base class.
  ///
  /// The number itself for a reserved base class.
  public var name: String {
    guard let general = subClassName ?? baseClassName else { return "Class 0x" + description }
    guard let interface = programmingInterfaceName else { return general }
    return general + " (" + interface + ")"
  }
}
