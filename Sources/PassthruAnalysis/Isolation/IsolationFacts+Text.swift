// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension IsolationFacts {
  /// A reason in a sentence that starts with the hop.
  func text(
    _ kind: GroupReason.Kind, hop: Int, _ members: [FunctionAddress], _ functions: [Function]
  ) -> String {
    let address = functions[hop].address
    switch kind {
    case .identity:
      return "\(address) is an Intel VMD: what is in its domain uses its requester id"
    case .bridge:
      return "\(address) is a \(name(of: hop)): everything behind it has one requester id"
    case .path:
      return "\(address), a \(name(of: hop)), \(states[hop].explanation): "
        + "everything below it is one group"
    case .alias:
      return "\(address) and its neighbours on the bus use each other's requester ids"
    case .functions:
      let others = members.filter { $0 != address }.map { $0.description }
      return "\(address) and \(listed(others)) are functions of one device, and "
        + "\(address) \(states[hop].explanation)"
    }
  }

  /// What a function is on the way to the root.
  func name(of index: Int) -> String {
    if let type = portTypes[index] { return type.description }
    switch isExpress[index] {
    case false: return "conventional PCI bridge"
    default: return "bridge"
    }
  }
}
