// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import PassthruCommand

/// A subcommand that makes an invocation of its arguments.
protocol InvokingCommand: ParsableCommand {
  var common: CommonOptions { get }
  var invocation: Invocation { get }
}

extension InvokingCommand {
  mutating func run() throws { try Execution(invocation, common.source).run() }
}

struct List: InvokingCommand {
  static let configuration = CommandConfiguration(
    abstract: "One line a function: address, driver, class, name, group, verdict.")
  @OptionGroup var common: CommonOptions
  @Argument(help: "The functions; without, all but bridges and chipset.")
  var selector: [String] = []
  var invocation: Invocation { common.invocation(.list, selector) }
}

struct Show: InvokingCommand {
  static let configuration = CommandConfiguration(abstract: "All of a function, decoded.")
  @OptionGroup var common: CommonOptions
  @Option(
    help: ArgumentHelp(
      "Print one field, by its dotted name: pcie.linkCapabilities.maxSpeed.", valueName: "name"))
  var field: String?
  @Flag(help: "Print the field's bits and not their meaning.")
  var raw = false
  @Argument(help: "The functions.")
  var selector: [String]
  var invocation: Invocation {
    var invocation = common.invocation(.show, selector)
    invocation.field = field
    invocation.isRaw = raw
    return invocation
  }
}

struct Tree: InvokingCommand {
  static let configuration = CommandConfiguration(
    abstract: "The topology: root buses, bridges, and what is behind them.")
  @OptionGroup var common: CommonOptions
  @Argument(help: "Only the branches that lead to these.")
  var selector: [String] = []
  var invocation: Invocation { common.invocation(.tree, selector) }
}

struct Groups: InvokingCommand {
  static let configuration = CommandConfiguration(abstract: "The IOMMU groups.")
  @OptionGroup var common: CommonOptions
  @Flag(help: "Say why two functions share a group, or do not: groups --why A B.")
  var why = false
  @Argument(help: "Only the groups of these.")
  var selector: [String] = []
  var invocation: Invocation {
    var invocation = common.invocation(.groups, why ? [] : selector)
    invocation.whyPair = why ? selector : []
    return invocation
  }
  func validate() throws {
    if why && selector.count != 2 {
      throw ValidationError("--why compares two functions: groups --why A B")
    }
  }
}

struct Check: InvokingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verdicts: what can be passed, and why not.")
  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("Say what a rule means and how it is decided.", valueName: "rule"))
  var explain: String?
  @Argument(help: "The functions, with all reasons; without, a page on all.")
  var selector: [String] = []
  var invocation: Invocation {
    var invocation = common.invocation(.check, selector)
    invocation.explainedRule = explain
    return invocation
  }
}

struct PlanDevices: InvokingCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "What goes together, what to change where, what is renumbered, how to undo it.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var guest: GuestOptions
  @Option(
    help: ArgumentHelp(
      "Look for names that move in the rc.conf, pf.conf... of this copy of /etc or /boot.",
      valueName: "directory"))
  var etc: [String] = []
  @Argument(help: "The functions to give to the guest.")
  var selector: [String]
  var invocation: Invocation {
    var invocation = common.invocation(.plan, selector)
    guest.add(to: &invocation)
    return invocation
  }
  mutating func run() throws { try Execution(invocation, common.source, etc: etc).run() }
}

struct Emit: InvokingCommand {
  static let configuration = CommandConfiguration(
    abstract: "The configuration text for one consumer; `passthru targets` lists them.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var guest: GuestOptions
  @Flag(help: "Write it although something is in the way.")
  var force = false
  @Flag(help: "Print the way back.")
  var undo = false
  @Option(
    help: ArgumentHelp(
      "Show the difference that working it into this file makes.", valueName: "file"))
  var into: String?
  @Flag(help: "With --into: replace the file, keeping a backup beside it.")
  var write = false
  @Argument(help: "The consumer: bhyve, vm-bhyve, qemu, libvirt...")
  var target: String
  @Argument(help: "The functions to give to the guest.")
  var selector: [String]
  var invocation: Invocation {
    var invocation = common.invocation(.emit, selector)
    guest.add(to: &invocation)
    invocation.target = target
    invocation.isForced = force
    invocation.isUndo = undo
    invocation.writesFile = write
    return invocation
  }
  func validate() throws {
    if write && into == nil { throw ValidationError("--write goes with --into FILE") }
    if undo && into != nil { throw ValidationError("--undo prints text: leave out --into") }
  }
  mutating func run() throws { try Execution(invocation, common.source, into: into).run() }
}

struct Targets: InvokingCommand {
  static let configuration = CommandConfiguration(
    abstract: "The consumers that emit can write for.")
  @OptionGroup var common: CommonOptions
  var invocation: Invocation { common.invocation(.targets) }
}

struct Lint: InvokingCommand {
  static let configuration = CommandConfiguration(
    abstract: "What is wrong in configuration files, its own or anybody's.")
  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("Read the files as this kind.", valueName: "kind"))
  var kind: String?
  @Argument(help: "The files.")
  var file: [String]
  var invocation: Invocation {
    var invocation = common.invocation(.lint)
    invocation.fileKind = kind
    return invocation
  }
  mutating func run() throws { try Execution(invocation, common.source, files: file).run() }
}

struct ROM: InvokingCommand {
  static let configuration = CommandConfiguration(
    commandName: "rom",
    abstract: "What is in a file with an expansion ROM: is there a UEFI graphics image?")
  @OptionGroup var common: CommonOptions
  @Argument(help: "The file.")
  var file: String
  var invocation: Invocation { common.invocation(.rom) }
  mutating func run() throws { try Execution(invocation, common.source, files: [file]).run() }
}

