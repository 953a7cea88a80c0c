// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCINames
import TestCorpora
import Testing

/// An excerpt must name what the whole file names: the whole file is the judge.
@Suite struct NameExcerptTests {
  /// An excerpt of bytes given in pieces of a length.
  private static func excerpt(
    _ bytes: [UInt8], _ identities: [Identity], pieces length: Int = 1 << 16
  ) -> [UInt8] {
    var excerpt = NameExcerpt(for: identities)
    for start in stride(from: 0, to: bytes.count, by: length) {
      excerpt.add(Array(bytes[start..<min(start + length, bytes.count)]))
    }
    excerpt.finish()
    return excerpt.bytes
  }

  private static let places = NameDatabase.places.filter {
    FileManager.default.fileExists(atPath: $0)
  }

  /// Every device of the installed file, and one that is not there, of each vendor.
  @Test(.enabled(if: !places.isEmpty, "no pci.ids is installed"), arguments: places.prefix(1))
  func namesEveryDeviceOfTheInstalledFile(_ place: String) throws {
    let bytes = try TestCorpora.bytes(URL(fileURLWithPath: place))
    let whole = NameDatabase(bytes: bytes)
    var vendor: UInt16?
    var identities: [Identity] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if let id = UInt16(line.prefix(4), radix: 16), line.dropFirst(4).hasPrefix("  ") {
        vendor = id
        identities.append(Identity(vendorID: id, deviceID: 0xfffe))
      } else if line.hasPrefix("C ") {
        vendor = nil
      } else if let vendor, line.hasPrefix("\t"), !line.hasPrefix("\t\t"),
        let device = UInt16(line.dropFirst().prefix(4), radix: 16)
      {
        identities.append(Identity(vendorID: vendor, deviceID: device))
      }
    }
    #expect(identities.count > 15_000)
    let few = identities.enumerated().filter { $0.offset % 499 == 0 }.map(\.element)
    for some in [identities, few] {
      let names = NameDatabase(bytes: Self.excerpt(bytes, some))
      for identity in some {
        let (vendor, device) = (identity.vendorID, identity.deviceID)
        #expect(names.vendor(vendor) == whole.vendor(vendor))
        #expect(names.device(device, vendor: vendor) == whole.device(device, vendor: vendor))
      }
    }
  }

  private static let text = """
    # a comment
    1002  First
    \t0005  Five
    \t\t1af4 0001  Board
    \t\t1af4 0002  Another board
    \t0001  One
    8086  Second
    \t0001  Another one
    C 02  Network controller
    \t00  Ethernet controller
    1af4  Third
    """

  /// Pieces of every length: a line may be cut anywhere.
  @Test(arguments: 1...40) func takesVendorDeviceAndBoards(_ length: Int) {
    let identity = Identity(
      vendorID: 0x1002, deviceID: 5, subsystemVendorID: 0x1af4, subsystemID: 2)
    let part = Self.excerpt(Array(Self.text.utf8), [identity], pieces: length)
    #expect(
      String(decoding: part, as: UTF8.self) == """
        1002  First
        \t0005  Five
        \t\t1af4 0001  Board
        \t\t1af4 0002  Another board
        1af4  Third

        """)
  }

  @Test func takesNothingOfWhatNobodyAsksFor() {
    #expect(Self.excerpt(Array(Self.text.utf8), []) == [])
    let unknown = Identity(vendorID: 0x10de, deviceID: 1)
    #expect(Self.excerpt(Array(Self.text.utf8), [unknown]) == [])
  }

  /// A file without line ends must not grow in memory.
  @Test func dropsWhatIsNoLine() {
    let endless = [UInt8](repeating: UInt8(ascii: "8"), count: 1 << 20)
    let known = Identity(vendorID: 0x8888, deviceID: 1)
    #expect(Self.excerpt(endless, [known], pieces: 1000).count <= 4097)
  }
}
