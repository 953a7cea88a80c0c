// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Lint {
  /// loader.conf(5) and the way vmm reads `pptdevs` (vmm.c, `vmm_is_pptdev`).
  mutating func readLoaderConf() {
    var lastOf: [String: Int] = [:]
    var entries: [FunctionAddress: Int] = [:]
    var loadsVMM = false
    var pptdevsLine: Int?
    var turnsOnAMD = false
    var values: [String: String] = [:]
    for index in file.lines.indices {
      guard let (assignment, goesOn) = loaderAssignment(index, knowing: values) else { continue }
      let key = assignment.key
      let before = values[key]
      values[key] = assignment.value
      if key.hasPrefix("pptdev"), !PptdevsVariables.names.contains(key) {
        let isFurther =
          key.hasPrefix("pptdevs") && key.utf8.last.map { $0 >= 0x30 && $0 <= 0x39 } == true
        if isFurther {
          add(
            index, "pptdevs.variables", "vmm reads pptdevs, pptdevs2 and pptdevs3, and not \(key)",
            "put the devices into those three")
        } else {
          add(index, "pptdevs.name", "vmm does not read \(key)", "write pptdevs")
        }
        continue
      }
      if key == "ppt_load" {
        add(index, "pptdevs.module", "there is no module ppt: it is in vmm", "write vmm_load")
      }
      if key == "hw.dmar.enable", assignment.value == "1", values["vmm_load"] != nil {
        add(
          index, "loader.dmar",
          "hw.dmar.enable=1 lets the host's own driver program VT-d, which vmm programs as well",
          "take it out where guests with devices hang the host", .risk)
      }
      if key == "vmm_load" { loadsVMM = assignment.value.lowercased() == "yes" }
      if key == "hw.vmm.amdvi.enable" || key == "hw.vmm.amdvi_enable" {
        turnsOnAMD = assignment.value == "1"
      }
      if key.hasPrefix("hint."), key.hasSuffix(".at") { checkHint(index, assignment.value) }
      guard PptdevsVariables.names.contains(key) else { continue }
      pptdevsLine = pptdevsLine ?? index
      if let before = lastOf[key], !goesOn {
        add(
          index, "pptdevs.set-twice",
          "\(key) is set in line \(before + 1) already: the last line wins, and the devices of the"
            + " other stay with the host", "put all devices into one line")
      }
      lastOf[key] = index
      var entered = assignment
      if goesOn, let before, entered.value.hasPrefix(before) {
        entered.value = String(entered.value.unicodeScalars.dropFirst(before.unicodeScalars.count))
      }
      checkPptdevs(index, entered, of: assignment.value, entries: &entries)
    }
    if let pptdevsLine, !loadsVMM {
      add(
        pptdevsLine, "pptdevs.vmm",
        "vmm_load is not YES: without vmm at boot the host's drivers"
          + " have the devices first", "add vmm_load=\"YES\"")
    }
    if let pptdevsLine, let host, host.hasAMDProcessor == true, !turnsOnAMD {
      add(
        pptdevsLine, "pptdevs.amd", "on AMD vmm leaves the IOMMU off, and no guest gets the device",
        "add hw.vmm.amdvi.enable=\"1\"")
    }
  }

  private mutating func checkPptdevs(
    _ index: Int, _ assignment: Assignment, of whole: String,
    entries: inout [FunctionAddress: Int]
  ) {
    let value = assignment.value
    if whole.utf8.count > PptdevsVariables.longestValue {
      add(
        index, "pptdevs.length",
        "\(assignment.key) has \(whole.utf8.count) characters: a value above"
          + " \(PptdevsVariables.longestValue) may be dropped as a whole",
        "go on in the next of pptdevs, pptdevs2, pptdevs3")
    }
    if value.utf8.contains(Ascii.tab) {
      add(
        index, "pptdevs.tab", "only a space parts two devices, and a tab does not",
        "write a space")
    }
    for word in words(value) {
      if let (address, rest) = scanned(word), !rest.isEmpty {
        // sscanf stops after the third number: the first device is taken all the same.
        if rest.first == 0x2c, rest.count > 1 {
          add(
            index, "pptdevs.comma",
            "a comma does not part devices: what follows it is ignored"
              + " silently", "write a space")
        } else {
          add(
            index, "pptdevs.tail", "vmm ignores what follows \(address.bhyveTriple)",
            "write \(address.bhyveTriple) alone", .advice)
        }
        entries[address] = index
        checkFreeBSDDevice(address, index, "pptdevs")
      } else if word.utf8.contains(0x3a) {
        add(
          index, "pptdevs.colon",
          "\"\(displayText(word.utf8))\" has colons: vmm reads 10/0/1 only,"
            + " and matches nothing", "write bus/slot/function with slashes")
      } else if let address = FunctionAddress(bhyveTriple: word) ?? scanned(word)?.address {
        if entries[address] != nil {
          add(index, "pptdevs.twice", "\(word) is there twice", "take one out", .advice)
        }
        entries[address] = index
        checkFreeBSDDevice(address, index, "pptdevs")
        checkRecord(address, index)
      } else if isHexadecimal(word) {
        add(
          index, "pptdevs.hexadecimal", "\"\(word)\" is hexadecimal, and vmm reads decimal numbers",
          "write the numbers in decimal")
      } else {
        add(
          index, "pptdevs.entry", "\"\(displayText(word.utf8))\" is not bus/slot/function",
          "write three decimal numbers, such as 10/0/1")
      }
    }
  }

  private func isHexadecimal(_ word: String) -> Bool {
    let parts = word.split(separator: "/")
    guard parts.count == 3 else { return false }
    return parts.allSatisfy { part in
      let digits = part.hasPrefix("0x") ? part.dropFirst(2) : part[...]
      return !digits.isEmpty && digits.utf8.allSatisfy { hexadecimalDigit($0) != nil }
    }
  }

  /// Compares a device with what was written down when its entry was made.
  private mutating func checkRecord(_ address: FunctionAddress, _ index: Int) {
    guard let function = host?.function(at: address) else { return }
    let start = LoaderConf.recordStart(address)
    for line in file.lines.indices where file.text(line).hasPrefix(start) {
      let ids = file.text(line).dropFirst(start.unicodeScalars.count)
      if ids != function.identity.vendorDevice {
        add(
          index, "pptdevs.moved",
          "\(address.bhyveTriple) was \(displayText(ids.utf8)) and is"
            + " \(function.identity.vendorDevice) now", "look the device up anew")
      }
    }
  }

  private mutating func checkHint(_ index: Int, _ value: String) {
    guard value.hasPrefix("pci") else { return }
    let numbers = value.dropFirst(3).split(separator: ":", omittingEmptySubsequences: false)
    let isPlain =
      (numbers.count == 3 || numbers.count == 4)
      && numbers.allSatisfy { number in
        !number.isEmpty && number.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
          && (number.utf8.count == 1 || number.utf8.first != 0x30)
      }
    if !isPlain {
      add(
        index, "hint.place",
        "\"\(displayText(value.utf8))\" matches no device: the text is compared as it stands, in"
          + " decimal and without padding", "write pciDOMAIN:BUS:SLOT:FUNCTION")
    }
  }

  /// What a line sets; `nil` for what the loader takes nothing from, which is said.
  ///
  /// `${NAME}` is what earlier lines set (stand/lua/config.lua); `goesOn` is whether
  /// the variable's own value is in it.
  private mutating func loaderAssignment(
    _ index: Int, knowing values: [String: String]
  ) -> (assignment: Assignment, goesOn: Bool)? {
    var resolved = ""
    var goesOn = false
    var rest = file.text(index)[...]
    // A value of the loader's own environment is short; so is what is worth reading here.
    while resolved.utf8.count < 4096, let start = rest.start(of: "${"),
      let end = rest[start].start(of: "}")
    {
      let name = String(rest[start.lowerBound..<end.lowerBound].unicodeScalars.dropFirst(2))
      guard let value = values[name] ?? (PptdevsVariables.names.contains(name) ? "" : nil) else {
        break
      }
      resolved += rest[..<start.lowerBound]
      goesOn = goesOn || LoaderLine.names(name, in: resolved)
      resolved += value
      rest = rest[rest.unicodeScalars.index(after: end.lowerBound)...]
    }
    resolved += rest
    switch LoaderLine(resolved) {
    case .empty: return nil
    case .assignment(let assignment): return (assignment, goesOn)
    case .malformed(let reason):
      let ours = PptdevsVariables.names + ["vmm_load", "hw.vmm.amdvi.enable"]
      let isOurs = ours.contains {
        LoaderLine.names($0, in: resolved)
      }
      if resolved.includes("$") {
        add(
          index, "loader.variable", "the line \(reason): what it sets is not known here",
          "write the value itself", .advice)
      } else if resolved.utf8.count(where: { $0 == Ascii.quote }) % 2 == 1 {
        add(
          index, "loader.quote",
          "the line has a quote that is not closed: the loader sets nothing from it, and the older"
            + " one stops reading the file", "write NAME=\"VALUE\"")
      } else {
        add(
          index, "loader.malformed", "the line \(reason): the loader sets nothing from it",
          "write NAME=\"VALUE\"", isOurs ? .fault : .advice)
      }
      return nil
    }
  }

  /// What `sscanf(word, "%d/%d/%d")` reads, with what it leaves; `nil` where it lacks a number.
  ///
  /// sys/amd64/vmm/vmm.c, `vmm_is_pptdev`.
  private func scanned(_ word: String) -> (address: FunctionAddress, rest: ArraySlice<UInt8>)? {
    var rest = Array(word.utf8)[...]
    var numbers: [String] = []
    for place in 0..<3 {
      if place > 0 {
        guard rest.first == 0x2f else { return nil }
        rest.removeFirst()
      }
      let isNegative = rest.first == 0x2d
      if isNegative || rest.first == 0x2b { rest.removeFirst() }
      let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
      guard !digits.isEmpty else { return nil }
      rest = rest[digits.endIndex...]
      let plain = digits.drop { $0 == 0x30 }
      guard !isNegative || plain.isEmpty else { return nil }
      numbers.append(plain.isEmpty ? "0" : String(decoding: plain, as: UTF8.self))
    }
    guard let address = FunctionAddress(bhyveTriple: numbers.joined(separator: "/")) else {
      return nil
    }
    return (address, rest)
  }

  /// rc.conf(5): the loader's variables do nothing there, and vmm loaded there comes after the
  /// host's drivers.
  mutating func readRCConf() {
    for (index, text) in statements {
      guard let assignment = Assignment(text) else { continue }
      let key = assignment.key
      if PptdevsVariables.names.contains(key) || key == "vmm_load" || key.hasPrefix("hw.vmm.")
        || key.hasPrefix("hint.")
      {
        add(
          index, "rcconf.loader", "\(key) does nothing here: the loader reads it, and rc does not",
          "write it into /boot/loader.conf")
        continue
      }
      guard key == "kld_list",
        words(assignment.value).contains(where: { $0 == "vmm" || $0 == "vmm.ko" })
      else { continue }
      add(
        index, "pptdevs.vmm-late",
        "kld_list loads vmm after the host's drivers have the devices of pptdevs",
        "write vmm_load=\"YES\" in /boot/loader.conf")
    }
  }
}
