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
    let isGRUB = file.lines.indices.contains { file.text($0).hasPrefix("GRUB_") }
    if isGRUB || existing.isEmpty {
      for name in grubVariables {
        let place = file.lines.indices.last { index in
          Assignment(file.text(index))?.key == name
        }
        guard let place, let assignment = Assignment(file.text(place)) else { continue }
        let value = adding(wanted, to: assignment.value, warnings: &merge.warnings)
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
    let value = adding(wanted, to: file.text(only), warnings: &merge.warnings)
    if value != file.text(only) { file.replace(only, with: value) }
    merge.bytes = file.bytes
    return merge
  }

  /// Parameters with others added; a key that is there gets what it lacks.
  private static func adding(
    _ wanted: [String], to value: String, warnings: inout [String]
  ) -> String {
    var present = words(value)
    let before = present
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
        continue
      }
      var values = present[index].dropFirst(key.unicodeScalars.count).split(separator: ",")
      for value in halves[1].split(separator: ",") where !values.contains(value) {
        values.append(value)
      }
      if values.contains("on") { values.removeAll { $0 == "off" } }
      present[index] = key + values.joined(separator: ",")
    }
    return present == before ? value : present.joined(separator: " ")
  }
}
