// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruReport

/// The subcommand `snapshot`.
struct Snapshot: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "snapshot", "A recording of this host, serial numbers masked.", need: .host,
    examples: [.init("snapshot -o host.json", "a file that --from reads anywhere")])
  static let options: [CommandOption<Self>] = [
    .value("--output", letter: "-o", "FILE", "Write to this file.", completes: .files) {
      $0.output = $1
    },
    .flag("--with-serials", "Keep device serial numbers, which can hold MAC addresses.") {
      $0.keepsSerialNumbers = true
    },
  ]

  var common = CommonOptions()
  /// The file to write to; `nil` is standard output.
  var output: String?
  /// Keep device serial numbers.
  var keepsSerialNumbers = false

  func work(on system: PlatformKind) -> Work {
    var reading = ReadingRequest(common) { host, _ in self.snapshot(host) }
    reading.configuration = { Array($0.functions.indices) }
    reading.naming = .nothing
    reading.output = output
    return .reading(reading)
  }

  private func snapshot(_ host: Machine) -> CommandResult {
    let recorded = keepsSerialNumbers ? host : host.maskingSerialNumbers
    return .json { MachineWriter(recorded, detail: .snapshot).write(into: &$0) }
  }
}
