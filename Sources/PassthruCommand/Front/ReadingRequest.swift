// SPDX-License-Identifier: Apache-2.0

public import PCIHost
public import PCINames
internal import PassthruReport

/// What a front reads for a subcommand, and what is then said of it.
public struct ReadingRequest: Sendable {
  /// A host to read.
  struct Place: Hashable, Sendable {
    /// The recording; `nil` is this machine.
    var path: String?
    /// The recording's kind; `nil` is told by content.
    var kind: String?
    /// The access method; `nil` is the system's own.
    var via: String?
  }

  /// What was read.
  public struct Sources: Sendable {
    /// The hosts, in the order of their places.
    public var hosts: [Machine] = []
    /// The files that were asked for.
    public var files: [InputFile] = []
    /// The files that were there.
    public var foundFiles: [InputFile] = []
    /// The names of a pci.ids; without one, numbers are shown.
    public var names: NameDatabase?
  }

  /// The functions whose names are shown.
  enum Naming: Sendable {
    /// No names are shown.
    case nothing
    /// All that the file has.
    case whole
    /// Of these functions of each host, by position.
    case of(@Sendable (Machine) -> [Int])
  }

  /// The hosts to read.
  var places: [Place]
  /// Whether this machine may be unreadable.
  var isOptional = false
  /// How much to read of it.
  var depth = ScanDepth.full
  /// The functions whose configuration space is needed, by position.
  var configuration: @Sendable (Machine) -> [Int] = { _ in [] }
  /// The pci.ids that was given; `nil` is the first that is there.
  var namesFile: String?
  /// The functions whose names are shown.
  var naming = Naming.of { Array($0.functions.indices) }
  /// The files to read.
  var files: [String] = []
  /// The files to read where they are.
  var filesToFind: [String] = []
  /// The file to write the answer to; `nil` is standard output.
  var output: String?
  /// Whether a live host's configuration space is not needed for groups, on FreeBSD either.
  var readsNoGroups = false
  /// Whether configuration space is read of what the first host has it of, and of no more.
  var readsLikeFirst = false
  /// Says what there is to say.
  var answer: @Sendable (Sources, ListRows.Maker) throws(SelectorError) -> CommandResult

  /// Reads the host that the options name, for a front that says more of it.
  init(_ common: CommonOptions) {
    self.init(common) { (_: Sources, _: ListRows.Maker) in CommandResult("") }
  }

  /// Reads the host that the options name.
  init(
    _ common: CommonOptions,
    answer: @escaping @Sendable (Sources, ListRows.Maker) throws(SelectorError) -> CommandResult
  ) {
    places = [Place(path: common.from, kind: common.kind, via: common.via)]
    namesFile = common.namesFile
    self.answer = answer
  }

  /// Reads the host that the options name, and says something of it alone.
  init(
    _ common: CommonOptions,
    about host: @escaping @Sendable (Machine, DeviceNames) throws(SelectorError) -> CommandResult
  ) {
    self.init(common) { (sources: Sources, _: ListRows.Maker) throws(SelectorError) in
      guard let first = sources.hosts.first else { return CommandResult("") }
      return try host(first, DeviceNames(sources.names))
    }
  }
}