struct Fields: InvokingCommand {
  static let configuration = CommandConfiguration(
    abstract: "The dotted names of all decoded fields, for show --field.")
  @OptionGroup var common: CommonOptions
  var invocation: Invocation { common.invocation(.fields) }
}

struct Rules: InvokingCommand {
  static let configuration = CommandConfiguration(
    abstract: "The rules that verdicts rest on; `check --explain RULE` says more of one.")
  @OptionGroup var common: CommonOptions
  var invocation: Invocation { common.invocation(.rules) }
}

struct Snapshot: InvokingCommand {
  static let configuration = CommandConfiguration(
    abstract: "A recording of this host, serial numbers masked.")
  @OptionGroup var common: CommonOptions
  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file.", valueName: "file"))
  var output: String?
  @Flag(help: "Keep device serial numbers, which can hold MAC addresses.")
  var withSerials = false
  var invocation: Invocation {
    var invocation = common.invocation(.snapshot)
    invocation.keepsSerialNumbers = withSerials
    return invocation
  }
  mutating func run() throws { try Execution(invocation, common.source, output: output).run() }
}

struct Diff: InvokingCommand {
  static let configuration = CommandConfiguration(
    abstract: "What changed between two hosts or moments.")
  @OptionGroup var common: CommonOptions
  @Argument(help: "The recording of before.")
  var before: String
  @Argument(help: "The recording of after; without, this machine now.")
  var after: String?
  var invocation: Invocation { common.invocation(.diff) }
  mutating func run() throws {
    try Execution(invocation, common.source, first: before, second: .some(after)).run()
  }
}

/// A subcommand that changes the host, where it is told to.
protocol ChangingCommand: ParsableCommand {
  var common: CommonOptions { get }
  var change: ChangeOptions { get }
  var invocation: Invocation { get }
}

extension ChangingCommand {
  mutating func run() throws {
    var invocation = invocation
    invocation.applies = change.apply
    invocation.deadline = change.deadline
    try ChangeExecution(invocation, common.source, change).run()
  }
}

struct Bind: ChangingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give functions to vfio-pci or ppt, as one transaction.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var change: ChangeOptions
  @Option(
    help: ArgumentHelp("Give them to this driver; by default vfio-pci.", valueName: "name"))
  var driver: String?
  @Flag(help: "Take along what must go together.")
  var withGroup = false
  @Flag(help: "Do it although a fact is not known.")
  var force = false
  @Argument(help: "The functions.")
  var selector: [String]
  var invocation: Invocation {
    var invocation = common.invocation(.bind, selector)
    invocation.driver = driver
    invocation.takesGroup = withGroup
    invocation.isForced = force
    return invocation
  }
}

struct Unbind: ChangingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give functions back to the drivers they had.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var change: ChangeOptions
  @Argument(help: "The functions.")
  var selector: [String]
  var invocation: Invocation { common.invocation(.unbind, selector) }
}

struct Restore: ChangingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put back what was changed, after a crash too; --all puts back everything.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var change: ChangeOptions
  @Argument(help: "The functions; without, those of changes that were cut off.")
  var selector: [String] = []
  var invocation: Invocation { common.invocation(.restore, selector) }
}

struct Reset: ChangingCommand {
  static let configuration = CommandConfiguration(abstract: "Reset a function.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var change: ChangeOptions
  @Option(help: ArgumentHelp("Reset it this way: flr, pm, bus...", valueName: "name"))
  var method: String?
  @Argument(help: "The function.")
  var selector: String
  var invocation: Invocation {
    var invocation = common.invocation(.reset, [selector])
    invocation.resetMethod = method
    return invocation
  }
}

struct Remove: ChangingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a function out of the kernel's tree, as if it were unplugged.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var change: ChangeOptions
  @Argument(help: "The function.")
  var selector: String
  var invocation: Invocation { common.invocation(.remove, [selector]) }
}

struct Rescan: ChangingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look for functions that were added or removed.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var change: ChangeOptions
  var invocation: Invocation { common.invocation(.rescan) }
}

struct VirtualFunctions: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "vfs", abstract: "Set how many virtual functions a function has.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var change: ChangeOptions
  @Argument(help: "The physical function.")
  var selector: String
  @Argument(help: "How many; 0 takes them away.")
  var count: UInt16
  var invocation: Invocation {
    var invocation = common.invocation(.vfs, [selector])
    invocation.count = count
    return invocation
  }
}

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell what happens on the bus, as it happens, and what it does to verdicts.")
  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("End after so many events.", valueName: "number"))
  var count: Int?
  mutating func run() throws {
    try WatchExecution(common.invocation(.watch), common.source, limit: count).run()
  }
}

struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time scans of this bus; --peers times lspci beside it.")
  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("Scan so many times.", valueName: "number"))
  var runs = 100
  @Flag(help: "Time lspci too, where it is installed.")
  var peers = false
  // One run of many that strace counts: nothing else is measured.
  @Flag(help: .hidden)
  var bare = false
  func validate() throws {
    guard (1...1_000_000).contains(runs) else {
      throw ValidationError("--runs takes a number from 1 to 1000000")
    }
  }
  mutating func run() throws {
    try BenchExecution(
      common.source, format: common.format, runs: runs, timesPeers: peers, countsCalls: !bare
    ).run()
  }
}
