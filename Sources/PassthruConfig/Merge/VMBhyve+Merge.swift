// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension VMBhyve {
  /// Works a request into a vm-bhyve guest's file.
  ///
  /// Numbers go on from the last without a gap, and slots are chosen that no
  /// other line pins. Another function of a card that is there already goes
  /// into that card's slot.
  static func merge(
    _ request: ConfigurationRequest, into existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge? {
    let functions = try request.freeBSDFunctions()
    try request.refuse([.rom, .bootIndex], consumer: "vm-bhyve")
    var file = FileLines(existing)
    var merge = ConfigurationMerge(bytes: existing)
    try refuse(file)
    var known = try Known(file)
    if known.hasGap {
      merge.warnings.append(
        "the passthru lines have a gap: vm-bhyve drops what follows it, until it is filled")
    }
    let missing = functions.filter { !known.triples.contains($0.address.bhyveTriple) }
    guard !missing.isEmpty else { return merge }
    var fresh: [Function] = []
    for function in missing {
      guard request.guestSlot == nil, let place = known.place(besides: function.address) else {
        fresh.append(function)
        continue
      }
      known.insert(function.address, slot: place.slot, function: place.function, into: &file)
    }
    if !fresh.isEmpty {
      let used = Set(known.pins.map { $0.slot } + known.taken.map { $0.slot })
      let placements = try request.place(
        fresh, in: slots.filter { !used.contains($0) }, last: 30)
      merge.losses += placements.losses
      merge.warnings += placements.warnings
      for place in placements.places {
        guard
          !known.pins.contains(where: {
            $0.slot == place.slot && $0.function == place.guestFunction
          }), !known.taken.contains(where: { $0.slot == place.slot })
        else {
          throw ConfigurationError(
            "slot \(place.slotAndFunction) is taken in the file", remedy: "choose another --slot")
        }
        known.insert(
          place.function.address, slot: place.slot, function: place.guestFunction, into: &file)
      }
    }
    for remark in request.remarks {
      if let line = CommentStyle.hash.line(remark) { file.appendOnce(line) }
    }
    merge.bytes = file.bytes
    return merge
  }

  /// Takes a request's lines out, and numbers those after them anew: a gap ends the list.
  static func unmerge(
    _ request: ConfigurationRequest, from existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge {
    var file = FileLines(existing)
    try refuse(file)
    _ = try Known(file)
    file.removeRemarks(request)
    var removed: [Int] = []
    for index in file.lines.indices.reversed() {
      guard let line = VMBhyveLine(file.lines[index]), let number = number(of: line.key),
        let first = line.value.split(separator: "=").first,
        let address = VMBhyveLine.device(first), request.devices.contains(address)
      else { continue }
      removed.append(number)
      file.remove(index)
    }
    // What each number becomes when those that went are counted out.
    var before: [Int: Int] = [:]
    let gone = Set(removed)
    let kept = file.lines.compactMap { VMBhyveLine($0).flatMap { number(of: $0.key) } }
    var count = 0
    for number in Set(kept).union(gone).sorted() {
      if gone.contains(number) { count += 1 } else { before[number] = number - count }
    }
    for index in file.lines.indices where !removed.isEmpty {
      guard let line = VMBhyveLine(file.lines[index]) else { continue }
      if isOption(line.key) {
        throw ConfigurationError(
          "line \(index + 1) has options for a number of a device, and the numbers would change",
          remedy: "take the lines out by hand, and number the others on from 0")
      }
      guard let number = number(of: line.key) else { continue }
      let fresh = before[number] ?? number
      if fresh != number {
        let rest = file.lines[index].dropFirst(line.key.utf8.count)
        file.lines[index] = Array("passthru\(fresh)".utf8) + rest
      }
    }
    return ConfigurationMerge(bytes: file.bytes)
  }

  /// Refuses a file with a line that speaks of passthru and that vm-bhyve does not read.
  private static func refuse(_ file: FileLines) throws(ConfigurationError) {
    for index in file.lines.indices {
      let line = file.lines[index]
      let start = line.drop { $0 == Ascii.space || $0 == Ascii.tab }
      guard start.starts(with: "passthru".utf8) else { continue }
      if let read = VMBhyveLine(line), number(of: read.key) != nil || isOption(read.key) {
        continue
      }
      throw ConfigurationError(
        "line \(index + 1) starts with passthru and is none of vm-bhyve's keys, and is left alone",
        remedy: "write passthru0, passthru1 and so on in column 1, or take it out")
    }
  }

  /// Whether a key is `passthruN_options` or another one that follows a number.
  static func isOption(_ key: String) -> Bool {
    guard let mark = key.firstIndex(of: "_") else { return false }
    return number(of: String(key[..<mark])) != nil
  }

  /// What a file says of passthru devices.
  struct Known {
    /// One pinned device.
    struct Pin {
      var address: FunctionAddress
      var slot: UInt8
      var function: UInt8
    }

    var triples: Set<String> = []
    var pins: [Pin] = []
    /// The places that bhyve_options takes.
    var taken: [(slot: UInt8, function: UInt8)] = []
    private var numbers: Set<Int> = []
    private var lastIndex: Int?

    init(_ file: FileLines) throws(ConfigurationError) {
      for index in file.lines.indices {
        guard let line = VMBhyveLine(file.lines[index]) else { continue }
        if line.key == "bhyve_options" {
          taken += VMBhyveLine.places(inOptions: line.value).map { ($0.slot, $0.function) }
          for place in VMBhyveLine.places(inOptions: line.value) {
            if let address = VMBhyveLine.device(place.device) {
              triples.insert(address.bhyveTriple)
            }
          }
        }
        guard let number = VMBhyve.number(of: line.key) else { continue }
        // The first of two lines counts, as vm-bhyve takes it.
        guard numbers.insert(number).inserted else { continue }
        lastIndex = index
        let halves = line.value.split(separator: "=", maxSplits: 1)
        guard let first = halves.first, let address = VMBhyveLine.device(first),
          halves.count == 1 || VMBhyve.place(halves[1]) != nil
        else {
          throw ConfigurationError(
            "line \(index + 1) has a value that vm-bhyve hands to bhyve and bhyve does not take,"
              + " and is left alone",
            remedy:
              "write passthru\(number)=\"BUS/SLOT/FUNCTION=SLOT:FUNCTION\", and run this again")
        }
        triples.insert(address.bhyveTriple)
        guard halves.count == 2, let place = VMBhyve.place(halves[1]) else { continue }
        pins.append(Pin(address: address, slot: place.slot, function: place.function))
      }
    }

    /// Whether a number is missing below the highest.
    var hasGap: Bool { numbers.contains { $0 > numbers.count - 1 } }

    /// The place beside a sibling that is pinned, where the number is free there.
    func place(besides address: FunctionAddress) -> Pin? {
      guard address.function <= 7,
        let sibling = pins.first(where: { $0.address.isInSameSlot(as: address) }),
        !pins.contains(where: { $0.slot == sibling.slot && $0.function == address.function }),
        !taken.contains(where: { $0.slot == sibling.slot && $0.function == address.function })
      else { return nil }
      return Pin(address: address, slot: sibling.slot, function: address.function)
    }

    /// Adds a line after the last one of its kind.
    mutating func insert(
      _ address: FunctionAddress, slot: UInt8, function: UInt8, into file: inout FileLines
    ) {
      var number = 0
      while numbers.contains(number) { number += 1 }
      let line = "passthru\(number)=\"\(address.bhyveTriple)=\(slot):\(function)\""
      let index = lastIndex.map { $0 + 1 } ?? file.lines.count
      file.insert(line, at: index)
      lastIndex = index
      numbers.insert(number)
      triples.insert(address.bhyveTriple)
      pins.append(Pin(address: address, slot: slot, function: function))
    }
  }

  /// The number of a `passthruN` key.
  static func number(of key: String) -> Int? {
    guard key.hasPrefix("passthru") else { return nil }
    var reader = NumberReader(key.utf8.dropFirst("passthru".utf8.count))
    guard let number = reader.decimal(), reader.isAtEnd, key == "passthru\(number)" else {
      return nil
    }
    return Int(number)
  }

  /// A place as it is written after `=`: `20:1`.
  static func place(_ text: some StringProtocol) -> (slot: UInt8, function: UInt8)? {
    var reader = NumberReader(text.utf8)
    guard let slot = reader.decimal(), reader.skip(0x3a), let function = reader.decimal(),
      reader.isAtEnd, slot <= 31, function <= 7
    else { return nil }
    return (UInt8(slot), UInt8(function))
  }
}
