// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PassthruReport

/// The subcommand `unbind`.
struct Unbind: ChangingSubcommand {
  static let declaration = SubcommandDeclaration(
    "unbind", "Give functions back to the drivers they had.", takes: "a function",
    need: .kernel, examples: [.init("unbind 0a:00.0 --apply", "back to the driver it had")],
    obstacle: needsKernel)
  static let options = changeOptions
  static let arguments: [CommandArgument<Self>] = [.selectors(count: 1...Int.max, "The functions.")]

  var common = CommonOptions()
  var change = ChangeOptions()

  func decide(_ situation: ChangeSituation) throws(SelectorError) -> ChangeDecision {
    let host = situation.host
    let journal = situation.journal
    let interface = situation.interface
    let names = situation.names
    let selected = try chosen(host)
    let known = Set(journal.records.map { $0.address })
    // All of them are in the journal: then it says where they go back to.
    if selected.allSatisfy(known.contains) {
      return try restoring(.these(selected), journal, host, interface, names)
    }
    var report = ChangeReport("unbind", interface)
    let others = selected.filter { !known.contains($0) }
    for address in others {
      guard let function = host.function(at: address) else { continue }
      let holder = function.driver?.name
      let isFree = holder == nil && function.driverOverride == nil
      guard isFree || holder == nil || host.passthroughDriver(holder) != nil else {
        return .refused(
          .failure(
            .usage,
            "\(interface.spelling(address)) is held by \(holder ?? ""), its own driver: there is nothing to give back"
          ))
      }
      report.items.append(item(function, to: "the kernel's choice", names))
      report.notes.append(
        "\(interface.spelling(address)) was not changed by passthru: the kernel chooses its driver")
    }
    guard others.count == selected.count else {
      return .refused(
        .failure(
          .usage, "some of these are in the journal and some are not: unbind them separately"))
    }
    let functions = others.compactMap { host.function(at: $0) }
    try refuseWhatIsNeeded(functions, host, &report, asksGuests: true)
    let transaction = DriverTransaction(
      functions, driver: nil, interface: interface, deadline: Int64(change.deadline) * 1000)
    return ready(.transaction(transaction), report, host)
  }
}
