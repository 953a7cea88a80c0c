// SPDX-License-Identifier: Apache-2.0

extension ConfigurationSpace {
  /// Every field of the header that was read, in register order.
  ///
  /// The names start with `header`: `header.command.busMaster`. A header type
  /// above 2 has no layout beyond the first 16 bytes.
  public var headerFields: [Field] {
    let layout =
      switch headerType {
      case .some(.endpoint): HeaderTables.endpoint
      case .some(.bridge): HeaderTables.bridge
      case .some(.cardBus): HeaderTables.cardBus
      default: HeaderTables.unknown
      }
    return layout.fields(RegisterBytes(self, at: 0), prefix: "header.")
  }

  /// The names of all fields that a header can have.
  public static var headerFieldNames: [String] {
    // The class code, which all headers have, is listed last.
    let last = HeaderTables.ClassCodeRegister.fields.map { "header." + $0.name }
    let layouts = [HeaderTables.endpoint, HeaderTables.bridge, HeaderTables.cardBus]
    var names: [String] = []
    for name in layouts.flatMap({ $0.names }).map({ "header." + $0 })
    where !names.contains(name) && !last.contains(name) {
      names.append(name)
    }
    return names + last
  }
}
