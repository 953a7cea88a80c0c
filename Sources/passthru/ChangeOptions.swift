// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// The options of the subcommands that change the host.
struct ChangeOptions: ParsableArguments {
  @Flag(help: "Do it; without, only show what would be done.")
  var apply = false

  @Option(
    help: ArgumentHelp(
      "Report, and take everything back, where the kernel takes longer for one step.",
      valueName: "seconds"))
  var deadline = 30

  @Option(
    help: ArgumentHelp("Keep the journal in this directory.", valueName: "directory"))
  var stateDirectory: String?

  // The process that does the work, beside the one that watches over it.
  @Flag(help: .hidden)
  var inPlace = false

  func validate() throws {
    guard (1...86_400).contains(deadline) else {
      throw ValidationError("--deadline takes a number of seconds from 1 to 86400")
    }
  }
}
