// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The version of a Linux kernel, as far as tables need it: `6.12`.
public struct KernelRelease: Hashable, Sendable, Comparable {
  /// The first number.
  public var major: Int
  /// The second number.
  public var minor: Int

  /// Names a version.
  public init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads `6.12.9-amd64` as `uname -r` prints it; `nil` for anything else.
  public init?(_ text: String) {
    var reader = NumberReader(text.utf8)
    guard let major = reader.decimal(), reader.skip(UInt8(ascii: ".")),
      let minor = reader.decimal()
    else { return nil }
    self.init(Int(major), Int(minor))
  }

  /// The order of versions.
  public static func < (left: KernelRelease, right: KernelRelease) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}
