// SPDX-License-Identifier: Apache-2.0

/// One image of an expansion ROM.
///
/// PCI Firmware Specification 3.3, sections 5.1.1 and 5.1.2.
public struct ExpansionROMImage: Hashable, Sendable {
  /// What kind of code an image holds.
  public struct CodeType: Hashable, Sendable, RawRepresentable {
    /// The code of the data structure.
    public let rawValue: UInt8

    /// Keeps the code.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Intel x86, PC-AT compatible.
    public static let x86 = CodeType(rawValue: 0)
    /// Open Firmware.
    public static let openFirmware = CodeType(rawValue: 1)
    /// Hewlett-Packard PA-RISC.
    public static let paRISC = CodeType(rawValue: 2)
    /// Extensible Firmware Interface.
    public static let efi = CodeType(rawValue: 3)

    /// The name in a report.
    public var name: String {
      switch self {
      case .x86: "x86"
      case .openFirmware: "Open Firmware"
      case .paRISC: "PA-RISC"
      case .efi: "EFI"
      default: "code type \(rawValue)"
      }
    }
  }

  /// Where the image starts in the file.
  public let offset: Int
  /// The length of the image in bytes.
  public let length: Int
  /// The vendor the image is for.
  public let vendorID: UInt16
  /// The device the image is for.
  public let deviceID: UInt16
  /// The class code the image is for.
  public let classCode: ClassCode
  /// The revision of the data structure: 0 before PCI 3.0.
  public let structureRevision: UInt8
  /// The vendor's revision of the image.
  public let revision: UInt16
  /// What kind of code it is.
  public let codeType: CodeType
  /// Whether it is the last image.
  public let isLast: Bool
  /// Whether the bytes that the code initializes add up to zero.
  ///
  /// `nil` where the rule does not apply, as in an EFI image, or where bytes
  /// are missing.
  public let isChecksumValid: Bool?
  /// The PE machine type of an EFI image; `nil` for other images.
  public let efiMachineType: UInt16?
  /// Whether an EFI image is compressed; `nil` for other images.
  public let isEFICompressed: Bool?

  /// The signature of an EFI image's header (UEFI 2.10, section 14.4.2).
  private static let efiSignature: UInt32 = 0x0ef1

  /// Reads the image that starts at an offset.
  static func read(
    _ bytes: [UInt8], at offset: Int
  ) -> Result<ExpansionROMImage, ExpansionROM.Defect> {
    func word(_ position: Int) -> UInt16? {
      guard position >= 0, position + 2 <= bytes.count else { return nil }
      return UInt16(bytes[position]) | UInt16(bytes[position + 1]) << 8
    }
    guard word(offset) == 0xaa55 else { return .failure(.noSignature(at: offset)) }
    guard let pointer = word(offset + 0x18), pointer >= 0x1a else {
      return .failure(.noDataStructure(at: offset))
    }
    let structure = offset + Int(pointer)
    // "PCIR"
    guard word(structure) == 0x4350, word(structure + 2) == 0x5249,
      let vendor = word(structure + 4), let device = word(structure + 6),
      let classLow = word(structure + 0x0d), let blocks = word(structure + 0x10),
      let revision = word(structure + 0x12), let codes = word(structure + 0x14)
    else { return .failure(.noDataStructure(at: offset)) }
    guard blocks > 0 else { return .failure(.emptyImage(at: offset)) }
    let codeType = CodeType(rawValue: UInt8(codes & 0xff))
    var isEFI = false
    if codeType == .efi, let low = word(offset + 4), let high = word(offset + 6) {
      isEFI = UInt32(high) << 16 | UInt32(low) == efiSignature
    }
    var checksum: Bool?
    if codeType == .x86 {
      // Byte 2 is the size of the code in units of 512 bytes.
      let size = Int(bytes[offset + 2]) * 512
      if size > 0, offset + size <= bytes.count {
        checksum = bytes[offset..<offset + size].reduce(UInt8(0), &+) == 0
      }
    }
    return .success(
      ExpansionROMImage(
        offset: offset, length: Int(blocks) * 512, vendorID: vendor, deviceID: device,
        classCode: ClassCode(
          rawValue: UInt32(classLow) | UInt32(bytes[structure + 0x0f]) << 16),
        structureRevision: bytes[structure + 0x0c], revision: revision, codeType: codeType,
        isLast: codes >> 8 & 0x80 != 0, isChecksumValid: checksum,
        efiMachineType: isEFI ? word(offset + 0x0a) : nil,
        isEFICompressed: isEFI ? word(offset + 0x0c).map { $0 == 1 } : nil))
  }
}
