// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Lint {
  /// modprobe.d(5): vfio-pci's ids, softdep, and pciback's list.
  mutating func readModprobe() {
    for (index, text) in joinedStatements {
      let all = words(text)
      switch all.first {
      case "options":
        guard all.count >= 3 else { continue }
        let module = all[1]
        if module == "vfio-pci" || module == "vfio_pci" {
          var hasIDs = false
          for option in all.dropFirst(2) {
            if option.hasPrefix("ids=") {
              hasIDs = true
              checkIDs(index, String(option.dropFirst(4)))
            } else if hasIDs, !option.utf8.contains(Ascii.equals) {
              add(
                index, "vfio.ids-space",
                "\"\(displayText(option.utf8))\" is not part of ids=: a"
                  + " blank ends the list", "part ids with commas and no blanks")
            }
          }
        } else if module == "xen-pciback" || module == "xen_pciback" {
          for option in all.dropFirst(2) where option.hasPrefix("hide=") {
            checkPciback(index, String(option.dropFirst(5)))
          }
        }
      case "softdep":
        if all.contains("vfio-pci") || all.contains("vfio_pci") {
          if !all.contains("pre:"), !all.contains("post:") {
            add(
              index, "vfio.softdep", "softdep without pre: says nothing",
              "write softdep MODULE pre: vfio-pci")
          }
        }
      // libkmod-config.c, kmod_config_parse; weakdep since kmod 33, config is passed over.
      case "alias", "blacklist", "install", "remove", "weakdep", "config", nil: break
      case let word? where !word.hasPrefix("#"):
        add(
          index, "modprobe.command",
          "kmod knows no command \"\(displayText(word.utf8))\" and takes nothing from the line",
          word.hasPrefix("option")
            ? "write options" : "write the ids in one line, as options vfio-pci ids=A,B")
      default: break
      }
    }
  }

  /// The lines as kmod reads them: a backslash at the end joins the next one.
  private var joinedStatements: [(index: Int, text: String)] {
    var joined: [(index: Int, text: String)] = []
    var open: (index: Int, text: String)?
    for index in file.lines.indices {
      var text = file.text(index)
      let goesOn = text.utf8.last == Ascii.backslash
      if goesOn { text.removeLast() }
      let whole = (open?.index ?? index, (open?.text ?? "") + text)
      open = goesOn ? whole : nil
      if !goesOn { joined.append(whole) }
    }
    if let open { joined.append(open) }
    return joined.filter { words($0.text).first.map { $0.utf8.first != Ascii.hash } ?? false }
  }

  /// What `ids=` of vfio-pci takes: `vendor:device` and up to four more fields.
  mutating func checkIDs(_ index: Int, _ list: String) {
    // vfio-pci skips an empty id (vfio_pci.c, `vfio_pci_fill_ids`).
    for id in list.split(separator: ",") {
      let fields = id.split(separator: ":", omittingEmptySubsequences: false)
      let areHexadecimal = fields.allSatisfy { field in
        !field.isEmpty && field.utf8.count <= 8
          && field.utf8.allSatisfy { hexadecimalDigit($0) != nil }
      }
      guard (2...6).contains(fields.count), areHexadecimal, fields[0].utf8.count == 4,
        fields[1].utf8.count == 4, let vendor = UInt16(fields[0], radix: 16),
        let device = UInt16(fields[1], radix: 16)
      else {
        add(
          index, "vfio.ids",
          "\"\(displayText(id.utf8))\" is not a valid id: vfio-pci wants vendor:device in"
            + " hexadecimal, and not an address", "write the ids that lspci -nn shows")
        continue
      }
      checkTwins(index, String(id), vendor, device, fields)
    }
  }

  /// Points out a second function with the same ids that is not with vfio-pci.
  private mutating func checkTwins(
    _ index: Int, _ id: String, _ vendor: UInt16, _ device: UInt16, _ fields: [Substring]
  ) {
    guard let host else { return }
    let subsystem =
      fields.count >= 4 ? (UInt16(fields[2], radix: 16), UInt16(fields[3], radix: 16)) : nil
    let matches = host.functions.filter { function in
      guard function.identity.vendorID == vendor, function.identity.deviceID == device else {
        return false
      }
      guard let subsystem else { return true }
      return function.identity.subsystemVendorID == subsystem.0
        && function.identity.subsystemID == subsystem.1
    }
    if matches.isEmpty {
      add(index, "vfio.ids-absent", "no function has the ids \(id)", "take them out")
      return
    }
    for function in matches { name(index, function.address) }
    // The functions of one slot are one card, meant together.
    guard let first = matches.first,
      let twin = matches.first(where: { !$0.address.isInSameSlot(as: first.address) })
    else { return }
    add(
      index, "vfio.ids-twin",
      "\(id) takes \(first.address.linuxName) and \(twin.address.linuxName) too, which is another"
        + " card", "bind by address: driverctl, udev or driver_override")
  }

  /// pciback's list (pci_stub.c, `pcistub_init`): one wrong address, and all is ignored.
  mutating func checkPciback(_ index: Int, _ list: String) {
    if list.utf8.contains(0x2c) {
      add(
        index, "pciback.comma", "the list has no commas: pciback ignores all of it",
        "write (0000:0a:00.0)(0000:0a:00.1)")
      return
    }
    guard list.utf8.first == 0x28, list.utf8.last == 0x29 else {
      add(
        index, "pciback.brackets", "each address stands in brackets: pciback ignores the list",
        "write (0000:0a:00.0)")
      return
    }
    for part in list.split(whereSeparator: { $0 == "(" || $0 == ")" }) {
      let name = part.hasSuffix(".*") ? part.dropLast(1) + "0" : part
      if FunctionAddress(String(name)) == nil {
        add(
          index, "pciback.address",
          "\"\(displayText(part.utf8))\" is not an address: pciback ignores"
            + " the whole list", "write 0000:82:00.0")
      }
    }
  }

  /// udev(7) rules about driver_override.
  mutating func readUdev() {
    for (index, text) in statements {
      guard text.includes("driver_override") else { continue }
      for word in text.split(separator: "\"") {
        if word.utf8.count >= 12, let address = FunctionAddress(String(word)) {
          name(index, address)
        }
      }
      if text.includes("ATTR{driver_override}==") {
        add(
          index, "udev.compare", "== compares driver_override and does not set it", "write one =")
      }
      for key in ["KERNEL", "ACTION", "SUBSYSTEM"] where assigns(key, in: text) {
        add(
          index, "udev.assign", "\(key) is matched with ==: udev ignores the rule", "write two =")
      }
    }
  }

  private func assigns(_ key: String, in text: String) -> Bool {
    text.includes(key + "=") && !text.includes(key + "==")
  }

  /// /etc/default/grub, or a kernel's command line.
  mutating func readKernelCommandLine() {
    for (index, text) in statements {
      var value = text
      if let assignment = Assignment(text), assignment.key.hasPrefix("GRUB_") {
        guard assignment.key.hasPrefix("GRUB_CMDLINE") else { continue }
        value = assignment.value
      } else if text.hasPrefix("GRUB_CMDLINE") {
        // The value goes on in the next line: it is read as far as this one has it.
        add(
          index, "cmdline.lines", "the value goes over several lines, and is not read here",
          "write it on one line", .advice)
        continue
      }
      checkParameters(index, words(value))
    }
  }

  private mutating func checkParameters(_ index: Int, _ parameters: [String]) {
    for (number, parameter) in parameters.enumerated() {
      let halves = parameter.split(separator: "=", maxSplits: 1).map { String($0) }
      let value = halves.count == 2 ? halves[1] : ""
      switch halves.first {
      case "amd_iommu":
        if value == "on" {
          add(
            index, "cmdline.amd-iommu",
            "amd_iommu has no value \"on\": the kernel says so and"
              + " ignores it", "take it out: AMD's IOMMU is on where the firmware has it on",
            .advice)
        }
      case "intel_iommu":
        let known: Set<String> = [
          "on", "off", "igfx_off", "intgpu_off", "sm_on", "sm_off", "sp_off", "strict",
          "tboot_noforce", "forcedac", "relax_rmrr",
        ]
        if let bad = value.split(separator: ",").first(where: { !known.contains(String($0)) }) {
          add(
            index, "cmdline.intel-iommu", "intel_iommu has no value \"\(displayText(bad.utf8))\"",
            "write intel_iommu=on")
        }
      case "pcie_acs_override":
        add(
          index, "cmdline.acs-override",
          "pcie_acs_override is an out-of-tree patch: with it IOMMU groups are not what the hardware"
            + " keeps apart", "take it out", .risk)
      case "vfio-pci.ids", "vfio_pci.ids":
        checkIDs(index, value)
        if number + 1 < parameters.count, isID(parameters[number + 1]) {
          add(
            index, "vfio.ids-space",
            "\"\(displayText(parameters[number + 1].utf8))\" is not part of"
              + " the ids: a blank ends the list", "part ids with commas and no blanks")
        }
      case "xen-pciback.hide", "pciback.hide": checkPciback(index, value)
      default: break
      }
    }
  }

  private func isID(_ word: String) -> Bool {
    let fields = word.split(separator: ":")
    return fields.count == 2
      && fields.allSatisfy {
        $0.utf8.count == 4 && $0.utf8.allSatisfy { hexadecimalDigit($0) != nil }
      }
  }
}
