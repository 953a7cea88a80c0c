// SPDX-License-Identifier: Apache-2.0

extension ConfigurationSpace {
  /// Every field of the header that was read, in register order.
  ///
  /// The names start with `header`: `header.command.busMaster`. A header type
  /// above 2 has no layout beyond the first 16 bytes.
  public var headerFields: [Field] {
    var fields: [Field] = []
    append(HeaderTables.common, to: &fields)
    if let classCode {
      fields += HeaderTables.classCode.fields(UInt64(classCode.rawValue), prefix: "header.")
    }
    switch headerType {
    case .some(.endpoint): append(HeaderTables.endpoint, to: &fields)
    case .some(.bridge): append(HeaderTables.bridge, to: &fields)
    case .some(.cardBus): append(HeaderTables.cardBus, to: &fields)
    default: break
    }
    return fields
  }

  private func append(_ registers: [HeaderTables.Register], to fields: inout [Field]) {
    for register in registers {
      let value: UInt64? =
        switch register.width {
        case 1: byte(at: register.offset).map { UInt64($0) }
        case 2: word(at: register.offset).map { UInt64($0) }
        default: doubleWord(at: register.offset).map { UInt64($0) }
        }
      guard let value else { continue }
      fields += register.table.fields(value, prefix: "header.")
    }
  }

  /// The names of all fields that a header can have.
  public static var headerFieldNames: [String] {
    var names: [String] = []
    let all =
      HeaderTables.common + HeaderTables.endpoint + HeaderTables.bridge
      + HeaderTables.cardBus
    for table in all.map({ $0.table }) + [HeaderTables.classCode] {
      for name in table.names where !names.contains("header." + name) {
        names.append("header." + name)
      }
    }
    return names
  }
}
