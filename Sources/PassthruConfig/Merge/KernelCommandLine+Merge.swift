// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension KernelCommandLine {
  /// The variables of /etc/default/grub, the one to change first.
  private static let grubVariables = ["GRUB_CMDLINE_LINUX_DEFAULT", "GRUB_CMDLINE_LINUX"]

  /// Works the parameters into /etc/default/grub, or into /etc/kernel/cmdline.
  ///
  /// The second is told by its one line without GRUB's variables.
  static func merge(
    _ request: ConfigurationRequest, into existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge? {
    let functions = try request.checkedFunctions()
    var merge = ConfigurationMerge(bytes: existing)
    let wanted = parameters(request, functions, losses: &merge.losses)
    var file = FileLines(existing)
    let isGRUB = file.lines.indices.contains { names(file.text($0), of: ["GRUB_"]) }
    if isGRUB || existing.isEmpty {
      let assignments = try grubAssignments(in: file)
      for name in grubVariables {
        guard let (place, assignment) = assignments.last(where: { $0.assignment.key == name })
        else { continue }
        let value = try adding(wanted, to: assignment.value, place, &merge.warnings)
        if value != assignment.value { file.replace(place, with: assignment.line(value: value)) }
        merge.bytes = file.bytes
        return merge
      }
      if !wanted.isEmpty {
        file.append("\(grubVariables[0])=\"\(wanted.joined(separator: " "))\"")
      }
      merge.bytes = file.bytes
      return merge
    }
    let filled = file.lines.indices.filter { !words(file.text($0)).isEmpty }
    guard filled.count == 1, let only = filled.first else {
      throw ConfigurationError(
        "this is neither /etc/default/grub nor a kernel command line of one line",
        remedy: "name one of them, or put the parameters in by hand")
    }
    let value = try adding(wanted, to: file.text(only), only, &merge.warnings)
    if value != file.text(only) { file.replace(only, with: value) }
    merge.bytes = file.bytes
    return merge
  }

  /// Takes a request's ids out of `vfio-pci.ids=`; every other parameter stays.
  static func unmerge(
    _ request: ConfigurationRequest, from existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge {
    let functions = try request.checkedFunctions()
    var merge = ConfigurationMerge(bytes: existing)
    let wanted = parameters(request, functions, losses: &merge.losses)
    merge.losses = []
    var file = FileLines(existing)
    let key = "vfio-pci.ids="
    let ids = Set(
      wanted.filter { $0.hasPrefix(key) }
        .flatMap { $0.dropFirst(key.utf8.count).split(separator: ",").map { String($0) } })
    func removing(_ value: String, _ line: Int) throws(ConfigurationError) -> String {
      guard let present = parameters(of: value) else {
        throw refusal(line, "has a double quote that nothing closes")
      }
      var text = value
      for parameter in present where parameter.hasPrefix(key) {
        guard
          let list = listRemoving(
            ids, from: String(parameter.dropFirst(key.utf8.count)), separator: 0x2c)
        else { continue }
        text = replacing(parameter, with: list.isEmpty ? nil : key + list, in: text)
      }
      return text
    }
    if file.lines.indices.contains(where: { names(file.text($0), of: ["GRUB_"]) }) {
      for (place, assignment) in try grubAssignments(in: file) {
        let value = try removing(assignment.value, place)
        if value != assignment.value { file.replace(place, with: assignment.line(value: value)) }
      }
    } else {
      for index in file.lines.indices where !words(file.text(index)).isEmpty {
        let value = try removing(file.text(index), index)
        if value != file.text(index) { file.replace(index, with: value) }
      }
    }
    merge.bytes = file.bytes
    let others = wanted.filter { !$0.hasPrefix(key) }
    if merge.bytes != existing, !others.isEmpty {
      merge.warnings.append(
        others.joined(separator: " ") + " stays: it may have been there before")
    }
    return merge
  }

  /// The assignments of /etc/default/grub that concern the command line.
  ///
  /// Throws where what the shell makes of the file is not certain: a parameter
  /// that is written then could undo those that are there.
  private static func grubAssignments(
    in file: FileLines
  ) throws(ConfigurationError) -> [(index: Int, assignment: Assignment)] {
    var found: [(index: Int, assignment: Assignment)] = []
    for index in file.lines.indices {
      switch ShellLine(file.lines[index]) {
      case .empty: break
      case .plain(let assignment):
        if grubVariables.contains(assignment.key) { found.append((index, assignment)) }
      case .workedOut(let name, let isExported):
        guard grubVariables.contains(name) else { continue }
        let why =
          isExported
          ? "exports \(name)" : "gives \(name) a value that the shell works out first"
        throw refusal(index, why)
      case .other(let why): throw refusal(index, why)
      }
    }
    return found
  }

  private static func refusal(_ index: Int, _ why: String) -> ConfigurationError {
    ConfigurationError(
      "line \(index + 1) \(why), and is left alone",
      remedy: "put the parameters in by hand (emit kernel-cmdline without --into prints them), or "
        + "write the variables as NAME=\"VALUE\", one a line")
  }

  /// Whether a line that is no comment has one of these texts.
  private static func names(_ line: String, of names: [String]) -> Bool {
    guard let first = words(line).first, first.utf8.first != Ascii.hash else { return false }
    return names.contains { line.includes($0) }
  }

  /// The parameters of a command line; a blank between double quotes parts none.
  ///
  /// `nil` where a quote is left open (Linux, lib/cmdline.c, `next_arg`).
  private static func parameters(of value: String) -> [String]? {
    var isQuoted = false
    let parts = value.utf8.split { byte in
      if byte == Ascii.quote { isQuoted.toggle() }
      return !isQuoted && (byte == Ascii.space || byte == Ascii.tab)
    }
    return isQuoted ? nil : parts.map { String(decoding: Array($0), as: UTF8.self) }
  }

  /// A command line with its last parameter of this text replaced, or taken out with a blank.
  ///
  /// The blanks between the others stay.
  private static func replacing(
    _ parameter: String, with fresh: String?, in value: String
  ) -> String {
    let bytes = Array(value.utf8)
    var isQuoted = false
    var start = 0
    var found: Range<Int>?
    for index in 0...bytes.count {
      let isEnd = index == bytes.count
      if !isEnd, bytes[index] == Ascii.quote { isQuoted.toggle() }
      guard isEnd || !isQuoted && (bytes[index] == Ascii.space || bytes[index] == Ascii.tab) else {
        continue
      }
      if bytes[start..<index].elementsEqual(parameter.utf8) { found = start..<index }
      start = index + 1
    }
    guard var found else { return value }
    if fresh == nil {
      if found.lowerBound > 0 {
        found = (found.lowerBound - 1)..<found.upperBound
      } else if found.upperBound < bytes.count {
        found = found.lowerBound..<(found.upperBound + 1)
      }
    }
    let rest = bytes[..<found.lowerBound] + Array((fresh ?? "").utf8) + bytes[found.upperBound...]
    return String(decoding: rest, as: UTF8.self)
  }

  /// Parameters with others added; a key that is there gets what it lacks.
  private static func adding(
    _ wanted: [String], to value: String, _ line: Int, _ warnings: inout [String]
  ) throws(ConfigurationError) -> String {
    guard var present = parameters(of: value) else {
      throw refusal(line, "has a double quote that nothing closes")
    }
    var text = value
    for parameter in present {
      if parameter.hasPrefix("pcie_acs_override") {
        warnings.append(
          "pcie_acs_override is in the file: an out-of-tree patch, with which IOMMU groups are"
            + " not what the hardware keeps apart")
      }
      if parameter == "amd_iommu=on" {
        warnings.append(
          "amd_iommu=on is in the file: the kernel knows no such value, and needs none")
      }
    }
    for parameter in wanted {
      let halves = parameter.split(separator: "=", maxSplits: 1)
      guard halves.count == 2 else { continue }
      let key = halves[0] + "="
      // The kernel reads the last one.
      guard let index = present.indices.last(where: { present[$0].hasPrefix(key) }) else {
        present.append(parameter)
        text += (text.isEmpty || text.utf8.last == Ascii.space ? "" : " ") + parameter
        continue
      }
      var values = present[index].dropFirst(key.unicodeScalars.count).split(separator: ",")
      for value in halves[1].split(separator: ",") where !values.contains(value) {
        values.append(value)
      }
      if values.contains("on") { values.removeAll { $0 == "off" } }
      let fresh = String(key + values.joined(separator: ","))
      if fresh != present[index] { text = replacing(present[index], with: fresh, in: text) }
      present[index] = fresh
    }
    return text
  }
}
