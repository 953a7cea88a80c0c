// SPDX-License-Identifier: Apache-2.0

public import PCI

/// The names of vendors, devices, subsystems and classes, from the bytes of a pci.ids.
///
/// The format is that of the PCI ID Project (pci-ids.ucw.cz), which FreeBSD's
/// `pci_vendors` has too. Making a database looks only at the first byte of
/// each line and remembers where vendors and classes start; a lookup then reads
/// one vendor's lines.
///
/// A damaged or hostile file is safe: it gives fewer names. Names are made fit
/// for a terminal: control characters become blanks.
public struct NameDatabase: Sendable {
  let text: NameText
  /// The vendors in the order of their ids, and where the line of each starts.
  let vendors: [(id: UInt32, start: UInt32)]
  /// Where each line without a tab starts, in order: where a vendor's lines end.
  private let blocks: [UInt32]
  /// Where the vendors start whose devices are not in order.
  private let unsorted: Set<Int>
  /// Where each base class's line starts, plus 1; 0 where there is none.
  private let classes: [UInt32]
  /// How many vendors have a name.
  public let vendorCount: Int

  /// Finds the vendors and the classes in the bytes of a file.
  ///
  /// Where an id comes twice, the first one counts, as for pciutils.
  public init(bytes: [UInt8]) {
    let text = NameText(bytes)
    var vendors: [(id: UInt32, start: UInt32)] = []
    var isInOrder = true
    var classes = [UInt32](repeating: 0, count: 0x100)
    var blocks: [UInt32] = []
    // The PCI ID Project's has 2,400; the excerpt of a machine a dozen.
    blocks.reserveCapacity(bytes.count > 1 << 18 ? 4096 : 64)
    vendors.reserveCapacity(blocks.capacity)
    var unsorted: Set<Int> = []
    text.forEachTopLevelLine(
      { start in
        guard let position = UInt32(exactly: start + 1) else { return }
        // Twice as many as there can be vendors: more are a file's mistake.
        if blocks.count < 0x2_0000 { blocks.append(position - 1) }
        if let vendor = text.hexadecimal(at: start, digits: 4) {
          guard vendors.count < 0x2_0000 else { return }
          if let last = vendors.last, last.id >= vendor { isInOrder = false }
          vendors.append((vendor, position - 1))
        } else if text.isClass(at: start), let number = text.hexadecimal(at: start + 2, digits: 2),
          classes[Int(number)] == 0
        {
          classes[Int(number)] = position
        }
      },
      // Only vendors that a lookup can reach, so that the set stays small.
      unsorted: { if unsorted.count < 0x2_0000 { unsorted.insert($0) } })
    if !isInOrder {
      vendors.sort { ($0.id, $0.start) < ($1.id, $1.start) }
      var last: UInt32?
      vendors.removeAll { vendor in
        defer { last = vendor.id }
        return vendor.id == last
      }
    }
    self.text = text
    self.vendors = vendors
    self.classes = classes
    self.blocks = blocks
    self.unsorted = unsorted
    vendorCount = vendors.count
  }

  /// Whether the bytes had no vendor and no class: they are no pci.ids.
  public var isEmpty: Bool { vendorCount == 0 && !classes.contains { $0 != 0 } }

  /// The name of a vendor; `nil` where the file has none.
  public func vendor(_ vendor: UInt16) -> String? {
    start(of: vendor).flatMap { text.name(at: $0 + 4) }
  }

  /// The name of a vendor's device; `nil` where the file has none.
  public func device(_ device: UInt16, vendor: UInt16) -> String? {
    deviceStart(device, vendor: vendor).flatMap { text.name(at: $0 + 5) }
  }

  /// The name of a board; `nil` where the file has none.
  ///
  /// A subsystem's name is listed below its device. A board that has its chip's
  /// own ids has its chip's name, as for pciutils.
  public func subsystem(
    _ subsystem: UInt16, subsystemVendor: UInt16, device: UInt16, vendor: UInt16
  ) -> String? {
    if let start = deviceStart(device, vendor: vendor) {
      if let line = text.board(
        below: start, vendor: UInt32(subsystemVendor), device: UInt32(subsystem))
      {
        return text.name(at: line + 11)
      }
    }
    guard subsystem == device, subsystemVendor == vendor else { return nil }
    return self.device(device, vendor: vendor)
  }

  /// The names of a class, as far as the file has them.
  public func classNames(_ code: ClassCode) -> ClassNames {
    var names = ClassNames()
    let entry = classes[Int(code.baseClass)]
    guard entry != 0 else { return names }
    let start = Int(entry) - 1
    names.baseClass = text.name(at: start + 4)
    guard let subClass = text.child(of: start, depth: 1, id: UInt32(code.subClass), digits: 2)
    else { return names }
    names.subClass = text.name(at: subClass + 3)
    let interface = UInt32(code.programmingInterface)
    if let line = text.child(of: subClass, depth: 2, id: interface, digits: 2) {
      names.programmingInterface = text.name(at: line + 4)
    }
    return names
  }

  private func start(of vendor: UInt16) -> Int? {
    var low = 0
    var high = vendors.count
    while low < high {
      let middle = (low + high) / 2
      if vendors[middle].id < UInt32(vendor) { low = middle + 1 } else { high = middle }
    }
    guard low < vendors.count, vendors[low].id == UInt32(vendor) else { return nil }
    return Int(vendors[low].start)
  }

  private func deviceStart(_ device: UInt16, vendor: UInt16) -> Int? {
    guard let start = start(of: vendor) else { return nil }
    // Beyond the blocks that were kept the end of a vendor's lines is not known.
    guard !unsorted.contains(start), let end = blockEnd(start) else {
      return text.child(of: start, depth: 1, id: UInt32(device), digits: 4)
    }
    return text.device(UInt32(device), below: start, before: end)
  }

  /// Where the lines below a line without a tab end.
  private func blockEnd(_ start: Int) -> Int? {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if Int(blocks[middle]) > start { high = middle } else { low = middle + 1 }
    }
    return low < blocks.count ? Int(blocks[low]) : nil
  }
}
