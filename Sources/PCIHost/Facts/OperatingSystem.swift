// SPDX-License-Identifier: Apache-2.0

/// The system that runs on a machine.
public struct OperatingSystem: Hashable, Sendable {
  /// The family of a system.
  public enum Family: String, Hashable, Sendable, CaseIterable {
    /// Linux.
    case linux
    /// FreeBSD and systems made from it.
    case freebsd
    /// DragonFly BSD.
    case dragonfly
    /// Not recorded.
    case unknown
  }

  /// The family.
  public var family: Family
  /// The kernel's release: `6.12.9-amd64`, `14.1-RELEASE`; `nil` where not recorded.
  public var release: String?
  /// The machine architecture: `amd64`, `x86_64`; `nil` where not recorded.
  public var architecture: String?

  /// Names a system.
  public init(family: Family, release: String? = nil, architecture: String? = nil) {
    self.family = family
    self.release = release
    self.architecture = architecture
  }
}
