// SPDX-License-Identifier: Apache-2.0

/// What the arguments of a command line ask for.
public struct ParsedArguments: Hashable, Sendable {
  /// What to do before anything else.
  public enum Request: Hashable, Sendable {
    /// The invocation.
    case run
    /// The help text.
    case help
    /// The version.
    case version
  }

  /// What to do.
  public var request: Request
  /// The subcommand with its options; the style's colour is not decided yet.
  public var invocation: Invocation
  /// The recording to read; `nil` for this machine (`--from`).
  public var from: String?
  /// The kind to read it as; `nil` is told by content (`--as`).
  public var kind: String?
  /// The file with names (`--pci-ids`).
  public var namesFile: String?
  /// Whether colour was asked for or against (`--color`, `--no-color`).
  public var usesColor: Bool?
  /// The file to write the result to (`snapshot -o`).
  public var output: String?
  /// Whether functions in D3cold may be woken (`--wake`).
  public var wakes: Bool
  /// The recordings of `diff`: before, and after where it is given.
  public var compared: [String]
  /// The files of `lint`, or the one of `rom`.
  public var files: [String]
  /// The file that `emit` works its text into (`--into`).
  public var into: String?
  /// The directories whose files `plan` searches for names that move (`--etc`).
  public var etc: [String]
  /// The directory of the journal (`--state-directory`); `nil` is the standard one.
  public var stateDirectory: String?
  /// Do it in this process, without another that watches over it (`--in-place`).
  public var runsInPlace: Bool
  /// After how many events `watch` ends (`--count`).
  public var eventLimit: Int?

  /// Starts with every option at its default.
  public init(_ subcommand: Subcommand) {
    request = .run
    invocation = Invocation(subcommand)
    wakes = false
    runsInPlace = false
    compared = []
    files = []
    etc = []
  }
}
