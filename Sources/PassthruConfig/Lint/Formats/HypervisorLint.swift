// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Lint {
  /// A QEMU command: the places behind root ports.
  mutating func readQEMU() {
    var ports: Set<String> = []
    var chassis: [String: Int] = [:]
    var places: [GuestPlace] = []
    var zeroes: [String: (index: Int, hasBit: Bool)] = [:]
    var hosts: Set<FunctionAddress> = []
    let all = deviceOptions()
    let later = Set(all.compactMap { $0.keys["driver"] == "pcie-root-port" ? $0.keys["id"] : nil })
    for (index, option) in all {
      guard let driver = option["driver"] else { continue }
      if driver == "pcie-root-port" || driver == "ioh3420" {
        ports.insert(option["id"] ?? "")
        let key = (option["chassis"] ?? "0") + "/" + (option["slot"] ?? "0")
        if chassis.updateValue(index, forKey: key) != nil {
          add(
            index, "qemu.chassis", "chassis \(key) is there twice: QEMU refuses the second port",
            "give each root port a chassis and slot of its own")
        }
        continue
      }
      if driver == "vfio-pci" {
        if let host = option["host"], FunctionAddress(host) == nil {
          add(
            index, "qemu.host", "\"\(displayText(host.utf8))\" is not an address Linux writes",
            "write 0000:0a:00.0")
        }
        if let host = option["host"], let address = FunctionAddress(host) {
          name(index, address)
        }
        if let host = option["host"], let address = FunctionAddress(host),
          !hosts.insert(address).inserted
        {
          add(
            index, "qemu.twice",
            "\(address.linuxName) is passed twice, and QEMU refuses the second",
            "take one out")
        }
        if option["host"] == nil, option["sysfsdev"] == nil, option["fd"] == nil {
          add(index, "qemu.host-missing", "vfio-pci does not say which device", "add host=")
        }
      }
      if let bit = option["multifunction"], bit != "on", bit != "off" {
        add(
          index, "qemu.flag",
          "multifunction=\(displayText(bit.utf8)) is on or off, and QEMU refuses anything else",
          "write multifunction=on")
      }
      if let bus = option["bus"], later.contains(bus), !ports.contains(bus) {
        add(
          index, "qemu.order",
          "the port \(displayText(bus.utf8)) stands after this device, and QEMU does not find it",
          "write the port first")
      }
      guard let bus = option["bus"], let address = option["addr"] else { continue }
      let parts = address.split(separator: ".")
      guard
        let slot = parts.first.flatMap({
          UInt32($0.hasPrefix("0x") ? $0.dropFirst(2) : $0, radix: 16)
        }),
        let function = parts.count > 1 ? UInt32(parts[1], radix: 16) : 0, parts.count <= 2
      else {
        add(
          index, "qemu.place", "addr=\(displayText(address.utf8)) is no place QEMU reads",
          "write addr=SLOT.FUNCTION in hexadecimal, as in addr=6.1")
        continue
      }
      if ports.contains(bus) || later.contains(bus), slot != 0 {
        add(
          index, "qemu.slot",
          "behind a root port there is slot 0 only: the guest does not find a"
            + " device in slot \(slot)", "write addr=0.\(function)")
      }
      places.append(GuestPlace(index: index, slot: "\(bus)/\(slot)", function: function))
      if function == 0 {
        zeroes["\(bus)/\(slot)"] = (index, option["multifunction"] == "on")
      }
    }
    checkPlaces(places, prefix: "qemu")
    var reported: Set<String> = []
    for place in places where place.function != 0 {
      guard let zero = zeroes[place.slot], !zero.hasBit, reported.insert(place.slot).inserted else {
        continue
      }
      add(
        zero.index, "qemu.multifunction",
        "function 0 lacks multifunction=on, and QEMU refuses the"
          + " others of its slot", "add multifunction=on")
    }
  }

  /// The `-device` options of a command, classic form and JSON form.
  private func deviceOptions() -> [(index: Int, keys: [String: String])] {
    var options: [(index: Int, keys: [String: String])] = []
    for (index, text) in statements {
      var rest = text[...]
      while let mark = rest.start(of: "-device ") {
        rest = rest[mark].dropFirst("-device ".unicodeScalars.count)
        let isQuoted = rest.utf8.first == Ascii.apostrophe
        if isQuoted { rest = rest.dropFirst() }
        let end =
          rest.firstIndex { isQuoted ? $0 == "'" : $0 == " " || $0 == "\t" } ?? rest.endIndex
        let option = String(rest[..<end])
        rest = rest[end...]
        options.append((index, option.utf8.first == 0x7b ? json(option) : classic(option)))
      }
    }
    return options
  }

  private func classic(_ text: String) -> [String: String] {
    var keys: [String: String] = [:]
    for (number, pair) in text.split(separator: ",").enumerated() {
      let halves = pair.split(separator: "=", maxSplits: 1)
      if number == 0, halves.count == 1 {
        keys["driver"] = String(pair)
      } else if halves.count == 2 {
        keys[String(halves[0])] = String(halves[1])
      }
    }
    return keys
  }

  /// The flat object that a JSON option is.
  private func json(_ text: String) -> [String: String] {
    var keys: [String: String] = [:]
    for pair in text.dropFirst().dropLast().split(separator: ",") {
      let halves = pair.split(separator: ":", maxSplits: 1)
      guard halves.count == 2 else { continue }
      func plain(_ text: Substring) -> String {
        var bytes = text.utf8.filter { $0 != Ascii.quote }
        while bytes.first == Ascii.space { bytes.removeFirst() }
        let plain = String(decoding: bytes, as: UTF8.self)
        return plain == "true" ? "on" : plain
      }
      keys[plain(halves[0])] = plain(halves[1])
    }
    return keys
  }

  /// A Proxmox VE guest's file.
  mutating func readProxmox() {
    var isQ35 = false
    var pcie: Int?
    var numbers: [UInt32: Int] = [:]
    var taken: [(address: FunctionAddress, isSlot: Bool)] = []
    for index in file.lines.indices {
      let text = file.text(index)
      // Snapshots follow, each with settings of its own.
      if text.hasPrefix("[") { break }
      let halves = text.split(separator: ":", maxSplits: 1)
      guard halves.count == 2, !text.hasPrefix("#") else { continue }
      let value = words(String(halves[1])).joined(separator: " ")
      if halves[0] == "machine" { isQ35 = value.includes("q35") }
      guard halves[0].hasPrefix("hostpci") else { continue }
      guard let number = UInt32(halves[0].dropFirst(7)), number <= 15 else {
        add(
          index, "proxmox.number",
          "\(displayText(halves[0].utf8)) is not a valid setting: the numbers go"
            + " from 0 to 15", "use a free number")
        continue
      }
      if numbers.updateValue(index, forKey: number) != nil {
        add(
          index, "proxmox.number-twice", "hostpci\(number) is there twice: one of them is lost",
          "use a free number")
        continue
      }
      let fields = value.split(separator: ",").map { String($0) }
      if fields.contains("pcie=1") || fields.contains("pcie=on") { pcie = pcie ?? index }
      checkProxmoxOptions(index, fields)
      guard let name = Proxmox.hostName(fields) else { continue }
      if name.utf8.contains(0x3b) {
        add(
          index, "proxmox.list",
          "a list with ; is for virtual functions: the functions of a card"
            + " become devices of their own", "write the address without a function")
      } else if name.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x46 }) {
        add(
          index, "proxmox.case",
          "\(displayText(name.utf8)) has capital digits, which Proxmox VE"
            + " refuses", "write \(name.lowercased())")
      } else if let address = Proxmox.address(name) {
        checkProxmoxTwice(index, address, isSlot: !name.utf8.contains(0x2e), taken: &taken)
        self.name(index, address, isSlot: !name.utf8.contains(0x2e))
      } else {
        add(
          index, "proxmox.address", "\"\(displayText(name.utf8))\" is not an address",
          "write 0000:0a:00 or 0000:0a:00.0")
      }
    }
    if let pcie, !isQ35 {
      add(
        pcie, "proxmox.machine", "pcie=1 needs machine: q35, and the guest does not start without",
        "add machine: q35, or take pcie=1 out")
    }
  }

  /// One device twice, which QEMU refuses, and one card as several devices.
  private mutating func checkProxmoxTwice(
    _ index: Int, _ address: FunctionAddress, isSlot: Bool,
    taken: inout [(address: FunctionAddress, isSlot: Bool)]
  ) {
    let siblings = taken.filter { $0.address.isInSameSlot(as: address) }
    if siblings.contains(where: { $0.isSlot || isSlot || $0.address == address }) {
      add(
        index, "proxmox.twice",
        "\(address.linuxName) is in another hostpci line already: the guest does not start",
        "take one line out")
    } else if !siblings.isEmpty {
      add(
        index, "proxmox.split",
        "another line has a function of the same card: the guest sees cards of their own",
        "write the address without a function, where all of the card is for this guest", .advice)
    }
    taken.append((address, isSlot))
  }

  /// The options of a hostpci line (qm.conf(5); PVE::QemuServer::PCI, `hostpci_fmt`).
  private mutating func checkProxmoxOptions(_ index: Int, _ fields: [String]) {
    let flags: Set<String> = ["pcie", "x-vga", "rombar", "legacy-igd"]
    let ids: Set<String> = ["vendor-id", "device-id", "sub-vendor-id", "sub-device-id"]
    let texts: Set<String> = ["host", "mapping", "romfile", "mdev"]
    let truths: Set<String> = ["0", "1", "on", "off", "yes", "no", "true", "false"]
    for (number, field) in fields.enumerated() {
      let halves = field.split(separator: "=", maxSplits: 1).map { String($0) }
      guard let key = halves.first else { continue }
      if halves.count == 1, number == 0 { continue }
      let value = halves.count == 2 ? halves[1] : ""
      let reason: String?
      if flags.contains(key) {
        reason = truths.contains(value.lowercased()) ? nil : "\(key) is 0 or 1"
      } else if ids.contains(key) {
        let digits = value.hasPrefix("0x") ? value.dropFirst(2) : ""
        let isRight = digits.utf8.count == 4 && UInt16(digits, radix: 16) != nil
        reason = isRight ? nil : "\(key) is 0x and four hexadecimal digits"
      } else if key == "mapping" {
        let first = value.utf8.first.map { $0 | 0x20 } ?? 0
        let isRight =
          first >= 0x61 && first <= 0x7a && value.utf8.count >= 2
          && value.utf8.allSatisfy { $0 == 0x2d || $0 == 0x5f || Self.isLetterOrDigit($0) }
        reason =
          isRight ? nil : "a mapping's name starts with a letter and has letters, digits, - and _"
      } else {
        reason = texts.contains(key) ? nil : "hostpci has no option \(displayText(key.utf8))"
      }
      if let reason {
        add(
          index, "proxmox.option", "\(reason): Proxmox VE refuses the line",
          "correct \(displayText(field.utf8)), or take it out")
      }
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
    default: false
    }
  }

  /// Unraid's vfio-pci.cfg.
  mutating func readUnraid() {
    for (index, text) in statements {
      guard text.hasPrefix("BIND=") else { continue }
      for word in words(String(text.dropFirst(5))) {
        let halves = word.split(separator: "|").map { String($0) }
        guard let name = halves.first, let address = FunctionAddress(name),
          name.utf8.count == 12, halves.count <= 2
        else {
          add(
            index, "unraid.word",
            "\"\(displayText(word.utf8))\" is not address|ids, and Unraid"
              + " skips it", "write 0000:0a:00.0|8086:1521")
          continue
        }
        self.name(index, address)
        guard let host, halves.count == 2 else { continue }
        let function = host.functions.first { $0.address.linuxName == address.linuxName }
        if let function, function.identity.vendorDevice != halves[1] {
          add(
            index, "unraid.moved",
            "\(name) is \(function.identity.vendorDevice) now, and Unraid"
              + " does not bind it", "look the device up anew")
        }
      }
    }
  }

  /// ESXi's .vmx: decimal addresses of fixed width.
  mutating func readESXi() {
    var devices: [String: Int] = [:]
    var known: [String: Set<String>] = [:]
    for (index, text) in statements {
      guard let assignment = Assignment(text), assignment.key.hasPrefix("pciPassthru") else {
        continue
      }
      let parts = assignment.key.split(separator: ".", maxSplits: 1)
      guard parts.count == 2, UInt32(parts[0].dropFirst(11)) != nil else { continue }
      let device = String(parts[0])
      known[device, default: []].insert(String(parts[1]))
      devices[device] = devices[device] ?? index
      guard parts[1] == "id" else { continue }
      let fields = assignment.value.split(whereSeparator: { $0 == ":" || $0 == "." })
      let widths = fields.map { $0.utf8.count }
      let areDecimal = fields.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
      if widths != [5, 3, 2, 1] || !areDecimal {
        add(
          index, "esxi.id",
          "\"\(displayText(assignment.value.utf8))\" is not a valid id: ESXi counts in"
            + " decimal, five digits of the domain, three of the bus, two of the device",
          "write 00000:010:00.0 for 0a:00.0")
      }
    }
    for (device, index) in devices.sorted(by: { $0.value < $1.value })
    where !(known[device] ?? []).contains("present") {
      add(
        index, "esxi.present", "\(device) has no present, and ESXi leaves it out",
        "add \(device).present = \"TRUE\"")
    }
  }
}
