// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The functions of a host that have the same vendor and device id.
struct TwinSet: Sendable {
  /// How many a finding names.
  static let shown = 8

  /// How many there are.
  var count = 0
  /// The first few in address order, one more than a finding names.
  var first: [Int] = []
  /// The addresses that a finding of any other member names.
  private(set) var related: [FunctionAddress] = []
  /// What a finding of any other member says.
  private(set) var evidence = ""

  /// Counts one more; in address order.
  mutating func add(_ index: Int) {
    count += 1
    if first.count <= Self.shown { first.append(index) }
  }

  /// Words what is the same for most members once.
  mutating func settle(_ functions: [Function], _ consumer: Consumer) {
    guard count > Self.shown, let one = first.first else { return }
    related = first.prefix(Self.shown).map { functions[$0].address }
    evidence = sentence(functions[one].identity, related, consumer)
  }

  /// The twins of a member that a finding names, with what it says of them.
  func others(of index: Int, _ functions: [Function], _ consumer: Consumer)
    -> (related: [FunctionAddress], evidence: String)
  {
    guard first.contains(index) else { return (related, evidence) }
    let others = first.filter { $0 != index }.prefix(Self.shown).map { functions[$0].address }
    return (others, sentence(functions[index].identity, others, consumer))
  }

  private func sentence(
    _ identity: Identity, _ others: [FunctionAddress], _ consumer: Consumer
  ) -> String {
    "\(count - 1) more with the ids \(identity.vendorDevice): " + listed(others, for: consumer)
      + (count > Self.shown + 1 ? " and others" : "")
  }
}
