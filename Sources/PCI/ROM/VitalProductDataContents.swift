// SPDX-License-Identifier: Apache-2.0

/// The strings of a function's vital product data, read from its bytes.
///
/// PCI Local Bus 3.0, appendix I. The bytes come from the sysfs attribute `vpd`
/// or through the registers of ``VitalProductData``.
public struct VitalProductDataContents: Hashable, Sendable {
  /// One keyword with its data.
  public struct Item: Hashable, Sendable {
    /// The two letters: `PN` part number, `EC` engineering change, `SN` serial number.
    public let keyword: String
    /// The data.
    public let data: [UInt8]
    /// Whether it is in the part that may be written.
    public let isWritable: Bool

    /// The data as text, without zeros and blanks at the end.
    ///
    /// Control characters are shown as blanks.
    public var text: String {
      var end = data.count
      while end > 0, data[end - 1] == 0 || data[end - 1] == 0x20 { end -= 1 }
      return displayText(data[..<end])
    }

    /// What the keyword stands for; `nil` for a vendor's own.
    public var title: String? {
      switch keyword {
      case "PN": "part number"
      case "EC": "engineering changes"
      case "FG": "fabric geography"
      case "LC": "location"
      case "MN": "manufacture id"
      case "PG": "PCI geography"
      case "SN": "serial number"
      case "CP": "extended capability"
      case "RV": "checksum and reserved"
      case "RW": "remaining space"
      case "YA": "asset tag"
      default: nil
      }
    }
  }

  /// What ended the data before its end tag.
  public enum Defect: Hashable, Sendable {
    /// A tag of an unknown kind.
    case unknownTag(UInt8, at: Int)
    /// An item goes on past the end of the bytes.
    case truncated(at: Int)
  }

  /// The product's name, from the identifier string.
  public let productName: String?
  /// The keywords in order, the read-only ones first.
  public let items: [Item]
  /// Whether the bytes up to the checksum add up to zero; `nil` without a checksum.
  public let isChecksumValid: Bool?
  /// Why the list ended early, if it did.
  public let defect: Defect?

  /// Reads the resources up to the end tag.
  public init(_ bytes: [UInt8]) {
    var name: String?
    var items: [Item] = []
    var checksum: Bool?
    var defect: Defect?
    var position = 0
    walk: while true {
      guard position < bytes.count else {
        defect = .truncated(at: position)
        break
      }
      let tag = bytes[position]
      // The small end tag has a length in its low bits.
      if tag & 0xf8 == 0x78 { break }
      guard tag == 0x82 || tag == 0x90 || tag == 0x91 else {
        defect = .unknownTag(tag, at: position)
        break
      }
      guard position + 3 <= bytes.count else {
        defect = .truncated(at: position)
        break
      }
      let length = Int(bytes[position + 1]) | Int(bytes[position + 2]) << 8
      let start = position + 3
      guard start + length <= bytes.count else {
        defect = .truncated(at: position)
        break
      }
      if tag == 0x82 {
        name = displayText(bytes[start..<start + length])
      } else {
        var item = start
        while item + 3 <= start + length {
          let size = Int(bytes[item + 2])
          guard item + 3 + size <= start + length else {
            defect = .truncated(at: item)
            break walk
          }
          let keyword = displayText(bytes[item..<item + 2])
          if keyword == "RV", size > 0 {
            checksum = bytes[...(item + 3)].reduce(UInt8(0), &+) == 0
          }
          items.append(
            Item(
              keyword: keyword, data: Array(bytes[(item + 3)..<(item + 3 + size)]),
              isWritable: tag == 0x91))
          item += 3 + size
        }
      }
      position = start + length
    }
    productName = name
    self.items = items
    isChecksumValid = checksum
    self.defect = defect
  }
}
