// SPDX-License-Identifier: Apache-2.0

/// The subcommand `bench`.
struct Bench: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "bench", "Time scans of this bus; --peers times lspci beside it.", need: .host,
    examples: [
      .init("bench", "a hundred scans"), .init("bench --peers", "and lspci beside them"),
    ]
  ) { system in
    system == .web ? "it times scans of a bus: run passthru on the host" : nil
  }
  static let options: [CommandOption<Self>] = [
    .number("--runs", "NUMBER", "Scan the bus NUMBER times; 100 by default.", 1...1_000_000) {
      $0.request.runs = $1
    },
    .flag("--peers", "Time lspci too, where it is installed.") { $0.request.timesPeers = true },
    .flag("--bare", isHidden: true, "Time the scans and nothing else.") {
      $0.request.isBare = true
    },
  ]

  var common = CommonOptions()
  var request = BenchRequest()

  func work(on system: PlatformKind) -> Work {
    var request = request
    request.from = common.from
    return .bench(request)
  }
}
