// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Proxmox {
  /// Works a request into a guest's file; snapshots' sections stay as they are.
  static func merge(
    _ request: ConfigurationRequest, into existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge? {
    let functions = try request.checkedFunctions()
    var file = FileLines(existing)
    var merge = ConfigurationMerge(bytes: existing)
    let wanted = try values(request, functions, losses: &merge.losses)
    var end =
      file.lines.indices.first { file.text($0).hasPrefix("[") } ?? file.lines.count
    var numbers: Set<Int> = []
    var known: [(address: FunctionAddress, isSlot: Bool)] = []
    var machine: String?
    for index in 0..<end {
      let halves = file.text(index).split(separator: ":", maxSplits: 1)
      guard halves.count == 2, let key = halves.first else { continue }
      let value = words(String(halves[1])).joined(separator: " ")
      if key == "machine" { machine = value }
      guard key.hasPrefix("hostpci") else { continue }
      var reader = NumberReader(key.utf8.dropFirst("hostpci".utf8.count))
      guard let number = reader.decimal(), reader.isAtEnd else { continue }
      numbers.insert(Int(number))
      let fields = fields(value)
      if fields.contains(where: { $0.hasPrefix("mapping=") }) { continue }
      guard let name = hostName(fields) else { continue }
      for part in name.split(separator: ";") {
        guard let address = address(String(part)) else {
          throw ConfigurationError(
            "line \(index + 1) names a device in a way that is not understood, and is left alone",
            remedy: "write 0000:0a:00.0 there, and run this again")
        }
        known.append((address, !part.utf8.contains(0x2e)))
      }
    }
    // Blank lines before a section stay between it and what is added.
    while end > 0, words(file.text(end - 1)).isEmpty { end -= 1 }
    func add(_ line: String) {
      file.insert(line, at: end)
      end += 1
    }
    for remark in request.remarks {
      guard let line = CommentStyle.hash.line(remark) else { continue }
      if !(0..<end).contains(where: { file.text($0) == line }) { add(line) }
    }
    let fresh = wanted.filter { value in
      guard let name = hostName(fields(value)), let address = address(name) else { return true }
      let isSlot = !name.utf8.contains(0x2e)
      let held = known.filter { $0.address.isInSameSlot(as: address) }
      if !isSlot || held.isEmpty {
        return !held.contains { $0.isSlot || $0.address == address }
      }
      if !held.contains(where: { $0.isSlot }) {
        merge.warnings.append(
          "functions of \(name) are in the file one by one, and stay so: write the address without"
            + " a function there to pass the whole card as one")
      }
      return false
    }
    let isQ35 = machine.map { $0.includes("q35") } ?? false
    if !isQ35, !fresh.isEmpty {
      if machine == nil, !file.lines.indices.contains(where: { !words(file.text($0)).isEmpty }) {
        add("machine: q35")
      } else {
        let why = machine.map { "is \($0)" } ?? "is not set, which is i440fx"
        merge.warnings.append(
          "the guest's machine \(why): pcie=1 is left out, since it needs q35 and that renames the"
            + " devices of a guest that is installed")
      }
    }
    let isPCIe = isQ35 || file.lines.indices.contains { file.text($0) == "machine: q35" }
    for value in fresh {
      var number = 0
      while numbers.contains(number) { number += 1 }
      guard number <= highestNumber else {
        throw ConfigurationError(
          "no hostpci number from 0 to \(highestNumber) is free in the file",
          remedy: "take out lines that are not used")
      }
      numbers.insert(number)
      let kept = fields(value).filter { isPCIe || $0 != "pcie=1" }
      add("hostpci\(number): \(kept.joined(separator: ","))")
    }
    merge.bytes = file.bytes
    return merge
  }

  /// Takes a request's hostpci lines out, by their addresses; snapshots and `machine` stay.
  static func unmerge(
    _ request: ConfigurationRequest, from existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge {
    let functions = try request.checkedFunctions()
    var file = FileLines(existing)
    var merge = ConfigurationMerge(bytes: existing)
    let names = Set(
      try values(request, functions, losses: &merge.losses).compactMap { hostName(fields($0)) })
    merge.losses = []
    let end = file.lines.indices.first { file.text($0).hasPrefix("[") } ?? file.lines.count
    let remarks = request.remarks.compactMap { CommentStyle.hash.line($0) }
    for index in (0..<end).reversed() {
      if remarks.contains(file.text(index)) {
        file.remove(index)
        continue
      }
      let halves = file.text(index).split(separator: ":", maxSplits: 1)
      guard halves.count == 2, halves[0].hasPrefix("hostpci"),
        let name = hostName(fields(words(String(halves[1])).joined(separator: " ")))
      else { continue }
      let full = name.utf8.count { $0 == 0x3a } == 1 ? "0000:" + name : name
      if names.contains(full) { file.remove(index) }
    }
    merge.bytes = file.bytes
    if merge.bytes != existing {
      merge.warnings.append("machine stays: changing it renames the devices of the guest")
    }
    return merge
  }

  private static func fields(_ value: String) -> [String] {
    value.split(separator: ",").map { String($0) }
  }

  /// The address text of a hostpci line's fields, wherever `host=` stands; `nil` for a mapping.
  static func hostName(_ fields: [String]) -> String? {
    if let named = fields.first(where: { $0.hasPrefix("host=") }) {
      return String(named.dropFirst(5))
    }
    guard let first = fields.first, !first.utf8.contains(Ascii.equals) else { return nil }
    return first
  }

  /// An address as Proxmox VE takes it: padded, in small digits, the domain and function optional.
  ///
  /// PVE::JSONSchema's `pve-pci-id`; a whole slot stands for its function 0.
  static func address(_ name: String) -> FunctionAddress? {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, parts[parts.count - 2].utf8.count == 2 else {
      return nil
    }
    if parts.count == 3, parts[0].utf8.count < 4 { return nil }
    let device = parts[parts.count - 1].split(separator: ".", omittingEmptySubsequences: false)
    guard device.first?.utf8.count == 2, device.count <= 2,
      device.count == 1 || device[1].utf8.count == 1
    else { return nil }
    return FunctionAddress(device.count == 1 ? name + ".0" : name)
  }
}
