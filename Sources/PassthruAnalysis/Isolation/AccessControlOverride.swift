// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What a kernel's command line does to ACS.
///
/// `pci=disable_acs_redir=` and, from 6.11 on, `pci=config_acs=` change the
/// control register after Linux set it (drivers/pci/pci.c, `pci_acs_init`).
/// `pcie_acs_override=` of patched kernels changes no register: it makes the
/// kernel believe in isolation that nothing enforces.
enum AccessControlOverride {
  /// Whether a patched kernel was told to believe in isolation.
  static func isFictional(_ commandLine: String?) -> Bool {
    guard let commandLine else { return false }
    return commandLine.utf8.split(separator: UInt8(ascii: " ")).contains {
      $0.starts(with: "pcie_acs_override=".utf8)
    }
  }

  /// The control register of a function after the command line had its way.
  static func apply(_ commandLine: String?, to function: Function, control: UInt16) -> UInt16 {
    guard let commandLine, commandLine.utf8.containsSequence("acs") else { return control }
    var control = control
    for word in commandLine.utf8.split(separator: UInt8(ascii: " "))
    where word.starts(with: "pci=".utf8) {
      for option in word.dropFirst(4).split(separator: UInt8(ascii: ",")) {
        if option.starts(with: "disable_acs_redir=".utf8) {
          for device in option.dropFirst(18).split(separator: UInt8(ascii: ";"))
          where matches(device, function) {
            // Request and Completion Redirect, and Egress Control.
            control &= ~0x2c
          }
        } else if option.starts(with: "config_acs=".utf8) {
          for entry in option.dropFirst(11).split(separator: UInt8(ascii: ";")) {
            guard let sign = entry.firstIndex(of: UInt8(ascii: "@")),
              matches(entry[entry.index(after: sign)...], function)
            else { continue }
            // The last character is bit 0; x leaves the firmware's value.
            for (bit, character) in entry[..<sign].reversed().enumerated() where bit < 7 {
              switch character {
              case UInt8(ascii: "1"): control |= 1 << UInt16(bit)
              case UInt8(ascii: "0"): control &= ~(1 << UInt16(bit))
              default: break
              }
            }
          }
        }
      }
    }
    return control
  }

  /// Whether `[DOMAIN:]BUS:DEVICE.FUNCTION` or `pci:VENDOR:DEVICE` names a function.
  ///
  /// The path form with `/` names a device by the ports above it and is not read.
  private static func matches(
    _ text: Substring.UTF8View.SubSequence, _ function: Function
  ) -> Bool {
    if text.starts(with: "pci:".utf8) {
      let ids = text.dropFirst(4).split(separator: UInt8(ascii: ":"))
      guard ids.count >= 2 else { return false }
      var vendor = NumberReader(ids[0])
      var device = NumberReader(ids[1])
      let wanted = [vendor.hexadecimal(), device.hexadecimal()]
      return (wanted[0] == 0 || wanted[0] == UInt32(function.identity.vendorID))
        && (wanted[1] == 0 || wanted[1] == UInt32(function.identity.deviceID))
    }
    guard let text = String(text) else { return false }
    return FunctionAddress(text) == function.address
  }
}
