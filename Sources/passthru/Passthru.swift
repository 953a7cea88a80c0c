// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// The command line.
struct Passthru: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "passthru",
    abstract: "Says which PCI devices a virtual machine can have, why, and how to give them.",
    discussion: """
      Without a subcommand: the list of this machine's functions.

      SELECTOR is an address (0a:00.0, pci0:10:0:0, 10/0/0), all functions of a slot
      (0a:00), a driver unit, a network interface or a disk (em0, eth0, nvme0n1), ids
      (8086:1521), class:NAME, driver:NAME or group:N.

      Exit status: 0 done, and nothing selected is blocked; 1 something selected is
      blocked or unknown; 2 the source could not be read; 64 the arguments are wrong.
      """,
    version: "0.1.0",
    subcommands: [
      List.self, Show.self, Tree.self, Groups.self, Check.self, PlanDevices.self, Emit.self,
      Targets.self, Rules.self, Fields.self, Lint.self, ROM.self, Snapshot.self, Diff.self,
      Bind.self, Unbind.self, Restore.self, Reset.self, Remove.self, Rescan.self,
      VirtualFunctions.self, Watch.self, Bench.self,
    ],
    defaultSubcommand: List.self)
}
