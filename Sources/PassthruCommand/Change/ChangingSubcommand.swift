// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// A subcommand that changes the host, where it is told to.
protocol ChangingSubcommand: SubcommandOptions {
  /// Whether it can say nothing true without the journal of changes.
  static var isRestoring: Bool { get }

  var change: ChangeOptions { get set }
  /// Decides what to do to the host, and whether it may.
  func decide(_ situation: ChangeSituation) throws(SelectorError) -> ChangeDecision
}

extension ChangingSubcommand {
  static var isRestoring: Bool { false }

  static var changeOptions: [CommandOption<Self>] {
    [
      .flag("--apply", "Do it; without, only show what would be done.") {
        $0.change.applies = true
      },
      .number(
        "--deadline", "SECONDS",
        "Report, and take everything back, where the kernel takes longer for one step.",
        1...86_400
      ) { $0.change.deadline = $1 },
      .value(
        "--state-directory", "DIRECTORY", "Keep the journal in this directory.",
        completes: .directories
      ) { $0.change.stateDirectory = $1 },
      // The process that does the work, beside the one that watches over it.
      .flag("--in-place", isHidden: true, "Do it in this process.") {
        $0.change.runsInPlace = true
      },
    ]
  }

  static var needsKernel: @Sendable (PlatformKind) -> String? {
    { system in
      system == .web ? "it changes a running kernel: run passthru on the host" : nil
    }
  }

  func work(on system: PlatformKind) -> Work {
    .change(
      ChangeRequest(
        common: common, options: change, name: Self.declaration.name,
        isRestoring: Self.isRestoring, decide: decide))
  }
}
