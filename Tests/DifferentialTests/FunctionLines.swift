// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI

/// Compares the lines that are not made of flags: ids, windows, what the kernel says.
struct FunctionLines {
  let function: Function
  let space: ConfigurationSpace
  /// Whether the function is from a sysfs tree, with what its kernel says.
  let isTree: Bool

  /// What the kernel says of the windows of a tree, or what the registers of a dump do.
  private var registers: [BaseAddressRegister] {
    isTree ? function.baseAddressRegisters : space.baseAddressRegisters
  }

  /// The line's result; `nil` where a rule must say it.
  func compare(_ line: String) -> LineResult? {
    if let rest = after("Subsystem: ", line) {
      let own = function.identity
      guard let vendor = own.subsystemVendorID, let device = own.subsystemID else {
        return .different("no subsystem")
      }
      return same(rest, vendor.hexadecimal(width: 4) + ":" + device.hexadecimal(width: 4))
    }
    if line.hasPrefix("Region ") { return compareRegion(line) }
    if let rest = after("Expansion ROM at ", line) {
      let ROM = registers.first { $0.index == 6 }
      return compareWindow(rest, ROM, digits: 8)
    }
    if line.contains("behind bridge: ") { return compareBridgeWindow(line) }
    if line.hasPrefix("Memory window ") || line.hasPrefix("I/O window ") {
      return compareCardBusWindow(line)
    }
    if let rest = after("Interrupt: pin ", line) {
      let pin = ["?", "A", "B", "C", "D"][Int(min(space.interruptPin ?? 0, 4))]
      let number = isTree ? function.interrupt.map { Int($0) } : space.interruptLine.map { Int($0) }
      return same(rest, "\(pin) routed to IRQ \(number ?? 0)")
    }
    if let rest = after("IOMMU group: ", line) {
      return same(rest, function.iommuGroup.map { String($0) } ?? "none")
    }
    if let rest = after("NUMA node: ", line) {
      return same(rest, function.numaNode.map { String($0) } ?? "none")
    }
    if let rest = after("Physical Slot: ", line) { return same(rest, function.slotName ?? "none") }
    if let rest = after("DeviceName: ", line) {
      return same(
        rest, (function.label ?? "none").trimmingCharacters(in: .whitespacesAndNewlines))
    }
    if let rest = after("Kernel driver in use: ", line) {
      return same(rest, function.driver?.name ?? "none")
    }
    if line == "Capabilities: <access denied>" {
      let isShort = space.count == 64 && space.status?.hasCapabilityList == true
      let gaps = space.gaps(of: function.address).filter { $0.fact == "capability.list" }
      return isShort && !gaps.isEmpty ? .same : .different("\(space.count) bytes were read")
    }
    return nil
  }

  private func after(_ head: String, _ line: String) -> String? {
    line.hasPrefix(head)
      ? line.dropFirst(head.count).trimmingCharacters(in: .whitespaces) : nil
  }

  private func same(_ found: String, _ own: String) -> LineResult {
    found == own ? .same : .different("here \(own)")
  }

  /// Compares `00:1c.0 0604: 8086:9d10 (rev f1) (prog-if 00 [Normal decode])`.
  func compareHead(_ head: String) -> LineResult {
    let words = head.split(separator: " ")
    guard words.count >= 3, let address = FunctionAddress(String(words[0])) else {
      return .different("not an address")
    }
    if address != function.address { return .different("here \(function.address)") }
    let code = function.classCode?.rawValue ?? 0
    if words[1] != (code >> 8).hexadecimal(width: 4) + ":" {
      return .different("class \(code.hexadecimal(width: 6))")
    }
    if words[2] != function.identity.vendorDevice {
      return .different("here \(function.identity.vendorDevice)")
    }
    let revision = word(after: "(rev ", in: head).flatMap { UInt8($0.prefix(2), radix: 16) } ?? 0
    if revision != function.identity.revisionID ?? 0 { return .different("revision") }
    let interface =
      word(after: "(prog-if ", in: head).flatMap { UInt32($0.prefix(2), radix: 16) } ?? 0
    return interface == code & 0xff ? .same : .different("interface \(code & 0xff)")
  }

  private func word(after head: String, in line: String) -> String? {
    line.range(of: head).map { String(line[$0.upperBound...]) }
  }

  /// Compares `Region 0: Memory at fea00000 (32-bit, non-prefetchable) [size=128K]`.
  private func compareRegion(_ line: String) -> LineResult {
    guard let index = line.dropFirst(7).first?.wholeNumberValue,
      let colon = line.range(of: ": ")
    else { return .partly }
    let own = registers.first { $0.index == UInt8(index) }
    if own == nil, line.contains("<unassigned>"),
      registers.contains(where: { Int($0.index) == index - 1 && $0.kind == .memory64 })
    {
      return .mistake("the upper half of a 64-bit register is shown as a region of its own")
    }
    if isTree, let own, own.isPrefetchable, line.contains("non-prefetchable"),
      let register = space.doubleWord(at: 0x10 + 4 * index), register & 9 == 8
    {
      return .mistake("the prefetchable flag of old kernels (0x1000) is not known")
    }
    return Self.compareRegion(String(line[colon.upperBound...]), own, compareWindow)
  }

