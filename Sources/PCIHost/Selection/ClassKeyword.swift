// SPDX-License-Identifier: Apache-2.0

/// A word for a class of devices in a selector: `class:display`.
public struct ClassKeyword: Hashable, Sendable {
  /// The word.
  public let word: String
  /// The class code's bits that must be so.
  public let value: UInt32
  /// Which bits of the class code count.
  public let mask: UInt32

  /// Every word, by class code.
  ///
  /// PCI Code and ID Assignment Specification 1.16, section 1.
  public static let all: [ClassKeyword] = [
    ClassKeyword(word: "storage", value: 0x01_0000, mask: 0xff_0000),
    ClassKeyword(word: "sata", value: 0x01_0600, mask: 0xff_ff00),
    ClassKeyword(word: "sas", value: 0x01_0700, mask: 0xff_ff00),
    ClassKeyword(word: "nvme", value: 0x01_0802, mask: 0xff_ffff),
    ClassKeyword(word: "network", value: 0x02_0000, mask: 0xff_0000),
    ClassKeyword(word: "ethernet", value: 0x02_0000, mask: 0xff_ff00),
    ClassKeyword(word: "infiniband", value: 0x02_0700, mask: 0xff_ff00),
    ClassKeyword(word: "display", value: 0x03_0000, mask: 0xff_0000),
    ClassKeyword(word: "vga", value: 0x03_0000, mask: 0xff_ff00),
    ClassKeyword(word: "multimedia", value: 0x04_0000, mask: 0xff_0000),
    ClassKeyword(word: "audio", value: 0x04_0300, mask: 0xff_ff00),
    ClassKeyword(word: "memory", value: 0x05_0000, mask: 0xff_0000),
    ClassKeyword(word: "bridge", value: 0x06_0000, mask: 0xff_0000),
    ClassKeyword(word: "communication", value: 0x07_0000, mask: 0xff_0000),
    ClassKeyword(word: "serial", value: 0x07_0000, mask: 0xff_ff00),
    ClassKeyword(word: "system", value: 0x08_0000, mask: 0xff_0000),
    ClassKeyword(word: "input", value: 0x09_0000, mask: 0xff_0000),
    ClassKeyword(word: "processor", value: 0x0b_0000, mask: 0xff_0000),
    ClassKeyword(word: "usb", value: 0x0c_0300, mask: 0xff_ff00),
    ClassKeyword(word: "firewire", value: 0x0c_0000, mask: 0xff_ff00),
    ClassKeyword(word: "smbus", value: 0x0c_0500, mask: 0xff_ff00),
    ClassKeyword(word: "wireless", value: 0x0d_0000, mask: 0xff_0000),
    ClassKeyword(word: "encryption", value: 0x10_0000, mask: 0xff_0000),
    ClassKeyword(word: "signal", value: 0x11_0000, mask: 0xff_0000),
    ClassKeyword(word: "accelerator", value: 0x12_0000, mask: 0xff_0000),
  ]

  /// The keyword with a word.
  public static func named(_ word: String) -> ClassKeyword? { all.first { $0.word == word } }
}
