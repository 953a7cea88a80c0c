// SPDX-License-Identifier: Apache-2.0

public import PassthruAnalysis
public import PassthruReport

/// A subcommand with its options, as either front reads them from its arguments.
public struct Invocation: Hashable, Sendable {
  /// What to do.
  public var subcommand: Subcommand
  /// The functions to do it with; for `emit` without the target.
  public var selectors: [String]
  /// Text or JSON.
  public var format: OutputFormat
  /// The consumer to judge for; `nil` is the one of the host's system.
  public var consumer: Consumer?
  /// Width and colour.
  public var style: TextStyle
  /// Show bridges and chipset functions too; for `restore`, put everything back.
  public var showsAll: Bool
  /// Show every field and every finding.
  public var isVerbose: Bool
  /// The guest's name, for `plan` and `emit`.
  public var guest: String?
  /// The target's name, for `emit`.
  public var target: String?
  /// The functions that may go although the host needs them.
  public var allowed: [String]
  /// Write a configuration although something is in the way.
  public var isForced: Bool
  /// The guest slot and function to start at: `20`, `20:0`.
  public var guestSlot: String?
  /// The file with the expansion ROM for the guest.
  public var romFile: String?
  /// The place in the guest's boot order.
  public var bootIndex: Int?
  /// FreeBSD's major release.
  public var release: Int?
  /// The hypervisor's version: `10.0`.
  public var version: String?
  /// The one field that `show` prints, by its dotted name.
  public var field: String?
  /// Print a field's bits and not their meaning.
  public var isRaw: Bool
  /// The two functions that `groups --why` compares; empty without it.
  public var whyPair: [String]
  /// The rule that `check --explain` explains.
  public var explainedRule: String?
  /// The kind that `lint` reads files as; `nil` is told by name and content.
  public var fileKind: String?
  /// Print the way back and not the way there, for `emit`.
  public var isUndo: Bool
  /// The existing file that `emit` works its text into.
  public var existingFile: InputFile?
  /// Replace the existing file and do not only show the difference.
  public var writesFile: Bool
  /// The host's configuration files, in which `plan` looks for names that move.
  public var hostFiles: [InputFile]
  /// Keep device serial numbers in a snapshot.
  public var keepsSerialNumbers: Bool
  /// The driver that `bind` gives functions to; `nil` is the consumer's own.
  public var driver: String?
  /// Take along what must go together, for `bind`.
  public var takesGroup: Bool
  /// Do it, and do not only show it.
  public var applies: Bool
  /// The way to reset, for `reset`; `nil` is the kernel's first.
  public var resetMethod: String?
  /// The number of virtual functions, for `vfs`.
  public var count: UInt16?
  /// How long one step may take, in seconds.
  public var deadline: Int

  /// Whether it can say nothing true without the journal of changes.
  ///
  /// To look at what would be done needs no journal, and no root; to say that
  /// there is nothing to put back does.
  public var needsJournal: Bool { applies || subcommand == .restore }

  /// Starts with every option at its default.
  public init(_ subcommand: Subcommand) {
    self.subcommand = subcommand
    selectors = []
    format = .text
    style = TextStyle()
    showsAll = false
    isVerbose = false
    allowed = []
    isForced = false
    keepsSerialNumbers = false
    isRaw = false
    isUndo = false
    hostFiles = []
    writesFile = false
    whyPair = []
    takesGroup = false
    applies = false
    deadline = 30
  }
}
