// SPDX-License-Identifier: Apache-2.0

public import PCI

/// The lines of a pci.ids that name some functions, picked while the file goes by.
///
/// A pci.ids has 1.4 MB, and the functions of most machines need a few hundred
/// bytes of it: keeping and indexing all of it takes longer than scanning their
/// bus. Give the file piece by piece to `add(_:)`; `bytes` is then a smaller
/// pci.ids that names the same, without the classes. No order is relied on.
public struct NameExcerpt {
  /// The lines taken so far.
  public private(set) var bytes: [UInt8] = []
  /// A bit for each vendor that is wanted.
  private var vendors = [UInt64](repeating: 0, count: 1024)
  /// The devices wanted, vendor above device, in order.
  private var devices: [UInt32] = []
  /// The vendor whose lines go by, where it is wanted.
  private var vendor: UInt32?
  /// The devices that are wanted of that vendor, as the file spells them.
  private var spellings: [UInt32] = []
  /// Whether the lines of boards that go by are those of a wanted device.
  private var takesBoards = false
  /// The start of a line whose end is in the next piece.
  private var rest: [UInt8] = []

  /// A line longer than this is no line of a pci.ids: what is past it is dropped.
  private static let longestLine = 4096

  /// Starts with what is wanted: the names of these identities.
  public init(for identities: [Identity]) {
    var devices: Set<UInt32> = []
    for identity in identities {
      want(identity.vendorID)
      if let board = identity.subsystemVendorID { want(board) }
      devices.insert(UInt32(identity.vendorID) << 16 | UInt32(identity.deviceID))
    }
    self.devices = devices.sorted()
  }

  private mutating func want(_ vendor: UInt16) { vendors[Int(vendor >> 6)] |= 1 << (vendor & 63) }

  private func wants(_ vendor: UInt32) -> Bool {
    vendors[Int(vendor >> 6) & 1023] & 1 << UInt64(vendor & 63) != 0
  }

  /// The devices that are wanted of a vendor, as the file spells them.
  private func spellings(of vendor: UInt32) -> [UInt32] {
    devices.filter { $0 >> 16 == vendor }.map { device in
      var spelling: UInt32 = 0
      for shift in [12, 8, 4, 0] as [UInt32] {
        let digit = device >> shift & 0xf
        spelling = spelling << 8 | (digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
      return spelling
    }
  }

  /// Takes what is wanted of the next piece of the file; pieces may end anywhere.
  public mutating func add(_ piece: [UInt8]) {
    let piece = NameText(piece)
    var start = 0
    if !rest.isEmpty {
      let next = piece.lineEnd(0)
      rest.append(contentsOf: piece.slice(0..<min(next ?? piece.count, Self.longestLine)))
      guard let next else {
        rest.removeLast(max(rest.count - Self.longestLine, 0))
        return
      }
      let line = NameText(rest)
      rest = []
      take(line, 0..<line.count)
      start = next
    }
    while start < piece.count {
      // Most lines are below a vendor that nobody wants, and most of the others
      // are of a device that nobody wants: Intel alone has 8,000 lines.
      if vendor == nil {
        start = piece.lineWithoutTab(from: start)
      } else if !takesBoards {
        start = piece.line(ofDevices: spellings, from: start) ?? start
      }
      guard let next = piece.lineEnd(start) else {
        rest = Array(piece.slice(start..<min(piece.count, start + Self.longestLine)))
        return
      }
      take(piece, start..<next)
      start = next
    }
  }

  /// Ends the file: a last line may have no end.
  public mutating func finish() {
    guard !rest.isEmpty else { return }
    let line = NameText(rest + [0x0a])
    rest = []
    take(line, 0..<line.count)
  }

  private mutating func take(_ text: NameText, _ line: Range<Int>) {
    guard text.isEntry(at: line.lowerBound) else { return }
    switch text.depth(at: line.lowerBound) {
    case 0:
      vendor = nil
      takesBoards = false
      // Nearly all vendors are not wanted: the blank behind the number is looked at last.
      guard
        let number = text.spelling(at: line.lowerBound).flatMap(NameText.number(ofSpelling:)),
        wants(number), let vendor = text.hexadecimal(at: line.lowerBound, digits: 4)
      else { return }
      self.vendor = vendor
      spellings = spellings(of: vendor)
      bytes.append(contentsOf: text.slice(line))
    case 1:
      guard vendor != nil else { return }
      let spelling = text.spelling(at: line.lowerBound + 1)
      takesBoards = spelling.map { spellings.contains($0) } ?? false
      if takesBoards { bytes.append(contentsOf: text.slice(line)) }
    default:
      if takesBoards { bytes.append(contentsOf: text.slice(line)) }
    }
  }
}
