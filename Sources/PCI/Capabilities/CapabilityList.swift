// SPDX-License-Identifier: Apache-2.0

/// The capabilities that a configuration space announces, and what broke the lists.
public struct CapabilityList: Hashable, Sendable {
  /// What ended a list before its end.
  public enum Defect: Hashable, Sendable {
    /// The list leads back to an offset already visited.
    case loop(at: Int)
    /// A pointer leads into the header, to an odd offset, or out of the space.
    case badPointer(Int, from: Int)
    /// The list goes on past the bytes that were read.
    case truncated(at: Int, read: Int)
  }

  /// The elements in list order, standard ones first.
  public var entries: [CapabilityEntry]
  /// Why a list ended early, if one did.
  public var defects: [Defect]
}

extension CapabilityList.Defect {
  /// What happened, in one sentence without a full stop.
  public var reason: String {
    switch self {
    case .loop(let offset):
      "the capability list leads back to 0x\(UInt(offset).hexadecimal(width: 2))"
    case .badPointer(let target, let source):
      "the capability pointer at 0x\(UInt(source).hexadecimal(width: 2)) leads to "
        + "0x\(UInt(target).hexadecimal(width: 2)), where no capability can be"
    case .truncated(let offset, let read):
      "the capability list goes on at 0x\(UInt(offset).hexadecimal(width: 2)), "
        + "but \(read) bytes were read"
    }
  }
}

extension ConfigurationSpace {
  /// The offset of the first byte that holds no header in conventional space.
  private static let headerEnd = 0x40

  /// Walks both capability lists; loops and bad pointers end them with a defect.
  ///
  /// PCI Local Bus 3.0, section 6.7; PCI Express Base 6.0, section 7.6.
  public var capabilityList: CapabilityList {
    var list = CapabilityList(entries: [], defects: [])
    walkStandardList(into: &list)
    walkExtendedList(into: &list)
    return list
  }

  private func walkStandardList(into list: inout CapabilityList) {
    guard let status, status.hasCapabilityList, !isAllOnes,
      let header = headerType, header.baseAddressRegisterCount != nil
    else { return }
    // CardBus bridges keep the pointer at 0x14 (PC Card Standard 8.0, volume 7).
    var source = header == .cardBus ? 0x14 : 0x34
    // One bit for each doubleword of the first 256 bytes.
    var visited: UInt64 = 0
    while true {
      guard let pointer = byte(at: source) else {
        list.defects.append(.truncated(at: source, read: count))
        return
      }
      // The two low bits are reserved and must be masked.
      let offset = Int(pointer & 0xfc)
      if offset == 0 { return }
      guard offset >= Self.headerEnd else {
        list.defects.append(.badPointer(offset, from: source))
        return
      }
      let bit: UInt64 = 1 << UInt64(offset / 4)
      guard visited & bit == 0 else {
        list.defects.append(.loop(at: offset))
        return
      }
      visited |= bit
      guard let id = byte(at: offset) else {
        list.defects.append(.truncated(at: offset, read: count))
        return
      }
      // 0xff is no capability: the device does not answer there.
      if id == 0xff {
        list.defects.append(.badPointer(offset, from: source))
        return
      }
      list.entries.append(
        CapabilityEntry(
          id: .standard(StandardCapabilityID(rawValue: id)), offset: offset, version: nil))
      source = offset + 1
    }
  }

  private func walkExtendedList(into list: inout CapabilityList) {
    guard count > Self.conventionalSize else { return }
    // A conventional function answers zeros or all ones past 256 bytes.
    guard let first = doubleWord(at: 0x100), first != 0, first != 0xffff_ffff else { return }
    var visited = Set<Int>()
    var source = 0x100
    var offset = 0x100
    while offset != 0 {
      guard offset >= Self.conventionalSize, offset & 3 == 0 else {
        list.defects.append(.badPointer(offset, from: source))
        return
      }
      guard visited.insert(offset).inserted else {
        list.defects.append(.loop(at: offset))
        return
      }
      guard let header = doubleWord(at: offset) else {
        list.defects.append(.truncated(at: offset, read: count))
        return
      }
      if header == 0xffff_ffff {
        list.defects.append(.badPointer(offset, from: source))
        return
      }
      let id = UInt16(truncatingIfNeeded: header)
      let next = Int(header >> 20)
      // A null capability at 0x100 that leads nowhere is an empty list.
      if !(id == 0 && header >> 16 == 0) {
        list.entries.append(
          CapabilityEntry(
            id: .extended(ExtendedCapabilityID(rawValue: id)), offset: offset,
            version: UInt8(truncatingIfNeeded: header >> 16) & 0xf))
      }
      source = offset
      offset = next
    }
  }
}
