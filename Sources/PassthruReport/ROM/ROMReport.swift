// SPDX-License-Identifier: Apache-2.0

public import PCI
internal import PCIHost

/// What a file with an expansion ROM holds: the answer first, then each image.
public struct ROMReport: Sendable {
  private let rom: ExpansionROM
  private let path: String
  private let size: Int
  private let names: DeviceNames

  /// Prepares the report of a file of `size` bytes that was read as a ROM.
  public init(_ rom: ExpansionROM, path: String, size: Int, names: DeviceNames) {
    self.rom = rom
    self.path = path
    self.size = size
    self.names = names
  }

  /// The answer, the images, and what ended them early.
  public func text(_ style: TextStyle) -> String {
    let (answer, why) = self.answer
    var lines = [
      style.colored(
        "UEFI graphics image: " + answer, rom.hasUEFIGraphicsImage ? .good : .bad) + why,
      "",
    ]
    var table = TextTable(flexible: 6)
    for image in rom.images {
      table.append([
        TextTable.Cell("0x" + UInt(image.offset).hexadecimal(width: 1)),
        TextTable.Cell("\(image.length) bytes"),
        TextTable.Cell(Self.code(image), .strong),
        TextTable.Cell(Self.ids(image)),
        TextTable.Cell(
          "class " + image.classCode.rawValue.hexadecimal(width: 6) + " "
            + image.classCode.shortKind),
        TextTable.Cell(Self.checksum(image), image.isChecksumValid == false ? .bad : .faint),
        TextTable.Cell(names.isAvailable ? names.title(of: Self.identity(image)) : ""),
      ])
    }
    lines += table.lines(style)
    let count = rom.images.count
    var summary = "\(displayText(path.utf8)): \(count) image\(count == 1 ? "" : "s")"
    summary += " in \(size) bytes"
    if rom.start > 0 {
      summary += ", after \(rom.start) bytes of another header, which a guest must not be given"
    }
    lines.append(summary)
    if let defect = rom.defect { lines.append(style.colored(defect.reason, .caution)) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Yes or no, and why.
  private var answer: (String, String) {
    if let image = rom.images.first(where: { $0.codeType == .efi && $0.classCode.isDisplay }) {
      return ("yes", ", the image at 0x" + UInt(image.offset).hexadecimal(width: 1))
    }
    if rom.hasUEFIImage { return ("no", ": the image for UEFI is not for a display") }
    return ("no", ": no image is for UEFI")
  }

  private static func code(_ image: ExpansionROMImage) -> String {
    guard image.codeType == .efi else { return image.codeType.name }
    var text = image.codeType.name
    if let machine = image.efiMachineType { text += " " + machineName(machine) }
    if image.isEFICompressed == true { text += ", compressed" }
    return text
  }

  /// The machine types of PE/COFF that UEFI 2.10 has, section 2.1.1.
  private static func machineName(_ type: UInt16) -> String {
    switch type {
    case 0x014c: "IA-32"
    case 0x0200: "Itanium"
    case 0x0ebc: "EBC"
    case 0x8664: "x64"
    case 0x01c2: "ARM"
    case 0xaa64: "AArch64"
    case 0x5032: "RISC-V 32"
    case 0x5064: "RISC-V 64"
    case 0x6264: "LoongArch64"
    default: "machine type " + type.hexadecimal(width: 4)
    }
  }

  private static func ids(_ image: ExpansionROMImage) -> String {
    image.vendorID.hexadecimal(width: 4) + ":" + image.deviceID.hexadecimal(width: 4)
  }

  private static func identity(_ image: ExpansionROMImage) -> Identity {
    Identity(vendorID: image.vendorID, deviceID: image.deviceID)
  }

  private static func checksum(_ image: ExpansionROMImage) -> String {
    switch image.isChecksumValid {
    case true?: "checksum right"
    case false?: "checksum wrong"
    case nil: ""
    }
  }

  /// The same as a document of schema `passthru.rom/1`.
  public func json() -> [UInt8] {
    var json = JSONWriter(isIndented: true)
    json.document("passthru.rom/1") { json in
      json.member("path", path)
      json.member("size", size)
      json.member("start", rom.start)
      json.member("hasUEFIImage", rom.hasUEFIImage)
      json.member("hasUEFIGraphicsImage", rom.hasUEFIGraphicsImage)
      json.array("images") { json in
        for image in rom.images { Self.write(image, into: &json) }
      }
      json.member("defect", rom.defect?.reason)
    }
    return json.bytes
  }

  private static func write(_ image: ExpansionROMImage, into json: inout JSONWriter) {
    json.object { json in
      json.member("offset", image.offset)
      json.member("length", image.length)
      json.member("codeType", Int(image.codeType.rawValue))
      json.member("code", image.codeType.name)
      json.member("vendorID", image.vendorID.hexadecimal(width: 4))
      json.member("deviceID", image.deviceID.hexadecimal(width: 4))
      json.member("classCode", image.classCode.rawValue.hexadecimal(width: 6))
      json.member("structureRevision", Int(image.structureRevision))
      json.member("revision", Int(image.revision))
      json.member("isLast", image.isLast)
      json.member("isChecksumValid", image.isChecksumValid)
      json.member("efiMachineType", image.efiMachineType?.hexadecimal(width: 4))
      json.member("isEFICompressed", image.isEFICompressed)
    }
  }
}

extension ClassCode {
  fileprivate var isDisplay: Bool { baseClass == 0x03 }
}
