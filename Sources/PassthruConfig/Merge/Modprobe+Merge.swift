// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Modprobe {
  /// Works a request into a file of modprobe.d: ids are added to those that are there.
  static func merge(
    _ request: ConfigurationRequest, into existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge? {
    let functions = try request.checkedFunctions()
    let wanted = try lines(request, functions)
    var file = FileLines(existing)
    var merge = ConfigurationMerge(bytes: existing)
    try refuseContinuations(file)
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

  /// Takes a request's ids out, and the softdep lines where no id is left.
  static func unmerge(
    _ request: ConfigurationRequest, from existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge {
    let functions = try request.checkedFunctions()
    var file = FileLines(existing)
    var merge = ConfigurationMerge(bytes: existing)
    try refuseContinuations(file)
    file.removeRemarks(request)
    let wanted = try lines(request, functions)
    let ids = Set(
      wanted.filter { $0.hasPrefix("options ") }.flatMap { words($0) }
        .filter { $0.hasPrefix("ids=") }
        .flatMap { $0.dropFirst(4).split(separator: ",").map { String($0) } })
    var left: Set<String> = []
    for index in file.lines.indices.reversed() {
      let text = file.text(index)
      let parts = words(text)
      guard parts.count > 2, parts[0] == "options",
        parts[1] == "vfio-pci" || parts[1] == "vfio_pci",
        let option = parts.first(where: { $0.hasPrefix("ids=") })
      else { continue }
      guard
        let list = listRemoving(ids, from: String(option.dropFirst(4)), separator: 0x2c)
      else {
        left.formUnion(option.dropFirst(4).split(separator: ",").map { String($0) })
        continue
      }
      guard list.isEmpty, let mark = text[...].start(of: option) else {
        left.formUnion(list.split(separator: ",").map { String($0) })
        guard let mark = text[...].start(of: option) else { continue }
        let after = text[mark].unicodeScalars.dropFirst(option.unicodeScalars.count)
        file.replace(index, with: text[..<mark.lowerBound] + "ids=" + list + String(after))
        continue
      }
      let others = parts.dropFirst(2).filter { $0 != option }
      if others.isEmpty {
        file.remove(index)
      } else {
        var before = text[..<mark.lowerBound]
        while before.utf8.last == Ascii.space { before.removeLast() }
        let after = text[mark].unicodeScalars.dropFirst(option.unicodeScalars.count)
        file.replace(index, with: before + String(after))
      }
    }
    // What the other ids' devices are driven by still has to wait for vfio-pci.
    let others = request.host.functions.filter { function in
      !request.devices.contains(function.address)
        && left.contains { $0.hasPrefix(function.identity.vendorDevice) }
    }
    var needed: [String] = []
    if !others.isEmpty {
      var rest = request
      rest.devices = others.map { $0.address }
      needed = try lines(rest, others)
    }
    for line in wanted where !line.hasPrefix("options ") && !needed.contains(line) {
      for index in file.lines.indices.reversed() where isSame(file.text(index), line) {
        file.remove(index)
      }
    }
    merge.bytes = file.bytes
    return merge
  }

  /// Refuses a line of ours that goes on in the next, or that kmod does not know.
  ///
  /// kmod joins a line that ends with a backslash to the next one (libkmod-config.c,
  /// `getline_wrapped`), and takes nothing from a command it does not know.
  private static func refuseContinuations(_ file: FileLines) throws(ConfigurationError) {
    for index in file.lines.indices {
      let isContinued = index > 0 && file.lines[index - 1].last == Ascii.backslash
      let goesOn = file.lines[index].last == Ascii.backslash
      let words = words(file.text(index))
      guard let first = words.first, first.utf8.first != Ascii.hash || isContinued else { continue }
      let isOurs = file.text(index).includes("vfio") || file.text(index).includes("ids=")
      let known = ["options", "softdep", "alias", "blacklist", "install", "remove", "weakdep"]
      let fault =
        isContinued || goesOn
        ? "is one of several lines that a backslash joins"
        : known.contains(first) ? nil : "has a command that kmod does not know"
      guard let fault, isOurs || isContinued || goesOn else { continue }
      throw ConfigurationError(
        "line \(index + 1) \(fault), and is left alone",
        remedy: "write each command on one line, and run this again")
    }
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
    // Only what is added is written: the blanks between the words stay.
    var text = file.text(last)
    for option in options {
      let present = words(text)
      guard option.hasPrefix("ids=") else {
        if !present.contains(option) { text += " " + option }
        continue
      }
      let fresh = option.dropFirst(4).split(separator: ",")
      // The last of two is the one that the module gets.
      guard let old = present.last(where: { $0.hasPrefix("ids=") }),
        let mark = text[...].start(of: old)
      else { continue }
      let ids = old.dropFirst(4).split(separator: ",")
      var list = old
      for id in fresh where !ids.contains(id) { list += (list == "ids=" ? "" : ",") + id }
      let after = text[mark].unicodeScalars.dropFirst(old.unicodeScalars.count)
      text = text[..<mark.lowerBound] + list + String(after)
    }
    if text != file.text(last) { file.replace(last, with: text) }
  }
}
