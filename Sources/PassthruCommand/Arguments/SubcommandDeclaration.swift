// SPDX-License-Identifier: Apache-2.0

/// What a subcommand is, apart from its options and its work.
public final class SubcommandDeclaration: Sendable {
  /// A command line that shows a use.
  public struct Example: Sendable {
    /// What to type after `passthru `.
    public let line: String
    /// What it is for, in a few words.
    public let meaning: String
  }

  /// What a subcommand needs of a host.
  public enum Need: Hashable, Sendable {
    /// Nothing.
    case nothing
    /// Its facts, live or recorded.
    case host
    /// Its running kernel.
    case kernel
  }

  /// The word that names it.
  public let name: String
  /// What it does, in one sentence.
  public let summary: String
  /// More of what it does, in sentences; may be empty.
  public let details: String
  /// Uses of it, the most frequent first.
  public let examples: [Example]
  /// Its arguments in words, for errors: `a function`; `nil` where it takes none.
  public let takes: String?
  /// What it needs of a host.
  public let need: Need
  /// Why it does not work on a system; `nil` where it does.
  public let obstacle: @Sendable (PlatformKind) -> String?
  /// Whether help leaves it out.
  public let isHidden: Bool

  /// Describes a subcommand.
  init(
    _ name: String, _ summary: String, takes: String? = nil, need: Need, details: String = "",
    isHidden: Bool = false, examples: [Example] = [],
    obstacle: @escaping @Sendable (PlatformKind) -> String? = { _ in nil }
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    self.examples = examples
    self.takes = takes
    self.need = need
    self.obstacle = obstacle
    self.isHidden = isHidden
  }
}

extension SubcommandDeclaration.Example {
  init(_ line: String, _ meaning: String) {
    self.line = line
    self.meaning = meaning
  }
}
