// SPDX-License-Identifier: Apache-2.0

import Foundation
import FoundationXML
import PCI
import PCIHost

@testable import PassthruConfig

/// The languages of hypervisors on Linux, from their documents and sources.
enum HypervisorGrammars {
  /// The words of a command continued with backslashes.
  static func words(_ text: String) throws -> [String] {
    guard text.hasSuffix("\n") else { throw GrammarError(description: "no newline") }
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in text.dropLast().replacingOccurrences(of: " \\\n", with: " ") {
      switch character {
      case "'": isQuoted.toggle()
      case " " where !isQuoted:
        words.append(word)
        word = ""
      case "\n": throw GrammarError(description: "a newline in the command")
      default: word.append(character)
      }
    }
    words.append(word)
    return words
  }

  /// QEMU's options in either form, as dictionaries.
  static func qemuOptions(_ text: String) throws -> [(kind: String, keys: [String: String])] {
    let words = try words(text)
    var options: [(kind: String, keys: [String: String])] = []
    for index in stride(from: 0, to: words.count, by: 2) {
      guard words[index] == "-device", index + 1 < words.count else {
        throw GrammarError(description: words[index])
      }
      var keys: [String: String] = [:]
      if words[index + 1].hasPrefix("{") {
        let json = try JSONSerialization.jsonObject(with: Data(words[index + 1].utf8))
        for (key, value) in json as? [String: Any] ?? [:] {
          keys[key] =
            key == "multifunction" ? ((value as? Bool) == true ? "on" : "off") : "\(value)"
        }
      } else {
        for (number, pair) in words[index + 1].split(separator: ",").enumerated() {
          let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
          if number == 0 { keys["driver"] = halves[0] } else { keys[halves[0]] = halves[1] }
        }
      }
      options.append((keys["driver"] ?? "", keys))
    }
    return options
  }

  /// `host=` with 16 bits of a domain, or the path of a device with more.
  static func hostAddress(_ keys: [String: String]) throws -> String {
    if let host = keys["host"], host.prefix(while: { $0 != ":" }).utf8.count == 4 { return host }
    guard keys["host"] == nil, let path = keys["sysfsdev"],
      let groups = match(path, "/sys/bus/pci/devices/([^/]+)")
    else { throw GrammarError(description: "host \(keys)") }
    return groups[1]
  }

  static func qemu(_ text: String) throws -> [Placed] {
    var ports: [String: String] = [:]
    var chassis: Set<String> = []
    var placed: [Placed] = []
    for (kind, keys) in try qemuOptions(text) {
      switch kind {
      case "pcie-root-port":
        guard keys["bus"] == "pcie.0", let id = keys["id"], let place = keys["addr"],
          chassis.insert("\(keys["chassis"] ?? "")/\(keys["slot"] ?? "")").inserted,
          ports.updateValue(place, forKey: id) == nil
        else { throw GrammarError(description: "port \(keys)") }
      case "vfio-pci":
        guard let port = ports[keys["bus"] ?? ""], let place = keys["addr"],
          let groups = match(place, "00\\.([0-7])"), let function = UInt8(groups[1])
        else { throw GrammarError(description: "device \(keys)") }
        placed.append(
          Placed(address: try linux(try hostAddress(keys)), slot: port, function: function))
      default: throw GrammarError(description: kind)
      }
    }
    guard Set(ports.values).count == ports.count else {
      throw GrammarError(description: "two ports in one place")
    }
    return placed
  }

  static func libvirt(_ text: String, managed: String) throws -> [Placed] {
    let document = try XMLDocument(xmlString: "<x>\(text)</x>")
    var placed: [Placed] = []
    for node in try document.nodes(forXPath: "/x/hostdev") {
      guard let element = node as? XMLElement,
        element.attribute(forName: "managed")?.stringValue == managed,
        let source = try element.nodes(forXPath: "source/address").first as? XMLElement
      else { throw GrammarError(description: "hostdev") }
      func number(_ element: XMLElement, _ name: String) throws -> UInt32 {
        guard let text = element.attribute(forName: name)?.stringValue, text.hasPrefix("0x"),
          let number = UInt32(text.dropFirst(2), radix: 16)
        else { throw GrammarError(description: name) }
        return number
      }
      guard
        let address = FunctionAddress(
          domain: try number(source, "domain"), bus: UInt8(try number(source, "bus")),
          device: UInt8(try number(source, "slot")),
          function: UInt8(try number(source, "function")))
      else { throw GrammarError(description: "address") }
      var place = Placed(address: address)
      if let guest = element.elements(forName: "address").first {
        place.slot = "\(try number(guest, "bus")):\(try number(guest, "slot"))"
        place.function = UInt8(try number(guest, "function"))
      }
      placed.append(place)
    }
    return placed
  }

