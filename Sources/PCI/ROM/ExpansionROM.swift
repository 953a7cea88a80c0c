// SPDX-License-Identifier: Apache-2.0

/// The images of an expansion ROM, read from the bytes of a file.
///
/// PCI Firmware Specification 3.3, section 5.1. A display that is handed to a
/// guest needs an image the guest's firmware can run: x86 code for a BIOS, EFI
/// for UEFI.
public struct ExpansionROM: Hashable, Sendable {
  /// What ended the images before the last one.
  public enum Defect: Error, Hashable, Sendable {
    /// No image starts where one should.
    case noSignature(at: Int)
    /// The image has no PCI data structure where its header says.
    case noDataStructure(at: Int)
    /// The image says that it has no length.
    case emptyImage(at: Int)
    /// The image goes on past the end of the bytes.
    case truncated(at: Int, length: Int)
  }

  /// Where the first image starts; above 0 where a tool put a header of its own before it.
  public let start: Int
  /// The images in order.
  public let images: [ExpansionROMImage]
  /// Why the list ended early, if it did.
  public let defect: Defect?

  /// A ROM is at most 16 MiB here: sixteen times the largest the specification expects.
  public static let maximumSize = 16 << 20

  /// Reads the images; bytes past 16 MiB are passed over.
  public init(_ bytes: [UInt8]) {
    let bytes = bytes.count <= Self.maximumSize ? bytes : Array(bytes[..<Self.maximumSize])
    let start = Self.firstImage(in: bytes)
    self.start = start ?? 0
    var images: [ExpansionROMImage] = []
    guard var offset = start else {
      self.images = []
      defect = .noSignature(at: 0)
      return
    }
    var defect: Defect?
    while true {
      switch ExpansionROMImage.read(bytes, at: offset) {
      case .failure(let found):
        defect = found
      case .success(let image):
        images.append(image)
        if offset + image.length > bytes.count {
          defect = .truncated(at: offset, length: image.length)
        } else if !image.isLast {
          // A length above zero makes the offset grow, so that the loop ends.
          offset += image.length
          continue
        }
      }
      break
    }
    self.images = images
    self.defect = defect
  }

  /// The first 512-byte boundary with an image that has its data structure.
  ///
  /// Tools that read NVIDIA cards put a header of their own before the image.
  private static func firstImage(in bytes: [UInt8]) -> Int? {
    var offset = 0
    while offset + 0x1a <= bytes.count {
      if case .success = ExpansionROMImage.read(bytes, at: offset) { return offset }
      if offset == 0, bytes[0] == 0x55, bytes[1] == 0xaa { return 0 }
      offset += 512
    }
    return nil
  }

  /// Whether there is an image for UEFI firmware.
  public var hasUEFIImage: Bool { images.contains { $0.codeType == .efi } }
  /// Whether there is a UEFI image of a display: a driver with a graphics output protocol.
  ///
  /// The class code of the image decides; what is in the driver is not read.
  public var hasUEFIGraphicsImage: Bool {
    images.contains { $0.codeType == .efi && $0.classCode.baseClass == 0x03 }
  }
}

extension ExpansionROM.Defect {
  /// What happened, in one sentence without a full stop.
  public var reason: String {
    switch self {
    case .noSignature(let offset):
      "no ROM image starts at 0x\(UInt(offset).hexadecimal(width: 1)) (0x55 0xaa is missing)"
    case .noDataStructure(let offset):
      "the image at 0x\(UInt(offset).hexadecimal(width: 1)) has no PCI data structure"
    case .emptyImage(let offset):
      "the image at 0x\(UInt(offset).hexadecimal(width: 1)) says that its length is 0"
    case .truncated(let offset, let length):
      "the image at 0x\(UInt(offset).hexadecimal(width: 1)) is \(length) bytes long and goes on "
        + "past the end"
    }
  }
}
