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
    for (index, text) in statements {
      guard let assignment = Assignment(text) else {
        checkQuotes(index, text)
        continue
      }
      let key = assignment.key
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
      if key == "vmm_load" { loadsVMM = assignment.value.lowercased() == "yes" }
      if key == "hw.vmm.amdvi.enable" || key == "hw.vmm.amdvi_enable" {
        turnsOnAMD = assignment.value == "1"
      }
      if key.hasPrefix("hint."), key.hasSuffix(".at") { checkHint(index, assignment.value) }
      guard PptdevsVariables.names.contains(key) else { continue }
      pptdevsLine = pptdevsLine ?? index
      if let before = lastOf[key] {
        add(
          index, "pptdevs.set-twice",
          "\(key) is set in line \(before + 1) already: the last line wins, and the devices of the"
            + " other stay with the host", "put all devices into one line")
      }
      lastOf[key] = index
      checkPptdevs(index, assignment, entries: &entries)
    }
    if let pptdevsLine, !loadsVMM {
      add(
        pptdevsLine, "pptdevs.vmm",
        "vmm_load is not YES: without vmm at boot the host's drivers"
          + " have the devices first", "add vmm_load=\"YES\"")
    }
    if let pptdevsLine, let host, host.hasAMDProcessor, !turnsOnAMD {
      add(
        pptdevsLine, "pptdevs.amd", "on AMD vmm leaves the IOMMU off, and no guest gets the device",
        "add hw.vmm.amdvi.enable=\"1\"")
    }
  }

  private mutating func checkPptdevs(
    _ index: Int, _ assignment: Assignment, entries: inout [FunctionAddress: Int]
  ) {
    let value = assignment.value
    if value.utf8.count > PptdevsVariables.longestValue {
      add(
        index, "pptdevs.length",
        "\(assignment.key) has \(value.utf8.count) characters: a value above"
          + " \(PptdevsVariables.longestValue) may be dropped as a whole",
        "go on in the next of pptdevs, pptdevs2, pptdevs3")
    }
    if value.utf8.contains(Ascii.tab) {
      add(
        index, "pptdevs.tab", "only a space parts two devices, and a tab does not",
        "write a space")
    }
    for word in words(value) {
      if word.utf8.contains(0x2c) {
        add(
          index, "pptdevs.comma",
          "a comma does not part devices: what follows it is ignored"
            + " silently", "write a space")
      } else if word.utf8.contains(0x3a) {
        add(
          index, "pptdevs.colon",
          "\"\(displayText(word.utf8))\" has colons: vmm reads 10/0/1 only,"
            + " and matches nothing", "write bus/slot/function with slashes")
      } else if let address = FunctionAddress(bhyveTriple: word) {
        if entries[address] != nil {
          add(index, "pptdevs.twice", "\(word) is there twice", "take one out")
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

  private mutating func checkQuotes(_ index: Int, _ text: String) {
    let quotes = text.utf8.count { $0 == Ascii.quote }
    if quotes % 2 == 1 {
      add(
        index, "loader.quote", "a quote is not closed: the loader stops reading the file",
        "close it on the same line")
    }
  }

  /// rc.conf(5): vmm loaded there comes after the host's drivers.
  mutating func readRCConf() {
    for (index, text) in statements {
      guard let assignment = Assignment(text), assignment.key == "kld_list",
        words(assignment.value).contains(where: { $0 == "vmm" || $0 == "vmm.ko" })
      else { continue }
      add(
        index, "pptdevs.vmm-late",
        "kld_list loads vmm after the host's drivers have the devices of pptdevs",
        "write vmm_load=\"YES\" in /boot/loader.conf")
    }
  }
}
