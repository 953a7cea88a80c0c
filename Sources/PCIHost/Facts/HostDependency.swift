// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Something the running host needs, and the function it hangs on.
public struct HostDependency: Hashable, Sendable {
  /// What the host needs.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A mounted file system.
    case fileSystem
    /// Swap space.
    case swap
    /// The default route.
    case defaultRoute
    /// A network: an address, a bridge, a bond or another interface on the card.
    case network
    /// The connection of the session that asks.
    case session
    /// The display that the console is on.
    case console
    /// The keyboard.
    case keyboard
    /// A program that has a whole disk, a partition or a volume open.
    case program
  }

  /// The fact of a gap that says why it is not known which interfaces are in use.
  public static let networkFact = "dependencies.network"
  /// The fact of a gap that says why it is not known which disks programs have open.
  public static let programFact = "dependencies.program"
  /// The fact of a gap that says why it is not known what the session comes in by.
  public static let sessionFact = "dependencies.session"
  /// The fact of a function's gap that says why it is not known which memory the firmware
  /// wants mapped for its group.
  public static let regionFact = "linux.reservedRegions"
  /// The fact of a gap that says why it is not known on what the console is.
  public static let consoleFact = "dependencies.console"
  /// The fact of a gap that says why it is not known where the keyboard is.
  public static let keyboardFact = "dependencies.keyboard"
  /// The fact of a gap that says why it is not known which disks a file system is on.
  public static let storageFact = "dependencies.storage"
  /// The fact of a gap that says why it is not known by which card a file system of
  /// another machine is reached.
  public static let networkStorageFact = "dependencies.networkStorage"
  /// The fact of a gap that says why it is not known which card the default route leaves by.
  public static let routeFact = "dependencies.defaultRoute"

  /// What the host needs.
  public var kind: Kind
  /// Its name: `/`, `default route`.
  public var subject: String
  /// What it rests on, one step after the other: `vg0-root`, `dm-0`, `nvme0n1p3`.
  public var chain: [String]
  /// The function at the end of the chain.
  public var function: FunctionAddress

  /// Records a dependency; control characters in its names become spaces.
  public init(kind: Kind, subject: String, chain: [String], function: FunctionAddress) {
    self.kind = kind
    self.subject = displayText(subject)
    self.chain = chain.map { displayText($0) }
    self.function = function
  }
}
