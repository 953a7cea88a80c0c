// SPDX-License-Identifier: Apache-2.0

/// One argument of a subcommand that is no option: what it is, and what it sets.
struct CommandArgument<Payload>: Sendable {
  let declaration: ArgumentDeclaration
  /// Sets it to what was given, which is as many as the declaration allows.
  let set: @Sendable (inout Payload, [String]) throws(ArgumentError) -> Void

  init(
    _ name: String, count: ClosedRange<Int> = 1...1, _ help: String,
    completes completion: Completion = .nothing,
    _ set: @escaping @Sendable (inout Payload, [String]) throws(ArgumentError) -> Void
  ) {
    declaration = ArgumentDeclaration(
      name, count: count, help: help, completion: completion)
    self.set = set
  }
}

extension CommandArgument where Payload: SubcommandOptions {
  /// Functions of the host.
  static func selectors(count: ClosedRange<Int> = 0...Int.max, _ help: String) -> Self {
    Self("SELECTOR", count: count, help, completes: .selector) { $0.common.selectors = $1 }
  }
}
