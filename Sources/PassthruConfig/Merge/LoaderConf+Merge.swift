// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension LoaderConf {
  /// Works a request into an existing loader.conf.
  ///
  /// Comments and order stay. Of two lines with one key the loader takes the
  /// last, so that one is changed; devices are added to the variables that are
  /// there before another is begun.
  static func merge(
    _ request: ConfigurationRequest, into existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge? {
    let functions = try request.freeBSDFunctions()
    var file = FileLines(existing)
    var merge = ConfigurationMerge(bytes: existing)
    try check(file, request, &merge.warnings)
    for remark in request.remarks {
      if let line = CommentStyle.hash.line(remark) { file.appendOnce(line) }
    }
    set("vmm_load", "YES", in: &file)
    switch request.host.hasAMDProcessor {
    case true: set("hw.vmm.amdvi.enable", "1", in: &file)
    case nil: merge.warnings.append(unknownProcessor)
    case false: break
    }
    var held = Set<String>()
    for name in PptdevsVariables.names {
      let places = assignments(name, in: file)
      if places.count > 1 {
        merge.warnings.append("\(name) is set \(places.count) times: the last line wins")
      }
      guard let last = places.last else { continue }
      for word in words(last.assignment.value) {
        check(word, of: name, request, in: file, warnings: &merge.warnings)
        held.insert(word)
      }
    }
    let missing = functions.filter { !held.contains($0.address.bhyveTriple) }
    try add(missing.map { $0.address.bhyveTriple }, to: &file)
    for function in functions { record(function, in: &file) }
    for line in hintLines(request) where (request.freeBSDRelease ?? 12) >= 12 {
      guard let hint = Assignment(line) else { continue }
      set(hint.key, hint.value, in: &file)
    }
    merge.bytes = file.bytes
    return merge
  }

  /// Takes a request's devices out of the variables, with what was written down for them.
  static func unmerge(
    _ request: ConfigurationRequest, from existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge {
    var file = FileLines(existing)
    var merge = ConfigurationMerge(bytes: existing)
    try check(file, request, &merge.warnings)
    file.removeRemarks(request)
    let triples = Set(request.devices.map { $0.bhyveTriple })
    let hints = hintLines(request)
    for index in file.lines.indices.reversed() {
      let line = file.text(index)
      let isOurs =
        hints.contains(line) || request.devices.contains { line.hasPrefix(recordStart($0)) }
      if isOurs {
        file.remove(index)
        continue
      }
      guard case .assignment(let assignment) = LoaderLine(line),
        PptdevsVariables.names.contains(assignment.key),
        let value = listRemoving(triples, from: assignment.value, separator: Ascii.space)
      else { continue }
      if words(value).isEmpty {
        file.remove(index)
      } else {
        file.replace(index, with: assignment.line(value: value))
      }
    }
    merge.bytes = file.bytes
    if merge.bytes != existing {
      merge.warnings.append("vmm_load stays: take it out where nothing else runs in bhyve")
    }
    return merge
  }

  /// Refuses a file with a line that speaks of our variables and that the loader does not take.
  ///
  /// What is written beside such a line could end what it does on some release.
  private static func check(
    _ file: FileLines, _ request: ConfigurationRequest, _ warnings: inout [String]
  ) throws(ConfigurationError) {
    var ours = PptdevsVariables.names + ["vmm_load", "hw.vmm.amdvi.enable"]
    ours += hintLines(request).compactMap { Assignment($0)?.key }
    for index in file.lines.indices {
      let line = file.text(index)
      var fault: String?
      switch LoaderLine(line) {
      case .empty: continue
      case .assignment(let assignment):
        guard PptdevsVariables.names.contains(assignment.key),
          assignment.value.utf8.contains(Ascii.tab)
        else { continue }
        fault = "has a tab, and vmm parts devices at spaces only"
      case .malformed(let reason):
        if ours.contains(where: { LoaderLine.names($0, in: line) }) {
          fault = reason
        } else {
          warnings.append(
            "line \(index + 1) \(reason): the loader calls it malformed and goes on without it")
        }
      }
      guard let fault else { continue }
      throw ConfigurationError(
        "line \(index + 1) \(fault), and is left alone",
        remedy: "write it as NAME=\"VALUE\", as loader.conf(5) has it, and run this again")
    }
  }

  /// The lines that set a variable.
  private static func assignments(
    _ key: String, in file: FileLines
  ) -> [(index: Int, assignment: Assignment)] {
    file.lines.indices.compactMap { index in
      guard let assignment = Assignment(file.text(index)), assignment.key == key else {
        return nil
      }
      return (index, assignment)
    }
  }

  private static func set(_ key: String, _ value: String, in file: inout FileLines) {
    guard let last = assignments(key, in: file).last else {
      file.append("\(key)=\"\(value)\"")
      return
    }
    guard last.assignment.value.lowercased() != value.lowercased() else { return }
    file.replace(last.index, with: last.assignment.line(value: value))
  }

  /// Points out an entry that vmm does not read, or that means no device, or another one.
  private static func check(
    _ word: String, of name: String, _ request: ConfigurationRequest, in file: FileLines,
    warnings: inout [String]
  ) {
    guard let address = FunctionAddress(bhyveTriple: word) else {
      warnings.append("\(name) has \"\(displayText(word.utf8))\", which vmm does not read")
      return
    }
    guard let function = request.host.function(at: address) else {
      warnings.append("\(name) has \(word), and no device is there on this host")
      return
    }
    let start = recordStart(address)
    for index in file.lines.indices {
      let line = file.text(index)
      guard line.hasPrefix(start) else { continue }
      let ids = line.dropFirst(start.unicodeScalars.count)
      if ids != function.identity.vendorDevice {
        warnings.append(
          "\(word) was \(displayText(ids.utf8)) when it was written, and is"
            + " \(function.identity.vendorDevice) now: the bus numbers moved")
      }
    }
  }

  /// Adds entries to the variables that are there, then to new ones.
  private static func add(
    _ triples: [String], to file: inout FileLines
  ) throws(ConfigurationError) {
    var pending = triples[...]
    var after: Int?
    for name in PptdevsVariables.names {
      if let last = assignments(name, in: file).last {
        var value = last.assignment.value
        while let next = pending.first {
          let longer = value.isEmpty ? next : value + " " + next
          guard longer.utf8.count <= PptdevsVariables.longestValue else { break }
          value = longer
          pending.removeFirst()
        }
        if value != last.assignment.value {
          file.replace(last.index, with: last.assignment.line(value: value))
        }
        after = last.index
      } else if !pending.isEmpty {
        var value = ""
        while let next = pending.first {
          let longer = value.isEmpty ? next : value + " " + next
          guard longer.utf8.count <= PptdevsVariables.longestValue else { break }
          value = longer
          pending.removeFirst()
        }
        let index = after.map { $0 + 1 } ?? file.lines.count
        file.insert("\(name)=\"\(value)\"", at: index)
        after = index
      }
    }
    guard pending.isEmpty else {
      throw ConfigurationError(
        "\(pending.count) devices do not fit the three variables that vmm reads",
        remedy: "take out entries that are not used, or use the devctl target")
    }
  }

  /// The start of the comment that records what a device was.
  static func recordStart(_ address: FunctionAddress) -> String {
    "# ppt: \(address.bhyveTriple) is "
  }

  /// Writes down what a device is, once.
  private static func record(_ function: Function, in file: inout FileLines) {
    let start = recordStart(function.address)
    let line = start + function.identity.vendorDevice
    for index in file.lines.indices where file.text(index).hasPrefix(start) {
      if file.text(index) != line { file.replace(index, with: line) }
      return
    }
    let place = PptdevsVariables.names.flatMap { assignments($0, in: file) }.map { $0.index }.min()
    file.insert(line, at: place ?? file.lines.count)
  }
}