  static func virtInstall(_ text: String) throws -> [Placed] {
    let words = try words(text)
    return try stride(from: 0, to: words.count, by: 2).map { index in
      guard words[index] == "--hostdev", index + 1 < words.count,
        let groups = match(
          words[index + 1],
          "pci_([0-9a-f]{4,8})_([0-9a-f]{2})_([01][0-9a-f])_([0-7])"
            + "(?:,address\\.type=pci,address\\.bus=(0x[0-9a-f]{2}),address\\.slot=0x00,"
            + "address\\.function=0x([0-7])(?:,address\\.multifunction=on)?)?")
      else { throw GrammarError(description: words[index]) }
      return Placed(
        address: try linux("\(groups[1]):\(groups[2]):\(groups[3]).\(groups[4])"),
        slot: groups[5].isEmpty ? nil : groups[5], function: UInt8(groups[6]))
    }
  }

  /// Proxmox VE's own pattern of an address (PVE/QemuServer/PCI.pm).
  static let proxmoxAddress = "(?:[a-f0-9]{4,}:)?[a-f0-9]{2}:[a-f0-9]{2}(?:\\.[a-f0-9])?"

  static func proxmox(_ text: String, _ host: Machine) throws -> [Placed] {
    var reader = try LineReader(text)
    _ = try reader.take("machine: q35")
    var placed: [Placed] = []
    var number = 0
    while !reader.lines.isEmpty {
      let groups = try reader.take("hostpci\(number): (\(proxmoxAddress)),pcie=1")
      placed += try slotOrFunction(groups[1], host, number: number)
      number += 1
    }
    guard number <= 16 else { throw GrammarError(description: "hostpci\(number)") }
    return placed
  }

  /// An address without function means all functions of the slot.
  static func slotOrFunction(_ text: String, _ host: Machine, number: Int) throws -> [Placed] {
    if text.contains(".") {
      return [Placed(address: try linux(text), slot: "\(number)", function: 0)]
    }
    let first = try linux(text + ".0")
    return host.functions.map(\.address.linuxForm).filter { $0.isInSameSlot(as: first) }.map {
      Placed(address: $0, slot: "\(number)", function: $0.deviceFunction & 7)
    }
  }

  static func proxmoxMapping(_ text: String, _ host: Machine) throws -> [Placed] {
    var reader = try LineReader(text)
    let creations = reader.takeAll(
      "pvesh create /cluster/mapping/pci --id ([a-zA-Z][\\w-]+) --map"
        + " \"node=\\$\\(hostname\\),path=(\(proxmoxAddress)),id=([0-9a-f]{4}:[0-9a-f]{4})"
        + "(?:,subsystem-id=[0-9a-f]{4}:[0-9a-f]{4})?(?:,iommugroup=\\d+)?\"")
    var placed: [Placed] = []
    for (number, groups) in creations.enumerated() {
      _ = try reader.take("qm set g -hostpci\(number) mapping=\(groups[1]),pcie=1")
      let members = try slotOrFunction(groups[2], host, number: number)
      guard let first = members.first,
        host.linuxFunction(at: first.address)?.identity.vendorDevice == groups[3]
      else { throw GrammarError(description: "ids of \(groups[2])") }
      placed += members
    }
    try reader.end()
    return placed
  }

  static func xen(_ text: String, _ host: Machine) throws -> [Placed] {
    var reader = try LineReader(text)
    let list = try reader.take("pci = \\[ ('[^']+'(?:, '[^']+')*) \\]")[1]
    try reader.end()
    var placed: [Placed] = []
    for (number, word) in list.components(separatedBy: ", ").enumerated() {
      let name = String(word.dropFirst().dropLast())
      placed += try slotOrFunction(
        name.hasSuffix(".*") ? String(name.dropLast(2)) : name, host, number: number)
    }
    return placed
  }

