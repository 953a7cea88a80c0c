// SPDX-License-Identifier: Apache-2.0

internal import PassthruCommand
internal import PassthruReport

/// The most frequent question, answered without the argument parser.
///
/// Starting ArgumentParser takes as long as scanning and judging a small bus
/// (about 2 ms of 4 in a static build). `passthru` and `passthru list` with
/// options that the small reader knows do without it; everything else, wrong
/// arguments and help among them, is the parser's.
enum ListWithoutParser {
  /// The list that the arguments ask for; `nil` where the parser has to look.
  static func execution(_ arguments: [String]) -> Execution? {
    guard arguments.first == nil || arguments.first == "list" || arguments.first == "-a",
      let parsed = try? ArgumentReader.read(arguments), parsed.request == .run,
      parsed.invocation.subcommand == .list
    else { return nil }
    var invocation = parsed.invocation
    invocation.style = TextStyle(
      width: Terminal.width, usesColor: parsed.usesColor ?? Terminal.wantsColor)
    return Execution(
      invocation,
      SourceOptions(
        from: parsed.from, kind: parsed.kind, pciIDs: parsed.namesFile, wake: parsed.wakes))
  }
}
