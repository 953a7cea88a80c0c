// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Lint {
  /// A vm-bhyve guest's file (vm-bhyve's lib/vm-run; its issues 129, 203, 284, 357).
  mutating func readVMBhyve() {
    var numbers: [Int: Int] = [:]
    var places: [GuestPlace] = []
    var devices: [String: Int] = [:]
    var optionsLine: Int?
    var unpinned: [(index: Int, address: FunctionAddress)] = []
    for index in file.lines.indices {
      guard let line = VMBhyveLine(file.lines[index]) else {
        checkUnread(index)
        continue
      }
      if line.key == "bhyve_options" {
        let options = VMBhyveLine.places(inOptions: line.value)
        for place in options {
          places.append(
            GuestPlace(index: index, slot: "\(place.slot)", function: UInt32(place.function)))
        }
        if line.value.includes("passthru,") {
          optionsLine = optionsLine ?? index
        }
        continue
      }
      guard line.key.hasPrefix("passthru"), !VMBhyve.isOption(line.key) else { continue }
      guard let number = VMBhyve.number(of: line.key) else {
        if line.key.hasPrefix("passthru{") {
          add(
            index, "vm-bhyve.braces",
            "vm-bhyve does not read a key with braces: the manual's {ID}"
              + " stands for a number", "write passthru0")
        } else {
          add(
            index, "vm-bhyve.key",
            "vm-bhyve does not read \(displayText(line.key.utf8)): the line is ignored",
            "write passthru and a number without padding, right before the =")
        }
        continue
      }
      if numbers[number] != nil {
        add(
          index, "vm-bhyve.number-twice", "passthru\(number) is there twice: the first line counts",
          "number the lines on")
        continue
      }
      numbers[number] = index
      let halves = line.value.split(separator: "=", maxSplits: 1)
      if line.value.utf8.contains(where: { $0 == Ascii.apostrophe || $0 == 0x0d || $0 == 0x09 }) {
        add(
          index, "vm-bhyve.bytes",
          "vm-bhyve takes out double quotes only: a single quote, a tab or a carriage return"
            + " becomes a part of the device", "write passthru\(number)=\"...\" and a plain newline"
        )
        continue
      }
      guard let first = halves.first, let address = VMBhyveLine.device(first) else {
        add(
          index, "vm-bhyve.device",
          "\"\(displayText(line.value.utf8))\" does not start with bus/slot/function",
          "write decimal numbers with slashes, such as 10/0/1=20:0")
        continue
      }
      if devices[address.bhyveTriple] != nil {
        add(index, "vm-bhyve.twice", "\(first) is there twice", "take one line out")
      }
      devices[address.bhyveTriple] = index
      checkFreeBSDDevice(address, index, "vm-bhyve")
      if halves.count == 2 {
        checkPin(index, halves[1], places: &places)
      } else {
        unpinned.append((index, address))
      }
    }
    if let optionsLine {
      add(
        optionsLine, "vm-bhyve.options",
        "a device in bhyve_options gets no check of the IOMMU, and the guest's loader no -S"
          + " unless a passthru line is there too", "write passthru0=\"...\"",
        numbers.isEmpty ? .fault : .risk)
    }
    checkPacking(unpinned)
    if let highest = numbers.keys.max(), highest >= numbers.count,
      let gap = (0...numbers.count).first(where: { numbers[$0] == nil }),
      let index = numbers.filter({ $0.key > gap }).min(by: { $0.key < $1.key })?.value
    {
      add(
        index, "vm-bhyve.gap",
        "passthru\(gap) is missing: vm-bhyve stops there and drops this line",
        "number from 0 on without a gap")
    }
    checkPlaces(places, prefix: "vm-bhyve")
  }

  /// A line that vm-bhyve skips and that speaks of passthru.
  private mutating func checkUnread(_ index: Int) {
    let start = file.lines[index].drop { $0 == Ascii.space || $0 == Ascii.tab }
    guard start.count < file.lines[index].count, start.starts(with: "passthru".utf8) else { return }
    add(
      index, "vm-bhyve.indented", "vm-bhyve reads keys in column 1 only: this line is ignored",
      "take the blanks away")
  }

  /// Devices without a pin: those of one host bus that follow each other share a guest slot.
  ///
  /// Their functions there are counted from 0 (vm-bhyve, lib/vm-run). It matters to
  /// cards of several functions only: a lone device is right as it is.
  private mutating func checkPacking(_ devices: [(index: Int, address: FunctionAddress)]) {
    var function: UInt8 = 0
    var members: [[UInt8]: Int] = [:]
    for device in devices {
      members[[device.address.bus, device.address.device], default: 0] += 1
    }
    for (place, device) in devices.enumerated() {
      let isNext = place > 0 && devices[place - 1].address.bus == device.address.bus
      function = isNext ? function &+ 1 : 0
      let isCard = (members[[device.address.bus, device.address.device]] ?? 0) > 1
      guard isCard, function != device.address.function else { continue }
      add(
        device.index, "vm-bhyve.unpinned",
        "without a slot vm-bhyve packs devices of one host bus into one guest slot, in the order"
          + " of the lines: \(device.address.bhyveTriple) becomes function \(function)",
        "pin each function of the card: \(device.address.bhyveTriple)=SLOT:"
          + "\(device.address.function), with one SLOT from 16 to 30 that nothing else has")
      return
    }
  }

  private mutating func checkPin(
    _ index: Int, _ text: Substring, places: inout [GuestPlace]
  ) {
    let count = text.utf8.count { $0 == 0x3a }
    guard count == 1 else {
      add(
        index, "vm-bhyve.place",
        "\"\(displayText(text.utf8))\" is not slot:function: with a bus it becomes 0:bus:slot"
          + " and is misread", "write slot:function")
      return
    }
    guard let place = VMBhyve.place(text) else {
      add(
        index, "vm-bhyve.range",
        "\(displayText(text.utf8)) is not a valid slot: slots end at 31 and"
          + " functions at 7", "write a slot from 16 to 30 and a function from 0 to 7")
      return
    }
    if place.slot == 0 || place.slot == 31 || (3...15).contains(place.slot) {
      add(
        index, "vm-bhyve.slot",
        "vm-bhyve keeps no slot free for a pin, and gives slot \(place.slot) to something else as"
          + " well", "use a slot from 16 to 30")
    }
    places.append(
      GuestPlace(index: index, slot: "\(place.slot)", function: UInt32(place.function)))
  }

  /// A bhyve(8) command, over several lines or one.
  mutating func readBhyve() {
    var isWired = false
    var isCommand = false
    var places: [GuestPlace] = []
    var firstDevice: Int?
    // What stands in quotes for another program, such as CBSD's, is split once more.
    let all = file.shellWords.flatMap { word in
      word.text.includes("passthru,")
        ? words(word.text).map {
          ShellWord(index: word.index, text: $0, isUnknown: word.isUnknown)
        } : [word]
    }
    for (number, word) in all.enumerated() {
      // vm-bhyve's log puts brackets around a line.
      var text = word.text
      if text.hasSuffix("]") { text.removeLast() }
      if text.split(separator: "/").last == "bhyve" { isCommand = true }
      if isFlags(text), text.utf8.contains(0x53) { isWired = true }
      if text.includes("memory.wired=true") || word.isUnknown { isWired = true }
      if text.hasPrefix("-s"), text.utf8.count > 2, !isFlags(text) {
        text = String(text.unicodeScalars.dropFirst(2))
      } else if number == 0 || all[number - 1].text != "-s" {
        continue
      }
      let fields = text.split(separator: ",").map { String($0) }
      guard fields.count >= 2, let first = fields.first else { continue }
      if !first.includes("$") { place(first[...], word.index, &places) }
      guard fields[1] == "passthru", fields.count >= 3 else { continue }
      firstDevice = firstDevice ?? word.index
      if !fields[2].includes("$") { checkSelector(word.index, fields[2]) }
      for field in fields.dropFirst(3)
      where !field.hasPrefix("rom=") && !field.hasPrefix("bootindex=") && !field.includes("$") {
        add(
          word.index, "bhyve.ignored",
          "bhyve ignores \"\(displayText(field.utf8))\" without a word",
          "take it out, or write rom=FILE for an expansion ROM", .risk)
      }
    }
    if let firstDevice, !isWired, isCommand {
      add(
        firstDevice, "bhyve.wired",
        "without -S bhyve refuses: passthru requires guest memory to be"
          + " wired", "add -S, to bhyveload or grub-bhyve too")
    }
    checkPlaces(places, prefix: "bhyve")
  }

  private func isFlags(_ word: String) -> Bool {
    word.utf8.first == 0x2d
      && word.utf8.dropFirst().allSatisfy {
        ($0 >= 0x41 && $0 <= 0x5a) || ($0 >= 0x61 && $0 <= 0x7a)
      }
  }

  private mutating func place(
    _ text: Substring, _ index: Int, _ places: inout [GuestPlace]
  ) {
    let numbers = text.split(separator: ":", omittingEmptySubsequences: false)
    let values = numbers.compactMap { UInt32($0) }
    guard (1...3).contains(numbers.count), values.count == numbers.count else {
      add(
        index, "bhyve.slot", "\"\(displayText(text.utf8))\" is not a slot", "write slot:function")
      return
    }
    let bus = values.count == 3 ? values[0] : 0
    let slot = values.count == 3 ? values[1] : values[0]
    let function = values.count == 1 ? 0 : values[values.count - 1]
    if slot > 31 || function > 7 || bus > 255 {
      add(
        index, "bhyve.range",
        "\(displayText(text.utf8)) is not a valid slot: slots end at 31 and functions"
          + " at 7", "write a slot from 1 to 30 and a function from 0 to 7")
    }
    places.append(GuestPlace(index: index, slot: "\(bus):\(slot)", function: function))
  }

  /// What follows `passthru,` (pci_passthru.c, `passthru_legacy_config`).
  private mutating func checkSelector(_ index: Int, _ text: String) {
    if text.hasPrefix("ppt") {
      add(
        index, "bhyve.unit",
        "\(displayText(text.utf8)) is a unit, and units move when pptdevs"
          + " changes", "write bus/slot/function")
      return
    }
    if text.hasPrefix("pci") {
      let numbers = text.dropFirst(3).split(separator: ":")
      if numbers.count == 4, numbers[0] != "0" {
        add(
          index, "bhyve.domain",
          "bhyve reads \(displayText(text.utf8)) as another device: it knows"
            + " domain 0 only", "pass a device of domain 0")
      }
      return
    }
    guard let address = FunctionAddress(bhyveTriple: text) else {
      add(
        index, "bhyve.device", "\"\(displayText(text.utf8))\" is not bus/slot/function",
        "write decimal numbers with slashes, such as 10/0/1")
      return
    }
    checkFreeBSDDevice(address, index, "bhyve")
  }

  /// bhyve_config(5): unknown keys are ignored without a word.
  mutating func readBhyveConfig() {
    var isWired = false
    var keysOfNode: [String: Set<String>] = [:]
    var nodes: [(name: String, index: Int)] = []
    var places: [GuestPlace] = []
    for (index, text) in statements {
      guard let assignment = Assignment(text) else { continue }
      if assignment.key == "memory.wired" { isWired = assignment.value == "true" }
      let parts = assignment.key.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 5, parts[0] == "pci" else { continue }
      let node = parts[1...3].joined(separator: ".")
      if parts[1...3].contains(where: { $0.utf8.count > 1 && $0.utf8.first == 0x30 }) {
        add(
          index, "bhyve-config.padding",
          "pci.\(node) is padded: bhyve looks for plain decimal"
            + " numbers and ignores the key", "write it without leading zeros")
      }
      keysOfNode[node, default: []].insert(String(parts[4]))
      guard parts[4] == "device", assignment.value == "passthru" else { continue }
      nodes.append((node, index))
      if let function = UInt32(parts[3]) {
        places.append(GuestPlace(index: index, slot: "\(parts[1]).\(parts[2])", function: function))
      }
    }
    for (node, index) in nodes {
      let keys = keysOfNode[node] ?? []
      if !keys.contains("pptdev"), !keys.isSuperset(of: ["bus", "slot", "func"]) {
        add(
          index, "bhyve-config.device", "pci.\(node) does not say which device: bus, slot and func",
          "add the keys that are missing")
      }
    }
    if let first = nodes.first, !isWired {
      add(
        first.index, "bhyve-config.wired", "without memory.wired bhyve refuses passthru",
        "add memory.wired=true")
    }
    checkPlaces(places, prefix: "bhyve-config")
  }

  /// iohyve's `set` commands, or its properties as `zfs get` lists them.
  mutating func readIohyve() {
    var keys: [(key: String, index: Int)] = []
    var barguments: (text: String, index: Int)?
    var hasDevice: Int?
    let all = file.shellWords
    for (number, word) in all.enumerated() {
      var plain = word.text.hasPrefix("iohyve:") ? String(word.text.dropFirst(7)) : word.text
      let index = word.index
      // As `zfs get` lists them: the value is the next word of the line.
      if !plain.utf8.contains(Ascii.equals), number + 1 < all.count, all[number + 1].index == index,
        plain.hasPrefix("pcidev:") || plain == "bargs"
      {
        plain += "=" + all[number + 1].text
      }
      if plain.hasPrefix("pcidev:") {
        let halves = plain.split(separator: "=", maxSplits: 1)
        keys.append((String(halves[0]), index))
        hasDevice = hasDevice ?? index
        if halves.count == 2, !word.isUnknown,
          !halves[1].hasPrefix("passthru,") || VMBhyveLine.device(halves[1].dropFirst(9)) == nil
        {
          add(
            index, "iohyve.device",
            "\"\(displayText(halves[1].utf8))\" is not"
              + " passthru,bus/slot/function", "write decimal numbers with slashes")
        }
      } else if plain.hasPrefix("bargs="), !word.isUnknown {
        barguments = (String(plain.dropFirst(6)), index)
        if plain.includes("passthru,") { hasDevice = hasDevice ?? index }
      }
    }
    // Keys are handed slots in the order of the text, not of the number.
    let written = keys.map { $0.key }
    if written != written.sorted(),
      let first = zip(keys, written.sorted()).first(where: { $0.0.key != $0.1 })
    {
      add(
        first.0.index, "iohyve.order",
        "iohyve takes the keys in the order of the text, and"
          + " \(first.1) comes before \(first.0.key)", "pad the numbers with zeros")
    }
    guard let hasDevice else { return }
    guard let barguments else { return }
    let flags = barguments.text.split(separator: "_")
    if !flags.contains("-S") {
      let isJoined = flags.contains { isFlags(String($0)) && $0.utf8.contains(0x53) }
      if isJoined {
        add(
          barguments.index, "iohyve.wired-word",
          "-S must be a word of its own: joined to others it reaches bhyve and not the loader",
          "write -S_ before the others")
      } else {
        add(
          max(barguments.index, hasDevice), "iohyve.wired",
          "bargs has no -S, without which bhyve refuses passthru", "add -S_ to bargs")
      }
    }
  }
}