  static func xenPciback(_ text: String) throws -> [Placed] {
    let hidden = matches(text, "#   xen-pciback\\.hide=((?:\\([^()]+\\))+)\\n")
    guard hidden.count == 1, text.contains("options xen-pciback hide=\(hidden[0][1])\n") else {
      throw GrammarError(description: "hide")
    }
    let addresses = try matches(hidden[0][1], "\\(([^()]+)\\)").map { try linux($0[1]) }
    let live = try matches(text, "\\nxl pci-assignable-add (\\S+)").map { try linux($0[1]) }
    guard live == addresses else { throw GrammarError(description: "live and boot differ") }
    return addresses.map { Placed(address: $0) }
  }

  static func cloudHypervisor(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    let all = try reader.take("--device((?: path=/sys/bus/pci/devices/[^/ ]+/)+)")[1]
    try reader.end()
    return try matches(all, " path=/sys/bus/pci/devices/([^/ ]+)/").map {
      Placed(address: try linux($0[1]))
    }
  }

  static func crosvm(_ text: String) throws -> [Placed] {
    let words = try words(text)
    return try stride(from: 0, to: words.count, by: 2).map { index in
      guard words[index] == "--vfio", index + 1 < words.count,
        let groups = match(
          words[index + 1],
          "/sys/bus/pci/devices/([^/,]+),guest-address=00:([01][0-9a-f])\\.([0-7])")
      else { throw GrammarError(description: words[index]) }
      return Placed(address: try linux(groups[1]), slot: groups[2], function: UInt8(groups[3]))
    }
  }

  static func kata(_ text: String) throws -> Set<Int> {
    var reader = try LineReader(text)
    let groups = try reader.take(
      "# ctr run --runtime io\\.containerd\\.kata\\.v2((?: --device /dev/vfio/\\d+)+) \\.\\.\\.")[1]
    for line in [
      "\\[hypervisor\\.qemu\\]", "cold_plug_vfio = \"root-port\"", "pcie_root_port = [1-9]\\d*",
      "\\[runtime\\]", "vfio_mode = \"guest-kernel\"",
    ] {
      _ = try reader.take(line)
    }
    try reader.end()
    return Set(matches(groups, "/dev/vfio/(\\d+)").compactMap { Int($0[1]) })
  }

  static func incus(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    let all = reader.takeAll("incus config device add g (passthru\\d+) pci address=(\\S+)")
    try reader.end()
    guard Set(all.map { $0[1] }).count == all.count else {
      throw GrammarError(description: "a name twice")
    }
    return try all.map { Placed(address: try linux($0[2])) }
  }

  static func unraid(_ text: String, _ host: Machine) throws -> [Placed] {
    var reader = try LineReader(text)
    // The web interface's pattern of a word (dynamix.plugin.manager, vfio-pci).
    let word = "[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]\\|[0-9a-f]{4}:[0-9a-f]{4}"
    let line = try reader.take("BIND=(\(word)(?: \(word))*)")[1]
    try reader.end()
    return try line.split(separator: " ").map { word in
      let halves = word.split(separator: "|")
      let address = try linux(String(halves[0]))
      guard host.linuxFunction(at: address)?.identity.vendorDevice == String(halves[1]) else {
        throw GrammarError(description: "ids of \(address)")
      }
      return Placed(address: address)
    }
  }

  static func trueNAS(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    _ = reader.takeAll(
      "midclt call system\\.advanced\\.update_gpu_pci_ids '\\[\"[^\"]+\"(?:,\"[^\"]+\")*\\]'")
    _ = try reader.take(
      "vm=\\$\\(midclt call vm\\.query '\\[\\[\"name\",\"=\",\"g\"\\]\\]' \\| jq '\\.\\[0\\]\\.id'\\)"
    )
    let quote = "\\\\\""
    let all = reader.takeAll(
      "midclt call vm\\.device\\.create \"\\{\(quote)vm\(quote):\\$vm,\(quote)attributes\(quote):\\{"
        + "\(quote)dtype\(quote):\(quote)PCI\(quote),\(quote)pptdev\(quote):"
        + "\(quote)pci_([0-9a-f]{4,8})_([0-9a-f]{2})_([01][0-9a-f])_([0-7])\(quote)\\}\\}\"")
    try reader.end()
    return try all.map { Placed(address: try linux("\($0[1]):\($0[2]):\($0[3]).\($0[4])")) }
  }
}
