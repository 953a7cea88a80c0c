// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruReport

/// The subcommand `diff`.
struct Diff: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "diff", "What changed between two hosts or moments.", takes: "one recording or two",
    need: .host,
    examples: [
      .init("diff before.json", "since then, on this machine"),
      .init("diff before.json after.json", "between two recordings"),
    ])
  static let arguments: [CommandArgument<Self>] = [
    .init("BEFORE", "The recording of before.", completes: .files) { $0.recordings = $1 },
    .init(
      "AFTER", count: 0...1, "The recording of after; without, this machine now.", completes: .files
    ) { $0.recordings += $1 },
  ]

  var common = CommonOptions()
  /// The recordings: of before, and of after where it is given.
  var recordings: [String] = []

  func work(on system: PlatformKind) -> Work {
    var reading = ReadingRequest(common) { sources, _ in
      guard sources.hosts.count == 2 else { return CommandResult("") }
      return self.difference(
        sources.hosts[0], sources.hosts[1], DeviceNames(sources.names))
    }
    let after = recordings.count == 2 ? recordings[1] : nil
    reading.places = [
      ReadingRequest.Place(path: recordings.first, kind: common.kind),
      ReadingRequest.Place(path: after, kind: after == nil ? nil : common.kind),
    ]
    reading.readsNoGroups = true
    reading.readsLikeFirst = true
    return .reading(reading)
  }

  private func difference(_ host: Machine, _ other: Machine, _ names: DeviceNames) -> CommandResult
  {
    // A recording is without serial numbers, and they are no change where one is.
    let isMasked = [host, other].contains { $0 == $0.maskingSerialNumbers }
    let difference =
      isMasked
      ? MachineDifference(from: host.maskingSerialNumbers, to: other.maskingSerialNumbers)
      : MachineDifference(from: host, to: other)
    let report = DifferenceReport(difference, names: names)
    guard common.format == .text else {
      return .json { report.write(into: &$0) }
    }
    return CommandResult(report.text(common.style))
  }
}
