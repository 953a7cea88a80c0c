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
    for (index, option) in deviceOptions() {
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
        if option["host"] == nil, option["sysfsdev"] == nil, option["fd"] == nil {
          add(index, "qemu.host-missing", "vfio-pci does not say which device", "add host=")
        }
      }
      guard let bus = option["bus"], let address = option["addr"] else { continue }
      let parts = address.split(separator: ".")
      guard
        let slot = parts.first.flatMap({
          UInt32($0.hasPrefix("0x") ? $0.dropFirst(2) : $0, radix: 16)
        }),
        let function = parts.count > 1 ? UInt32(parts[1], radix: 16) : 0
      else { continue }
      if ports.contains(bus), slot != 0 {
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
      }
      let fields = value.split(separator: ",").map { String($0) }
      if fields.contains("pcie=1") || fields.contains("pcie=on") { pcie = pcie ?? index }
      guard var name = fields.first, !name.hasPrefix("mapping=") else { continue }
      if name.hasPrefix("host=") { name = String(name.dropFirst(5)) }
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
      } else if !isProxmoxAddress(name) {
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

  private func isProxmoxAddress(_ name: String) -> Bool {
    let withFunction = name.utf8.contains(0x2e) ? name : name + ".0"
    return FunctionAddress(withFunction) != nil
  }

  /// xl.cfg(5): the words of the `pci` list.
  mutating func readXen() {
    let keys: Set<String> = [
      "permissive", "msitranslate", "seize", "power_mgmt", "rdm_policy", "name", "bdf", "vslot",
    ]
    var isInList = false
    for (index, text) in statements {
      if let assignment = text.split(separator: "=", maxSplits: 1).first,
        words(String(assignment)) == ["pci"]
      {
        isInList = true
      }
      guard isInList else { continue }
      for (number, part) in text.split(whereSeparator: { $0 == "'" || $0 == "\"" }).enumerated()
      where number % 2 == 1 {
        let fields = part.split(separator: ",").map { String($0) }
        guard let first = fields.first else { continue }
        let name = first.split(separator: "@").first.map { String($0) } ?? ""
        let plain = name.hasSuffix(".*") ? String(name.dropLast()) + "0" : name
        if FunctionAddress(plain) == nil {
          add(
            index, "xen.address", "\"\(displayText(name.utf8))\" is not an address",
            "write 0000:0a:00.0")
        }
        for field in fields.dropFirst() {
          let halves = field.split(separator: "=", maxSplits: 1).map { String($0) }
          if let key = halves.first, !keys.contains(key) {
            add(
              index, "xen.option",
              "xl knows no option \(displayText(key.utf8)), and refuses the"
                + " file", "take it out")
          }
          if halves == ["seize", "1"] {
            add(
              index, "xen.seize",
              "seize=1 takes the device from a driver that is using it, the"
                + " host's own disk too", "give it to pciback first")
          }
        }
      }
      if text.utf8.contains(0x5d) { isInList = false }
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
