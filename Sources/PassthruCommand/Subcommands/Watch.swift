// SPDX-License-Identifier: Apache-2.0

/// The subcommand `watch`.
struct Watch: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "watch", "Tell what happens on the bus, as it happens, and what it does to verdicts.",
    need: .kernel, examples: [.init("watch", "until it is interrupted")]
  ) { system in
    switch system {
    case .linux: nil
    case .freeBSD: "it is Linux's: FreeBSD tells of its devices through devd(8)"
    case .web: "it follows a running kernel: run passthru on the host"
    }
  }
  static let options: [CommandOption<Self>] = [
    .number("--count", "NUMBER", "Stop after NUMBER events.") { $0.limit = $1 }
  ]

  var common = CommonOptions()
  /// After how many events it ends; `nil` is never.
  var limit: Int?

  func validate() throws(ArgumentError) {
    guard common.from == nil else {
      throw ArgumentError("a recording does not change: leave out --from", isWhole: true)
    }
  }

  func work(on system: PlatformKind) -> Work { .watch(limit: limit) }
}
