// SPDX-License-Identifier: Apache-2.0

import PassthruAnalysis
import Testing

@testable import PassthruCommand

@Suite("Arguments")
struct ArgumentReaderTests {
  private static func words(_ line: String) -> [String] {
    line.split(separator: " ").map { String($0) }
  }

  /// The options that a line without its subcommand sets.
  private func read<Payload: SubcommandOptions>(
    _ type: Payload.Type, _ line: String
  ) throws -> Payload {
    var payload = Payload()
    var reader = ArgumentReader(Self.words(line), TerminalFacts(), .linux)
    try reader.fill(&payload)
    return payload
  }

  private func parse(_ line: String) throws -> ParsedArguments {
    try Subcommand.parse(Self.words(line))
  }

  @Test("Nothing at all is the list of this machine")
  func nothing() throws {
    let parsed = try parse("")
    #expect(parsed.declaration.name == "list")
    #expect(parsed.common == CommonOptions())
  }

  @Test("A first word that is no subcommand is a selector")
  func defaultSubcommand() throws {
    let parsed = try parse("em0 show")
    #expect(parsed.declaration.name == "list")
    #expect(parsed.common.selectors == ["em0", "show"])
  }

  @Test(
    "Options may stand anywhere, with a blank or an equals sign, before the subcommand too",
    arguments: [
      "plan em1 --guest g --from a.txt --slot=20:0 --release 14 -v --allow em2",
      "plan --guest=g --release=14 --from=a.txt em1 --slot 20:0 --verbose --allow em2",
      "plan -v --from a.txt --guest g --slot 20:0 --release 14 --allow=em2 -- em1",
      "--from a.txt plan em1 --guest g -v --slot 20:0 --release 14 --allow em2",
      "-v --guest g --from a.txt --slot 20:0 --release 14 --allow em2 plan em1",
    ])
  func options(line: String) throws {
    let parsed = try parse(line)
    #expect(parsed.declaration.name == "plan")
    var expected = CommonOptions()
    expected.from = "a.txt"
    expected.selectors = ["em1"]
    expected.isVerbose = true
    expected.allowed = ["em2"]
    #expect(parsed.common == expected)
    let rest = Self.words(line).filter { $0 != "plan" }.joined(separator: " ")
    let plan = try read(PlanDevices.self, rest)
    #expect(plan.guest.name == "g" && plan.guest.slot == "20:0" && plan.guest.release == 14)
  }

  @Test("An option before the subcommand takes its value along")
  func optionsFirst() throws {
    for line in [
      "--format json check", "--format=json check", "check --format json",
      "-va --format json check",
    ] {
      let parsed = try parse(line)
      #expect(parsed.declaration.name == "check", "\(line)")
      #expect(parsed.common.format == .json && parsed.common.selectors.isEmpty, "\(line)")
    }
    #expect(try parse("-o file snapshot").declaration.name == "snapshot")
    #expect(try parse("-ofile snapshot").declaration.name == "snapshot")
    // After --, nothing is a subcommand.
    #expect(try parse("-- check").common.selectors == ["check"])
  }

  @Test("An option's name takes a value in every subcommand that has it, or in none")
  func oneWayToTakeAValue() {
    var takesValue: [String: Bool] = [:]
    for subcommand in Subcommand.all {
      for option in subcommand.ownOptions() + CommonOptions.options.map(\.declaration) {
        for name in [option.name, option.letter].compactMap({ $0 }) {
          #expect(takesValue[name] ?? (option.value != nil) == (option.value != nil), "\(name)")
          takesValue[name] = option.value != nil
        }
      }
    }
    #expect(takesValue.count > 30)
  }

  @Test("Names are told apart: none is there twice for one subcommand")
  func namesAreUnique() {
    let common = CommonOptions.options.map(\.declaration.name) + ["--help", "--version"]
    for subcommand in Subcommand.all {
      let names = subcommand.ownOptions().map(\.name) + common
      #expect(Set(names).count == names.count, "\(subcommand.name)")
    }
    #expect(Set(Subcommand.all.map(\.name)).count == Subcommand.all.count)
  }

  @Test("Letters join, and -o takes what follows it")
  func letters() throws {
    #expect(try parse("list -va").common.showsAll)
    #expect(try parse("list -va").common.isVerbose)
    #expect(try read(Snapshot.self, "-o file").output == "file")
    #expect(try read(Snapshot.self, "-ofile").output == "file")
    #expect(try read(Snapshot.self, "--output=file --with-serials").keepsSerialNumbers)
  }

  @Test("The target of emit is its first word")
  func emit() throws {
    let emit = try read(Emit.self, "bhyve em0 em1 --guest g --force --for bhyve --format json")
    #expect(emit.target == "bhyve")
    #expect(emit.common.selectors == ["em0", "em1"])
    #expect(emit.isForced)
    #expect(emit.common.consumer == .bhyve)
    #expect(emit.common.format == .json)
  }

