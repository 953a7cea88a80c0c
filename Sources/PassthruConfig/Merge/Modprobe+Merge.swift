// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Modprobe {
  /// Works a request into a file of modprobe.d: ids are added to those that are there.
  static func merge(
    _ request: ConfigurationRequest, into existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge? {
    let functions = try request.checkedFunctions()
    let wanted = try lines(request, functions)
    var file = FileLines(existing)
    var merge = ConfigurationMerge(bytes: existing)
    for remark in request.remarks {
      if let line = CommentStyle.hash.line(remark) { file.appendOnce(line) }
    }
    for line in wanted {
      if line.hasPrefix("options ") {
        addOptions(Array(words(line).dropFirst(2)), to: &file, warnings: &merge.warnings)
      } else if !file.lines.indices.contains(where: { isSame(file.text($0), line) }) {
        file.append(line)
      }
    }
    merge.bytes = file.bytes
    return merge
  }

  /// Whether two lines say the same: kmod reads `-` and `_` alike, and any blanks.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    func plain(_ text: String) -> [String] {
      words(text).map { String($0.map { $0 == "-" ? "_" : $0 }) }
    }
    return plain(left) == plain(right)
  }

  private static func addOptions(
    _ options: [String], to file: inout FileLines, warnings: inout [String]
  ) {
    let places = file.lines.indices.filter { index in
      let words = words(file.text(index))
      return words.count > 2 && words[0] == "options"
        && (words[1] == "vfio-pci" || words[1] == "vfio_pci")
        && words.contains { $0.hasPrefix("ids=") }
    }
    guard let last = places.last else {
      file.append("options vfio-pci " + options.joined(separator: " "))
      return
    }
    if places.count > 1 {
      warnings.append("ids= is set \(places.count) times: the last line wins")
    }
    var line = words(file.text(last))
    for option in options {
      guard option.hasPrefix("ids=") else {
        if !line.contains(option) { line.append(option) }
        continue
      }
      let fresh = option.dropFirst(4).split(separator: ",")
      for index in line.indices where line[index].hasPrefix("ids=") {
        var ids = line[index].dropFirst(4).split(separator: ",")
        for id in fresh where !ids.contains(id) { ids.append(id) }
        line[index] = "ids=" + ids.joined(separator: ",")
      }
    }
    let text = line.joined(separator: " ")
    if line != words(file.text(last)) { file.replace(last, with: text) }
  }
}
