// SPDX-License-Identifier: Apache-2.0

/// Where a host's facts come from.
public struct Source: Hashable, Sendable {
  /// The kind of a source.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The machine the program runs on.
    case live
    /// A sysfs tree in some directory.
    case sysfs
    /// Hexadecimal dumps by `lspci -xxx` or `-xxxx`.
    case lspci
    /// The text of `pciconf -l`.
    case pciconf
    /// A snapshot of this project.
    case snapshot
    /// FreeBSD's /dev/pci.
    case devpci
    /// libpci's access methods.
    case libpci
  }

  /// The kind.
  public var kind: Kind
  /// A path or a device, as the user named it.
  public var location: String

  /// Names a source.
  public init(kind: Kind, location: String) {
    self.kind = kind
    self.location = location
  }
}
