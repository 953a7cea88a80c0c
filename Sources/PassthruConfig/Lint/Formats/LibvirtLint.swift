// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Lint {
  /// libvirt's XML: guest addresses that libvirt's schema lets pass.
  mutating func readLibvirt() {
    var stack: [String] = []
    var places: [GuestPlace] = []
    var zeroes: [String: (index: Int, hasBit: Bool)] = [:]
    var sources: [String: Int] = [:]
    var wired = Wiring()
    for tag in tags() {
      wired.read(tag.name, tag.attributes["value"] ?? "", tag.index)
      if tag.isEnd {
        if stack.last == tag.name {
          stack.removeLast()
        } else {
          add(
            tag.index, "libvirt.nesting",
            "</\(displayText(tag.name.utf8))> closes what is not open: this is no XML that libvirt"
              + " reads", "close each element in the order of opening")
        }
        continue
      }
      if tag.name == "address" {
        if stack.last == "source", stack.dropLast().last == "hostdev" {
          let key = tag.key
          if let address = key.flatMap({ FunctionAddress($0) }) { name(tag.index, address) }
          if let key, sources.updateValue(tag.index, forKey: key) != nil {
            add(
              tag.index, "libvirt.source-twice", "the device \(key) is there twice",
              "take one hostdev out")
          }
        } else if tag.attributes["type"] == "pci", let place = tag.place {
          if place.slot.hasSuffix("/0") == false, !place.slot.hasPrefix("0/"),
            stack.last == "hostdev"
          {
            add(
              tag.index, "libvirt.slot",
              "behind a root port there is slot 0 only: the guest does not find the device",
              "write slot='0x00'")
          }
          places.append(place)
          if place.function == 0 {
            zeroes[place.slot] = (tag.index, tag.attributes["multifunction"] == "on")
          }
        }
      }
      checkHostDevice(tag, in: stack)
      if tag.name == "hostdev", tag.attributes["mode"] == nil {
        add(tag.index, "libvirt.mode", "hostdev needs mode='subsystem'", "add it")
      }
      if !tag.isEmpty { stack.append(tag.name) }
      if stack.count > 1000 { break }
    }
    if let line = wired.missing {
      add(
        line, "libvirt.wired",
        "bhyve refuses passthru without wired memory, and nothing here asks for it",
        "add <memoryBacking><locked/></memoryBacking>")
    }
    checkPlaces(places, prefix: "libvirt")
    var reported: Set<String> = []
    for place in places where place.function != 0 {
      guard let zero = zeroes[place.slot], !zero.hasBit, reported.insert(place.slot).inserted else {
        continue
      }
      add(
        zero.index, "libvirt.multifunction",
        "function 0 lacks multifunction='on', and the others of its slot are refused",
        "add multifunction='on'")
    }
  }

  /// Whether bhyve's arguments ask for a device, and anything for wired memory.
  private struct Wiring {
    private var device: Int?
    private var isThere = false

    mutating func read(_ name: String, _ value: String, _ index: Int) {
      if name == "locked" { isThere = true }
      guard name == "bhyve:arg" else { return }
      if words(value).contains("-S") || value.includes("memory.wired=true") { isThere = true }
      if value.includes("passthru,") { device = device ?? index }
    }

    var missing: Int? { isThere ? nil : device }
  }

  /// What libvirt's schema says of a PCI hostdev (docs/schemas/domaincommon.rng).
  private mutating func checkHostDevice(_ tag: Tag, in stack: [String]) {
    let isSource = stack.last == "source" && stack.dropLast().last == "hostdev"
    let wrong: (what: String, remedy: String)?
    switch tag.name {
    case "hostdev":
      let known: Set<String> = [
        "mode", "type", "managed", "display", "model", "ramfb", "rawio", "sgio",
      ]
      let bad = tag.attributes.keys.sorted().first { !known.contains($0) }
      wrong = bad.map { ("hostdev has no attribute \(displayText($0.utf8))", "take it out") }
    case "address" where isSource || stack.last == "hostdev":
      let limits: [(String, UInt32)] = [
        ("domain", .max), ("bus", 255), ("slot", 31), ("function", 7),
      ]
      let bad = limits.first { limit in
        guard tag.attributes[limit.0] != nil else { return false }
        return tag.number(limit.0).map { $0 > limit.1 } ?? true
      }
      if let bad {
        wrong = (
          "\(bad.0)='\(displayText((tag.attributes[bad.0] ?? "").utf8))' is not a number that libvirt"
            + " takes", "write hexadecimal with 0x, as in bus='0x0a' function='0x0'"
        )
      } else if isSource, tag.attributes["type"] != nil {
        wrong = ("the address in source has no type", "take type= out")
      } else if !isSource, tag.attributes["type"] == nil {
        wrong = (
          "this address is the guest's and has no type: the host's stands in source",
          "write <source><address .../></source>"
        )
      } else {
        wrong = nil
      }
    case "rom" where stack.last == "hostdev":
      let isRelative = tag.attributes["file"].map { !$0.hasPrefix("/") } ?? false
      wrong = isRelative ? ("the ROM's file is no absolute path", "write it from / on") : nil
    case "driver" where stack.last == "hostdev":
      let known: Set<String> = ["name", "model", "iommufd"]
      let bad = tag.attributes.keys.sorted().first { !known.contains($0) }
      if let bad {
        wrong = ("driver has no attribute \(displayText(bad.utf8))", "take it out")
      } else if tag.attributes["iommufd"] != nil {
        wrong = ("driver has no attribute iommufd in libvirt 9.0", "take it out")
      } else {
        wrong = nil
      }
    default: wrong = nil
    }
    guard let wrong else { return }
    add(tag.index, "libvirt.schema", "\(wrong.what): libvirt refuses it", wrong.remedy)
  }

  /// One tag of an XML text.
  private struct Tag {
    var index: Int
    var name: String
    var attributes: [String: String]
    var isEnd: Bool
    var isEmpty: Bool

    /// A number of libvirt's: hexadecimal with 0x, decimal without.
    func number(_ name: String) -> UInt32? {
      guard let text = attributes[name] else { return 0 }
      return text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text)
    }

    /// The address of a host device, as one text.
    var key: String? {
      guard let domain = number("domain"), let bus = number("bus"), let slot = number("slot"),
        let function = number("function"), let bus = UInt8(exactly: bus),
        let slot = UInt8(exactly: slot), let function = UInt8(exactly: function)
      else { return nil }
      return FunctionAddress(domain: domain, bus: bus, device: slot, function: function)?
        .description
    }

    /// The place of a guest's device.
    var place: GuestPlace? {
      guard let bus = number("bus"), let slot = number("slot"), let function = number("function")
      else { return nil }
      return GuestPlace(index: index, slot: "\(bus)/\(slot)", function: function)
    }
  }

  /// The tags of the file, in order; comments and declarations are skipped.
  private func tags() -> [Tag] {
    let bytes = file.bytes
    var tags: [Tag] = []
    var line = 0
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x0a { line += 1 }
      guard bytes[index] == 0x3c else {
        index += 1
        continue
      }
      if bytes[index...].starts(with: Array("<!--".utf8)) {
        while index < bytes.count, !bytes[index...].starts(with: Array("-->".utf8)) {
          if bytes[index] == 0x0a { line += 1 }
          index += 1
        }
        continue
      }
      let start = index + 1
      let startLine = line
      var quote: UInt8?
      index += 1
      while index < bytes.count {
        let byte = bytes[index]
        if byte == 0x0a { line += 1 }
        if let mark = quote {
          if byte == mark { quote = nil }
        } else if byte == Ascii.quote || byte == Ascii.apostrophe {
          quote = byte
        } else if byte == 0x3e {
          break
        }
        index += 1
      }
      let body = bytes[start..<min(index, bytes.count)]
      if let tag = tag(Array(body), startLine) { tags.append(tag) }
    }
    return tags
  }

  private func tag(_ bytes: [UInt8], _ line: Int) -> Tag? {
    guard let first = bytes.first, first != 0x3f, first != 0x21 else { return nil }
    let isEnd = first == 0x2f
    let isEmpty = bytes.last == 0x2f && !isEnd
    var index = isEnd ? 1 : 0
    func isBlank(_ byte: UInt8) -> Bool {
      byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
    }
    let nameStart = index
    while index < bytes.count, !isBlank(bytes[index]), bytes[index] != 0x2f { index += 1 }
    var tag = Tag(
      index: line, name: String(decoding: bytes[nameStart..<index], as: UTF8.self),
      attributes: [:], isEnd: isEnd, isEmpty: isEmpty)
    while index < bytes.count {
      while index < bytes.count, isBlank(bytes[index]) { index += 1 }
      let keyStart = index
      while index < bytes.count, bytes[index] != Ascii.equals, !isBlank(bytes[index]) { index += 1 }
      let key = String(decoding: bytes[keyStart..<index], as: UTF8.self)
      while index < bytes.count, isBlank(bytes[index]) || bytes[index] == Ascii.equals {
        index += 1
      }
      guard index < bytes.count, bytes[index] == Ascii.quote || bytes[index] == Ascii.apostrophe
      else { break }
      let mark = bytes[index]
      let valueStart = index + 1
      index = valueStart
      while index < bytes.count, bytes[index] != mark { index += 1 }
      tag.attributes[key] = String(decoding: bytes[valueStart..<index], as: UTF8.self)
      index += 1
    }
    return tag
  }
}
