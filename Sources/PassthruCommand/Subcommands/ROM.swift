// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCINames
internal import PassthruReport

/// The subcommand `rom`.
struct ROM: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "rom", "What is in a file with an expansion ROM: is there a UEFI graphics image?",
    takes: "one file", need: .nothing,
    examples: [.init("rom card.rom", "has the card's ROM an image for UEFI guests?")])
  static let arguments: [CommandArgument<Self>] = [
    .init("FILE", "The file.", completes: .files) { $0.file = $1[0] }
  ]

  var common = CommonOptions()
  /// The file.
  var file = ""

  func work(on system: PlatformKind) -> Work {
    var reading = ReadingRequest(common) { sources, _ in
      guard let file = sources.files.first else { return CommandResult("") }
      return self.rom(file, names: sources.names)
    }
    reading.places = []
    reading.files = [file]
    reading.naming = .whole
    return .reading(reading)
  }

  /// Status 0 with a UEFI graphics image, 1 without, 2 where the file is no ROM at all.
  private func rom(_ file: InputFile, names: NameDatabase?) -> CommandResult {
    let rom = ExpansionROM(file.bytes)
    guard !rom.images.isEmpty else {
      let reason = rom.defect.map { ": " + $0.reason } ?? ""
      return .failure(
        .unreadable,
        "\(displayText(file.path.utf8)) is not an expansion ROM\(reason): "
          + "give a file that was read from the device's ROM")
    }
    let report = ROMReport(
      rom, path: file.path, size: file.bytes.count, names: DeviceNames(names))
    return CommandResult(
      output: common.format == .json ? report.json() : Array(report.text(common.style).utf8),
      status: rom.hasUEFIGraphicsImage ? .done : .blocked)
  }
}
