// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import PassthruAnalysis
public import PassthruCommand
internal import PassthruReport

/// The options that every subcommand has.
struct CommonOptions: ParsableArguments {
  @Option(
    name: .customLong("from"),
    help: ArgumentHelp(
      "Read a recording: a sysfs root, a text of lspci -xxxx or pciconf -lvbc, a snapshot.",
      valueName: "path"))
  var from: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Read the recording as this kind: sysfs, lspci, pciconf or snapshot.", valueName: "kind"))
  var kind: String?

  @Option(
    help: ArgumentHelp(
      "Scan through libpci, by the method named: libpci, libpci:linux-proc...",
      valueName: "method"))
  var via: String?

  @Option(help: "Print text for a person, or json; list also has pciconf.")
  var format: OutputFormat = .text

  @Option(
    name: .customLong("for"),
    help: "Judge for vfio or bhyve; by default, for the host's own system.")
  var consumer: Consumer?

  @Option(
    name: .customLong("pci-ids"),
    help: ArgumentHelp("Take the names from this file.", valueName: "file"))
  var pciIDs: String?

  @Flag(inversion: .prefixedNo, help: "Use colour; by default, on a terminal.")
  var color: Bool?

  @Flag(name: .shortAndLong, help: "Show every finding, field and gap.")
  var verbose = false

  @Flag(name: .shortAndLong, help: "Show bridges and chipset functions too.")
  var all = false

  @Option(help: ArgumentHelp("Pass this one although the host needs it.", valueName: "selector"))
  var allow: [String] = []

  @Flag(help: "Read configuration space of devices in D3cold too, which wakes them.")
  var wake = false

  /// Where the host and the names come from.
  var source: SourceOptions {
    SourceOptions(from: from, kind: kind, via: via, pciIDs: pciIDs, wake: wake)
  }

  /// Fills in what all subcommands share.
  func invocation(_ subcommand: Subcommand, _ selectors: [String] = []) -> Invocation {
    var invocation = Invocation(subcommand)
    invocation.selectors = selectors
    invocation.format = format
    invocation.consumer = consumer
    invocation.showsAll = all
    invocation.isVerbose = verbose
    invocation.allowed = allow
    invocation.style = TextStyle(
      width: Terminal.width, usesColor: color ?? Terminal.wantsColor)
    return invocation
  }
}

extension OutputFormat: ExpressibleByArgument {}
extension Consumer: ExpressibleByArgument {}
