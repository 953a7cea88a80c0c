// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruReport

/// The subcommand `groups`.
struct Groups: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "groups", "The IOMMU groups: reported, predicted, and why.", takes: "a function",
    need: .host,
    examples: [
      .init("groups", "all of them"),
      .init("groups --why 05:00.0 06:00.0", "why two functions share one, or do not"),
    ])
  static let options: [CommandOption<Self>] = [
    .flag("--why", "Say why two functions share a group, or do not: groups --why A B.") {
      $0.comparesTwo = true
    }
  ]
  static let arguments: [CommandArgument<Self>] = [.selectors("Only the groups of these.")]

  var common = CommonOptions()
  /// Whether the two functions selected are compared.
  var comparesTwo = false

  func validate() throws(ArgumentError) {
    guard !comparesTwo || common.selectors.count == 2 else {
      throw ArgumentError("--why compares two functions: groups --why A B", isWhole: true)
    }
  }

  func work(on system: PlatformKind) -> Work {
    var reading = ReadingRequest(common, about: groups)
    reading.configuration = CommonOptions.portsAndSiblings
    return .reading(reading)
  }

  private func groups(_ host: Machine, _ names: DeviceNames) throws(SelectorError) -> CommandResult
  {
    let selected = common.selectors.isEmpty ? nil : Set(try host.select(all: common.selectors))
    let prediction = GroupPrediction(host: host)
    if comparesTwo {
      let pair = try common.selectors.map { text throws(SelectorError) in
        let matches = try host.select(text)
        guard matches.count == 1 else {
          throw .ambiguous(text, candidates: matches.map { host.functions[$0].address })
        }
        return host.functions[matches[0]].address
      }
      return CommandResult(
        GroupsReport(host, names: names, prediction: prediction)
          .why(pair[0], pair[1], style: common.style))
    }
    guard common.format == .text else {
      return .json {
        GroupsDocument(host, prediction: prediction).write(selected: selected, into: &$0)
      }
    }
    return CommandResult(
      GroupsReport(host, names: names, prediction: prediction)
        .text(selected: selected, style: common.style))
  }
}
