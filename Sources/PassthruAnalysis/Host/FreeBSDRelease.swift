// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// A release of FreeBSD: `12.1-RELEASE-p7`.
struct FreeBSDRelease: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The first number.
  var major: Int
  /// The second number.
  var minor: Int
  /// The patch level; `nil` where it is not known.
  var patch: Int?

  init(_ major: Int, _ minor: Int, patch: Int? = nil) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// The release of a host, from its name or from `kern.osreldate`.
  init?(_ host: Machine) {
    if let release = host.system.release {
      var reader = NumberReader(release.utf8)
      if let major = reader.decimal(), reader.skip(UInt8(ascii: ".")),
        let minor = reader.decimal()
      {
        self.init(Int(major), Int(minor), patch: Self.patch(release))
        return
      }
    }
    guard let date = host.freeBSD?.releaseDate, date >= 500_000, date < 100_000_000 else {
      return nil
    }
    self.init(date / 100_000, date / 1000 % 100)
  }

  /// The number after `-p`, which a plain RELEASE does not have.
  private static func patch(_ text: String) -> Int? {
    for word in text.utf8.split(separator: UInt8(ascii: "-")).dropFirst() {
      guard let first = word.first, first == UInt8(ascii: "p") || first == UInt8(ascii: "P") else {
        continue
      }
      var reader = NumberReader(word.dropFirst())
      if let number = reader.decimal(), reader.isAtEnd { return Int(number) }
    }
    return text.utf8.containsSequence("RELEASE") ? 0 : nil
  }

  /// The order of releases; an unknown patch level counts as 0.
  static func < (left: FreeBSDRelease, right: FreeBSDRelease) -> Bool {
    (left.major, left.minor, left.patch ?? 0) < (right.major, right.minor, right.patch ?? 0)
  }

  var description: String {
    "\(major).\(minor)" + (patch.map { $0 > 0 ? "-p\($0)" : "" } ?? "")
  }
}
