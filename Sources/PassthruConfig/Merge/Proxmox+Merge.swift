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
    var addresses: Set<String> = []
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
      addresses.insert(address(value))
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
    if machine == nil {
      add("machine: q35")
    } else if let machine, !machine.hasPrefix("q35"), !machine.hasPrefix("pc-q35") {
      merge.warnings.append("the guest's machine is \(machine), and pcie=1 needs q35")
    }
    for value in wanted where !addresses.contains(address(value)) {
      var number = 0
      while numbers.contains(number) { number += 1 }
      guard number <= highestNumber else {
        throw ConfigurationError(
          "no hostpci number from 0 to \(highestNumber) is free in the file",
          remedy: "take out lines that are not used")
      }
      numbers.insert(number)
      add("hostpci\(number): \(value)")
    }
    merge.bytes = file.bytes
    return merge
  }

  /// The address of a value, with its domain: `0000:0a:00`.
  private static func address(_ value: String) -> String {
    guard let first = value.split(separator: ",").first else { return "" }
    let name = first.hasPrefix("host=") ? first.dropFirst(5) : first
    let colons = name.utf8.count { $0 == 0x3a }
    return colons == 1 ? "0000:" + name : String(name)
  }
}
