// SPDX-License-Identifier: Apache-2.0

extension ClassCode {
  /// One word or two for a table: `ethernet`, `nvme`, `display`, `usb`, `host bridge`.
  ///
  /// A reserved class has the six digits of its code.
  public var shortKind: String {
    switch baseAndSubClass {
    case 0x0001, 0x0300, 0x0301, 0x0302, 0x0380: return "display"
    case 0x0100: return "scsi"
    case 0x0101, 0x0105: return "ide"
    case 0x0102: return "floppy"
    case 0x0104: return "raid"
    case 0x0106: return "sata"
    case 0x0107: return "sas"
    case 0x0108: return "nvme"
    case 0x0109: return "ufs"
    case 0x0200: return "ethernet"
    case 0x0207, 0x0c06: return "infiniband"
    case 0x0208: return "fabric"
    case 0x0400: return "video"
    case 0x0401, 0x0403: return "audio"
    case 0x0502: return "cxl memory"
    case 0x0600: return "host bridge"
    case 0x0601: return "isa bridge"
    case 0x0604, 0x0609: return "pci bridge"
    case 0x0605, 0x0607: return "card bridge"
    case 0x0700, 0x0702: return "serial"
    case 0x0701: return "parallel"
    case 0x0703: return "modem"
    case 0x0804: return "hot-plug"
    case 0x0805: return "sd"
    case 0x0806: return "iommu"
    case 0x0807: return "event collector"
    case 0x0c00: return "firewire"
    case 0x0c03: return "usb"
    case 0x0c04: return "fibre channel"
    case 0x0c05: return "smbus"
    case 0x0c07: return "ipmi"
    case 0x0c09: return "can"
    case 0x0d11: return "bluetooth"
    default: return baseKeyword ?? description
    }
  }

  /// The word for the whole base class: `network`; `nil` for a reserved one.
  public var baseKeyword: String? {
    switch baseClass {
    case 0x00: "unclassified"
    case 0x01: "storage"
    case 0x02: "network"
    case 0x03: "display"
    case 0x04: "multimedia"
    case 0x05: "memory"
    case 0x06: "bridge"
    case 0x07: "communication"
    case 0x08: "system"
    case 0x09: "input"
    case 0x0a: "docking"
    case 0x0b: "processor"
    case 0x0c: "serial bus"
    case 0x0d: "wireless"
    case 0x0e: "intelligent"
    case 0x0f: "satellite"
    case 0x10: "encryption"
    case 0x11: "signal"
    case 0x12: "accelerator"
    case 0x13: "instrumentation"
    case 0xff: "other"
    default: nil
    }
  }

  /// Words that people use besides `shortKind` and `baseKeyword`, and what they stand for.
  private static var aliases: [(word: String, keyword: String)] {
    [
      ("gpu", "display"), ("vga", "display"), ("graphics", "display"), ("nic", "network"),
      ("disk", "storage"), ("sound", "audio"), ("ahci", "sata"), ("nvm", "nvme"),
      ("wifi", "wireless"), ("crypto", "encryption"), ("uart", "serial"), ("1394", "firewire"),
    ]
  }

  /// The keywords that `class:KEYWORD` understands, sorted, each once.
  ///
  /// A blank in a kind is a hyphen in its keyword: `host-bridge`.
  public static var keywords: [String] {
    var words = aliases.map { $0.word }
    for code in UInt32(0)...0xffff {
      let candidate = ClassCode(rawValue: code << 8)
      guard candidate.subClassName != nil || candidate.rawValue == 0xff_0000 else { continue }
      for word in [candidate.shortKind, candidate.baseKeyword ?? candidate.shortKind] {
        let word = hyphenated(word)
        if !words.contains(word) { words.append(word) }
      }
    }
    return words.sorted()
  }

  /// Whether a keyword covers this class: its kind, its base class, or an alias.
  ///
  /// `display` covers the whole base class and VGA devices older than class
  /// codes; `ethernet` only the sub-class. The case of ASCII letters does not
  /// matter.
  public func matches(keyword: some StringProtocol) -> Bool {
    var word = Self.hyphenated(keyword)
    for alias in Self.aliases where alias.word == word {
      word = alias.keyword
      break
    }
    if word == Self.hyphenated(shortKind) { return true }
    guard let baseKeyword else { return false }
    return word == Self.hyphenated(baseKeyword)
  }

  /// Whether a word is one of the keywords.
  public static func isKeyword(_ word: some StringProtocol) -> Bool {
    keywords.contains(hyphenated(word))
  }

  /// The word in lower case, with hyphens for blanks.
  private static func hyphenated(_ word: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    for byte in word.utf8 {
      switch byte {
      case 0x20: bytes.append(0x2d)
      case 0x41...0x5a: bytes.append(byte | 0x20)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
