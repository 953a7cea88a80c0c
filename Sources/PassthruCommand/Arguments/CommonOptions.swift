// SPDX-License-Identifier: Apache-2.0

public import PassthruAnalysis
public import PassthruReport

/// What every subcommand is told.
public struct CommonOptions: Hashable, Sendable {
  /// The functions to do it with.
  public var selectors: [String] = []
  /// The recording to read; `nil` for this machine.
  public var from: String?
  /// The kind to read it as; `nil` is told by content.
  public var kind: String?
  /// The access method: `libpci`, `libpci:linux-proc`; `nil` is the system's own.
  public var via: String?
  /// Text or JSON.
  public var format = OutputFormat.text
  /// The consumer to judge for; `nil` is the one of the host's system.
  public var consumer: Consumer?
  /// The file with names; `nil` is the system's.
  public var namesFile: String?
  /// Whether colour was asked for or against.
  public var usesColor: Bool?
  /// Width and colour.
  public var style = TextStyle()
  /// Show every field and every finding.
  public var isVerbose = false
  /// Show bridges and chipset functions too; for `restore`, put everything back.
  public var showsAll = false
  /// The functions that may go although the host needs them.
  public var allowed: [String] = []
  /// Whether devices in D3cold may be woken.
  public var wakes = false

  /// Starts with every option at its default.
  public init() {}

  static let options: [CommandOption<CommonOptions>] = [
    .value(
      "--from", "PATH",
      "Read a recording: a sysfs root, a text of lspci -xxxx or pciconf -lvbc, a snapshot.",
      completes: .files
    ) { $0.from = $1 },
    .value(
      "--as", "KIND", "Read the recording as this kind: sysfs, lspci, pciconf or snapshot.",
      completes: .words { Candidates.recordKinds }
    ) { $0.kind = $1 },
    .value(
      "--via", "METHOD", "Scan through libpci, by the method named: libpci, libpci:linux-proc...",
      completes: .words { ["libpci", "libpci:linux-sysfs", "libpci:linux-proc"] }
    ) { $0.via = $1 },
    .choice(
      "--format", "FORMAT", "Print text for a person, or json; list also has pciconf."
    ) { (options: inout CommonOptions, format: OutputFormat) in options.format = format },
    .choice(
      "--for", "CONSUMER", "Judge for vfio or bhyve; by default, for the host's own system."
    ) { (options: inout CommonOptions, consumer: Consumer) in options.consumer = consumer },
    .value("--pci-ids", "FILE", "Take the names from this file.", completes: .files) {
      $0.namesFile = $1
    },
    .flag("--color", "Use colour; by default, on a terminal.") { $0.usesColor = true },
    .flag("--no-color", "Use no colour.") { $0.usesColor = false },
    .flag("--verbose", letter: "-v", "Show every finding, field and gap.") { $0.isVerbose = true },
    .flag("--all", letter: "-a", "Show bridges and chipset functions too.") { $0.showsAll = true },
    .value(
      "--allow", "SELECTOR", "Pass this one although the host needs it.", isRepeating: true,
      completes: .selector
    ) { $0.allowed.append($1) },
    .flag("--wake", "Read configuration space of devices in D3cold too, which wakes them.") {
      $0.wakes = true
    },
  ]

  /// The options that mean something to a subcommand without a host.
  static let namesWithoutHost = ["--format", "--color", "--no-color"]

  /// Refuses the form of pciconf's where a subcommand has none.
  func unknownFormat(_ subcommand: String) -> ArgumentError? {
    guard format == .pciconf, subcommand != ListFunctions.declaration.name else { return nil }
    return ArgumentError(
      "\(subcommand) has no form of pciconf's: use --format text or json", isWhole: true)
  }
}
