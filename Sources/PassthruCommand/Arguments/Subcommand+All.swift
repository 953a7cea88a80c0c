// SPDX-License-Identifier: Apache-2.0

extension Subcommand {
  /// Every subcommand, in the order of the help.
  public static let all: [Subcommand] = [
    standard,
    Subcommand(ShowFunctions.self),
    Subcommand(Tree.self),
    Subcommand(Groups.self),
    Subcommand(Check.self),
    Subcommand(PlanDevices.self),
    Subcommand(Emit.self),
    Subcommand(Targets.self),
    Subcommand(Rules.self),
    Subcommand(Fields.self),
    Subcommand(Lint.self),
    Subcommand(ROM.self),
    Subcommand(Snapshot.self),
    Subcommand(Diff.self),
    Subcommand(Bind.self),
    Subcommand(Unbind.self),
    Subcommand(Restore.self),
    Subcommand(Reset.self),
    Subcommand(Remove.self),
    Subcommand(Rescan.self),
    Subcommand(VirtualFunctions.self),
    Subcommand(Watch.self),
    Subcommand(Bench.self),
    Subcommand(Help.self),
    Subcommand(Completions.self),
    Subcommand(Complete.self),
    Subcommand(ToolInfo.self),
  ]
}
