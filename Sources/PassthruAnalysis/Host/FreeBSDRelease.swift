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

  /// The release of a host, from `kern.osreldate`, or from its name.
  ///
  /// The number comes first: forks have names of their own. The patch level is the
  /// name's, where both mean one release.
  init?(_ host: Machine) {
    let named = host.system.release.flatMap { Self(named: $0) }
    guard let date = host.freeBSD?.releaseDate, date >= 500_000, date < 100_000_000 else {
      guard let named else { return nil }
      self = named
      return
    }
    self.init(date / 100_000, date / 1000 % 100)
    if let named, named.major == major, named.minor == minor { patch = named.patch }
  }

  /// Reads `12.1-RELEASE-p6`.
  private init?(named release: String) {
    var reader = NumberReader(release.utf8)
    guard let major = reader.decimal(), reader.skip(UInt8(ascii: ".")),
      let minor = reader.decimal()
    else { return nil }
    self.init(Int(major), Int(minor), patch: Self.patch(release))
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
