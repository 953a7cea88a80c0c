// SPDX-License-Identifier: Apache-2.0

/// The names of a class code's three parts; `nil` where a file has none.
public struct ClassNames: Hashable, Sendable {
  /// The base class: `Network controller`.
  public var baseClass: String?
  /// The sub-class: `Ethernet controller`.
  public var subClass: String?
  /// The programming interface: `XHCI`.
  public var programmingInterface: String?

  /// Starts without names.
  public init() {}
}