  @Test("What each subcommand is asked")
  func questions() throws {
    let groups = try read(Groups.self, "--why em0 em1")
    #expect(groups.comparesTwo && groups.common.selectors == ["em0", "em1"])
    #expect(try read(Check.self, "--explain reset.none").explainedRule == "reset.none")
    let show = try read(ShowFunctions.self, "em0 --field pm.controlStatus.powerState --raw")
    #expect(show.field == "pm.controlStatus.powerState")
    #expect(show.isRaw)
    #expect(show.common.selectors == ["em0"])
    #expect(try read(Lint.self, "a b --kind loader.conf").files == ["a", "b"])
    #expect(try read(Emit.self, "bhyve em0 --into f").into == "f")
    #expect(try read(Emit.self, "bhyve em0 --into f --write").writesFile)
    #expect(try read(Emit.self, "bhyve em0 --undo").isUndo)
    #expect(try read(ROM.self, "card.rom --format json").file == "card.rom")
    #expect(try read(Diff.self, "a b").recordings == ["a", "b"])
    #expect(try read(Diff.self, "a").recordings == ["a"])
    let vfs = try read(VirtualFunctions.self, "03:00.0 4 --apply --deadline 5")
    #expect(vfs.common.selectors == ["03:00.0"] && vfs.count == 4)
    #expect(vfs.change.applies && vfs.change.deadline == 5)
    #expect(try read(Watch.self, "--count 3").limit == 3)
    #expect(try read(Bench.self, "--runs 3 --bare").request.isBare)
  }

  @Test("Colour, help and the version")
  func requests() throws {
    #expect(try parse("--color").common.usesColor == true)
    #expect(try parse("tree --no-color").common.usesColor == false)
    #expect(try parse("tree").common.usesColor == nil)
    for line in ["help", "plan -h", "--help", "help plan", "plan em0 --help", "--version"] {
      #expect(try parse(line).declaration.name == "help", "\(line)")
    }
  }

  @Test(
    "What makes no command is said",
    arguments: [
      ("--bogus", "no option --bogus"), ("list -x", "no option -x"),
      ("list --guest g", "list has no option --guest, which is one of plan, emit"),
      ("--from", "--from needs a value"), ("--from --all", "--from needs a value"),
      ("--all=1", "--all takes no value"), ("--format yaml", "text or json or pciconf"),
      ("--for xen", "vfio or bhyve"), ("plan em0 --release x", "not a number"),
      ("plan", "plan needs a function"),
      ("emit", "emit needs a target"), ("emit bhyve", "and a function"),
      ("targets em0", "takes no argument"), ("diff", "one recording or two"),
      ("diff a b c", "one recording or two"), ("snapshot -o", "--output needs a value"),
      ("groups --why em0", "compares two functions"),
      ("list --why a b", "list has no option --why"), ("rules em0", "takes no argument"),
      ("lint", "lint needs a file"), ("rom", "rom needs one file"), ("rom a b", "one file"),
      ("emit bhyve em0 --write", "--write goes with --into FILE"),
      ("plan em0 --write", "no option --write"),
      ("list --kind x", "list has no option --kind"), ("vfs em0", "a function and a number"),
      ("vfs em0 x", "a function and a number"), ("vfs em0 65536", "a function and a number"),
      ("reset em0 em1", "reset needs one function"), ("rescan em0", "takes no argument"),
      ("bench --runs 0", "a number from 1 to 1000000"),
      ("bind em0 --deadline 0", "a number from 1 to 86400"),
      ("watch --from x", "leave out --from"), ("completions tcsh", "bash, zsh or fish"),
      ("tree --format pciconf", "no form of pciconf's"),
      ("chekc --guest g", "did you mean check?"), ("list --formt json", "did you mean --format?"),
      ("list --verb", "did you mean --verbose?"),
    ])
  func errors(line: String, words: String) {
    let error = #expect(throws: ArgumentError.self) { try parse(line) }
    #expect(error?.reason.contains(words) == true, "\(error?.reason ?? "")")
    #expect(error?.result.status == .usage)
  }

  /// One rule for every option that takes a value, in every subcommand.
  @Test(arguments: ["", "tree", "check"])
  func valuesThatStartWithADash(_ subcommand: String) throws {
    #expect(try parse("\(subcommand) --allow=-x").common.allowed == ["-x"])
    #expect(try parse("\(subcommand) --from -").common.from == "-")
    for line in ["--allow -x", "--from=", "--from -v", "--allow --all"] {
      let error = #expect(throws: ArgumentError.self) { try parse("\(subcommand) \(line)") }
      #expect(error?.reason.contains("needs a value") == true, "\(line)")
    }
  }
}
