// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCINames
internal import PassthruReport

extension Invocation {
  /// Says what an expansion ROM's file holds, and whether a UEFI guest can use it.
  ///
  /// - Parameters:
  ///   - file: The file's bytes.
  ///   - names: The names of a pci.ids; without one, numbers are shown.
  /// - Returns: Status 0 with a UEFI graphics image, 1 without, 2 where the
  ///   file is no ROM at all.
  public func rom(_ file: InputFile, names: NameDatabase?) -> CommandResult {
    guard format != .pciconf else {
      return .failure(.usage, "rom has no form of pciconf's: use --format text or json")
    }
    let rom = ExpansionROM(file.bytes)
    guard !rom.images.isEmpty else {
      let reason = rom.defect.map { ": " + $0.reason } ?? ""
      return .failure(
        .unreadable,
        "\(displayText(file.path.utf8)) is no expansion ROM\(reason): "
          + "give a file that was read from the device's ROM")
    }
    let report = ROMReport(
      rom, path: file.path, size: file.bytes.count, names: DeviceNames(names))
    return CommandResult(
      output: format == .json ? report.json() : Array(report.text(style).utf8),
      status: rom.hasUEFIGraphicsImage ? .done : .blocked)
  }
}
