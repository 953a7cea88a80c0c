// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Function {
  /// What differs between two configuration spaces, register field by register field.
  ///
  /// Where no field differs the bytes that do are counted, so that no difference goes
  /// unsaid; where one holds more bytes than the other, what both hold is compared.
  @Sendable
  static func configurationChanges(from first: Function, to second: Function) -> [FactChange] {
    guard first.configuration != second.configuration else { return [] }
    let name = "configuration"
    guard let before = first.configuration, let after = second.configuration else {
      func text(_ space: ConfigurationSpace?) -> FactText? {
        space.map { .value("\($0.count) bytes") }
      }
      return [FactChange(name, text(first.configuration), text(second.configuration))]
    }
    let common = min(before.count, after.count)
    var changes: [FactChange] = []
    if before.count != after.count {
      changes.append(
        FactChange(name, .value("\(before.count) bytes"), .value("\(after.count) bytes")))
    }
    let fields = (
      namedFields(ConfigurationSpace(Array(before.bytes[..<common]))),
      namedFields(ConfigurationSpace(Array(after.bytes[..<common])))
    )
    let found = changedFields(fields.0, fields.1)
    changes += found
    if found.isEmpty {
      let count = (0..<common).count { before.bytes[$0] != after.bytes[$0] }
      if count > 0 {
        changes.append(
          FactChange(
            name, .value("\(common) bytes"), .value("\(count) of them others, in no field")))
      }
    }
    return changes
  }

  private static func namedFields(_ space: ConfigurationSpace) -> [(name: String, text: String)] {
    var fields = space.headerFields.map { (name: $0.name, text: $0.text) }
    var seen: [CapabilityID: Int] = [:]
    for capability in space.capabilities {
      let number = seen[capability.entry.id, default: 0] + 1
      seen[capability.entry.id] = number
      let prefix =
        capability.entry.id.shortName + (number > 1 ? "#\(number)" : "") + "."
      fields += capability.fields.map { (name: prefix + $0.name, text: $0.text) }
    }
    return fields
  }

  private static func changedFields(
    _ before: [(name: String, text: String)], _ after: [(name: String, text: String)]
  ) -> [FactChange] {
    var changes: [FactChange] = []
    var texts: [String: String] = [:]
    for field in after { texts[field.name] = field.text }
    for field in before {
      let text = texts.removeValue(forKey: field.name)
      if text != field.text {
        changes.append(
          FactChange(field.name, .value(field.text), text.map { .value($0) }, .none))
      }
    }
    for field in after where texts[field.name] != nil {
      changes.append(FactChange(field.name, nil, .value(field.text), .none))
    }
    return changes
  }
}