  private static func compareRegion(
    _ text: String, _ own: BaseAddressRegister?,
    _ window: (String, BaseAddressRegister?, Int) -> LineResult
  ) -> LineResult {
    guard let own else { return .different("no register") }
    if text.hasPrefix("I/O ports at ") {
      guard own.kind == .io else { return .different("here \(own.kind)") }
      return window(String(text.dropFirst(13)), own, 4)
    }
    guard text.hasPrefix("Memory at "), let open = text.firstIndex(of: "("),
      let close = text.firstIndex(of: ")")
    else { return .partly }
    let kinds: [BaseAddressRegister.Kind: String] = [
      .memory32: "32-bit", .memory64: "64-bit", .memoryBelow1MiB: "low-1M",
    ]
    let words =
      (kinds[own.kind] ?? "?") + ", " + (own.isPrefetchable ? "prefetchable" : "non-prefetchable")
    guard text[text.index(after: open)..<close] == words else { return .different("here \(words)") }
    return window(
      text[..<open].dropFirst(10) + String(text[text.index(after: close)...]), own, 8)
  }

  /// Compares an address, `[virtual]`, `[disabled]` and `[size=...]`.
  private func compareWindow(
    _ text: String, _ own: BaseAddressRegister?, digits: Int
  ) -> LineResult {
    guard let own else { return .different("no register") }
    let words = text.split(separator: " ")
    guard let first = words.first else { return .partly }
    let address = first == "<unassigned>" || first == "<ignored>" ? nil : UInt64(first, radix: 16)
    if own.kind == .io, let low = own.address, low & 3 != 0, address == low & ~3 {
      return .mistake("the two low bits of a port that the kernel names are cut off")
    }
    // An address of 0 is none, which lspci writes as 0 where the dump has no sizes.
    if address ?? 0 != own.address ?? 0 { return .different("at \(own.address ?? 0)") }
    var isEnabled = true
    var size: UInt64?
    for word in words.dropFirst() {
      switch word {
      case "[virtual]", "[enhanced]": break
      case "[disabled]": isEnabled = false
      default:
        guard word.hasPrefix("[size="), word.hasSuffix("]") else { return .partly }
        size = Self.size(String(word.dropFirst(6).dropLast()))
      }
    }
    if let enabled = own.isEnabled, enabled != isEnabled { return .different("enabled \(enabled)") }
    return size == own.size ? .same : .different("size \(own.size ?? 0)")
  }

  static func size(_ text: String) -> UInt64? {
    guard let last = text.last else { return nil }
    let units: [Character: UInt64] = ["K": 10, "M": 20, "G": 30, "T": 40]
    guard let shift = units[last] else { return UInt64(text) }
    return UInt64(text.dropLast()).map { $0 << shift }
  }

  /// Compares a window of a bridge: base, limit, size and width.
  private func compareBridgeWindow(_ line: String) -> LineResult {
    guard let windows = space.bridgeWindows, let colon = line.range(of: ": ") else {
      return .different("no windows")
    }
    let own: BridgeWindow? =
      line.hasPrefix("I/O")
      ? windows.io
      : line.hasPrefix("Memory") ? windows.memory : windows.prefetchableMemory
    let text = String(line[colon.upperBound...])
    var words = text.split(separator: " ").map { String($0) }
    let range = words.first?.split(separator: "-").compactMap { UInt64($0, radix: 16) } ?? []
    guard let own else { return .different("no window") }
    if own.isOpen {
      guard range == [own.base, own.limit] else {
        return .different(
          "here \(own.base.hexadecimal(width: 8))-\(own.limit.hexadecimal(width: 8))")
      }
    } else if words.first != "[disabled]" {
      return .different("here it is closed")
    }
    words.removeFirst()
    for word in words {
      if word.hasPrefix("[size=") {
        let size = Self.size(String(word.dropFirst(6).dropLast()))
        if size != own.size { return .different("size \(own.size ?? 0)") }
      } else if word.hasSuffix("-bit]") {
        if word == "[\(own.addressWidth)-bit]" { continue }
        // In a tree, lspci shows what the kernel made of the window.
        return isTree ? .partly : .different("\(own.addressWidth) bits")
      } else {
        return .partly
      }
    }
    return .same
  }

  /// Compares `Memory window 0: c0000000-c3ffffff (prefetchable)`.
  private func compareCardBusWindow(_ line: String) -> LineResult {
    guard let header = space.cardBusHeader, let colon = line.range(of: ": "),
      let index = line[..<colon.lowerBound].last?.wholeNumberValue, index < 2
    else { return .different("no CardBus header") }
    let own = line.hasPrefix("I/O") ? header.ioWindows[index] : header.memoryWindows[index]
    var expected =
      own.base.hexadecimal(width: 8) + "-" + own.limit.hexadecimal(width: 8)
    if own.kind == .prefetchableMemory { expected += " (prefetchable)" }
    return same(String(line[colon.upperBound...]), expected)
  }

  /// Compares a window of the virtual functions with the register the capability holds.
  func compareVirtualFunctionRegion(_ line: String, _ fields: [String: Field]) -> LineResult {
    guard let index = line.dropFirst(7).first?.wholeNumberValue, let colon = line.range(of: ": "),
      let offset = space.offset(of: SingleRootIOVirtualization.id),
      let capability = SingleRootIOVirtualization(space, at: offset)
    else { return .partly }
    let own = capability.virtualFunctionWindows.first { $0.index == UInt8(index) }
    return Self.compareRegion(String(line[colon.upperBound...]), own) { text, own, digits in
      let address = text.split(separator: " ").first.flatMap { UInt64($0, radix: 16) }
      guard text.split(separator: " ").count == 1 else { return .partly }
      return address == own?.address ?? 0
        ? .same : .different("at \(own?.address ?? 0)")
    }
  }
}
