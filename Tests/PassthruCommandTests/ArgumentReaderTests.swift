// SPDX-License-Identifier: Apache-2.0

import PassthruCommand
import Testing

@Suite("Arguments without an argument parser")
struct ArgumentReaderTests {
  private func read(_ line: String) throws -> ParsedArguments {
    try ArgumentReader.read(line.split(separator: " ").map { String($0) })
  }

  @Test("Nothing at all is the list of this machine")
  func nothing() throws {
    let parsed = try read("")
    #expect(parsed == ParsedArguments(.list))
  }

  @Test("A first word that is no subcommand is a selector")
  func defaultSubcommand() throws {
    let parsed = try read("em0 show")
    #expect(parsed.invocation.subcommand == .list)
    #expect(parsed.invocation.selectors == ["em0", "show"])
  }

  @Test(
    "Options may stand anywhere, with a blank or an equals sign",
    arguments: [
      "plan em1 --guest g --from a.txt --slot=20:0 --release 14 -v",
      "plan --guest=g --release=14 --from=a.txt em1 --slot 20:0 --verbose",
      "plan -v --from a.txt --guest g --slot 20:0 --release 14 -- em1",
    ])
  func options(line: String) throws {
    let parsed = try read(line)
    var expected = ParsedArguments(.plan)
    expected.from = "a.txt"
    expected.invocation.selectors = ["em1"]
    expected.invocation.guest = "g"
    expected.invocation.guestSlot = "20:0"
    expected.invocation.release = 14
    expected.invocation.isVerbose = true
    #expect(parsed == expected)
  }

  @Test("Letters join, and -o takes what follows it")
  func letters() throws {
    #expect(try read("list -va").invocation.showsAll)
    #expect(try read("list -va").invocation.isVerbose)
    #expect(try read("snapshot -o file").output == "file")
    #expect(try read("snapshot -ofile").output == "file")
    #expect(try read("snapshot --output=file --with-serials").invocation.keepsSerialNumbers)
  }

  @Test("The target of emit is its first word")
  func emit() throws {
    let parsed = try read("emit bhyve em0 em1 --guest g --force --for bhyve --format json")
    #expect(parsed.invocation.target == "bhyve")
    #expect(parsed.invocation.selectors == ["em0", "em1"])
    #expect(parsed.invocation.isForced)
    #expect(parsed.invocation.consumer == .bhyve)
    #expect(parsed.invocation.format == .json)
  }

  @Test("Groups of two, and one rule")
  func questions() throws {
    let parsed = try read("groups --why em0 em1")
    #expect(parsed.invocation.whyPair == ["em0", "em1"])
    #expect(parsed.invocation.selectors.isEmpty)
    #expect(try read("check --explain reset.none").invocation.explainedRule == "reset.none")
    let field = try read("show em0 --field pm.controlStatus.powerState --raw").invocation
    #expect(field.field == "pm.controlStatus.powerState")
    #expect(field.isRaw)
    #expect(field.selectors == ["em0"])
    #expect(try read("lint a b --kind loader.conf").files == ["a", "b"])
    #expect(try read("emit bhyve em0 --into f").into == "f")
    let written = try read("emit bhyve em0 --into f --write")
    #expect(written.into == "f" && written.invocation.writesFile)
    #expect(try read("emit bhyve em0 --undo").invocation.isUndo)
    #expect(try read("rom card.rom --format json").files == ["card.rom"])
    #expect(try read("fields").invocation.subcommand == .fields)
    #expect(try read("rules").invocation.subcommand == .rules)
  }

  @Test("Colour, help and the version")
  func requests() throws {
    #expect(try read("--color").usesColor == true)
    #expect(try read("tree --no-color").usesColor == false)
    #expect(try read("tree").usesColor == nil)
    #expect(try read("help").request == .help)
    #expect(try read("plan -h").request == .help)
    #expect(try read("--version").request == .version)
  }

  @Test(
    "What makes no command is said",
    arguments: [
      ("--bogus", "no option --bogus"), ("list -x", "no option -x"),
      ("list --guest g", "list has no option --guest"), ("--from", "--from needs a value"),
      ("--from --all", "--from needs a value"), ("--all=1", "--all takes no value"),
      ("--format yaml", "text or json or pciconf"), ("--for xen", "vfio or bhyve"),
      ("plan em0 --release x", "no number"), ("plan", "plan needs a function"),
      ("show", "show needs a function"), ("emit", "emit needs a target"),
      ("emit bhyve", "emit needs a function"), ("targets em0", "takes no function"),
      ("diff", "one recording or two"), ("diff a b c", "one recording or two"),
      ("snapshot -o", "-o needs a value"), ("groups --why em0", "compares two functions"),
      ("list --why a b", "list has no option --why"), ("rules em0", "takes no function"),
      ("lint", "lint needs a file"), ("rom", "rom needs one file"), ("rom a b", "one file"),
      ("emit bhyve em0 --write", "--write goes with --into FILE"),
      ("emit bhyve em0 --undo --into f", "leave out --into"),
      ("plan em0 --write", "no option --write"),
      ("list --kind x", "list has no option --kind"),
    ])
  func errors(line: String, words: String) {
    let error = #expect(throws: ArgumentError.self) { try read(line) }
    #expect(error?.reason.contains(words) == true, "\(error?.reason ?? "")")
    #expect(error?.result.status == .usage)
  }
}
