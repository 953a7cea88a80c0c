// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Finds the cards that the default routes leave by.
  mutating func readDefaultRoutes(
    _ tree: borrowing SystemTree, _ routes: NetworkRoutes
  ) {
    if let file = routes.missing.first {
      for fact in [HostDependency.routeFact, HostDependency.networkFact] {
        noteUnresolved(fact, "default route", "no " + file, "record /proc/net too")
      }
    }
    if routes.hasUntoldHop {
      noteUnresolved(
        HostDependency.routeFact, "default route", "the kernel does not tell its interface",
        "see ip route show table all, and ip nexthop")
    }
    for route in routes.defaults.sorted(by: {
      ($0.interface, $0.table ?? 0) < ($1.interface, $1.table ?? 0)
    }) {
      addInterface(.defaultRoute, route.subject, route.interface, tree)
    }
    guard routes.defaults.isEmpty else { return }
    // Where the main table has none, a VRF's own table may: what is enslaved to it carries it.
    for interface in tree.names("class/net") {
      guard let master = tree.link("class/net/" + interface + "/master")?.name,
        tree.names("class/net/" + master + "/bridge").isEmpty,
        tree.names("class/net/" + master + "/bonding").isEmpty,
        tree.names("class/net/" + master).allSatisfy({ !$0.hasPrefix("lower_tap") })
      else { continue }
      add(
        .defaultRoute, master + "'s routes", NetworkInterfaces.foundations(of: interface, tree))
    }
  }

  /// Finds the network cards that are in use without a default route.
  ///
  /// One that is up with an address, is part of another interface, or whose interface
  /// another network namespace has.
  mutating func readInterfaces(_ tree: borrowing SystemTree, _ routes: NetworkRoutes) {
    var known: Set<FunctionAddress> = []
    for dependency in dependencies
    where dependency.kind == .defaultRoute || dependency.kind == .session {
      known.insert(dependency.function)
    }
    func others(
      _ found: [(chain: [String], function: FunctionAddress)]
    ) -> [(chain: [String], function: FunctionAddress)] {
      found.filter { !known.contains($0.function) }
    }
    for (interface, address) in routes.addresses.sorted(by: { $0.key < $1.key })
    where NetworkInterfaces.isUp(interface, tree) {
      let found = others(NetworkInterfaces.foundations(of: interface, tree))
      add(.network, address, found)
      known.formUnion(found.map { $0.function })
    }
    var named: Set<FunctionAddress> = []
    for child in childDevices where child.kind == .network {
      named.insert(child.function)
      if known.contains(child.function) { continue }
      guard let upper = NetworkInterfaces.upper(of: child.name, tree) else { continue }
      let subject = NetworkInterfaces.title(of: upper, besides: child.name, tree)
      add(.network, subject, [([child.name], child.function)])
    }
    noteHiddenInterfaces(tree, named)
  }

  /// Notes network cards with a driver and without an interface that this process sees.
  private mutating func noteHiddenInterfaces(
    _ tree: borrowing SystemTree, _ named: Set<FunctionAddress>
  ) {
    guard !tree.names("class/net").isEmpty else { return }
    for function in functions where !named.contains(function.address) {
      // Ethernet and other networks; InfiniBand has no such interface.
      guard let code = function.classCode, code.baseClass == 0x02, code.subClass != 0x07,
        let driver = function.driver?.name, passthroughDriver(driver) == nil
      else { continue }
      let spaces = tree.isLive ? Directory.openOrNone("/run/netns").namesIfPresent(in: ".") : nil
      let named = (spaces ?? []).joined(separator: ", ")
      gaps.append(
        Gap(
          .function(function.address), HostDependency.networkFact,
          reason: "\(driver) holds it and shows no interface here: another network namespace "
            + "may have it" + (named.isEmpty ? "" : " (ip netns: \(named))"),
          remedy: "look for it with lsns -t net and ip netns exec NAME ip link"))
    }
  }

  private mutating func addInterface(
    _ kind: HostDependency.Kind, _ subject: String, _ interface: String,
    _ tree: borrowing SystemTree
  ) {
    let found = NetworkInterfaces.foundations(of: interface, tree)
    add(kind, subject, found)
    if let part = NetworkInterfaces.missingPart(of: interface, tree), !found.isEmpty {
      noteUnresolved(
        HostDependency.routeFact, subject,
        "it leaves through \(interface), and sysfs does not show \(part)",
        "find out what carries it before a network card is given away")
    }
    if found.isEmpty {
      noteUnresolved(
        HostDependency.routeFact, subject,
        "it leaves through " + interface + ", which rests on no PCI function that sysfs names",
        "find out what carries it before a network card is given away")
    }
  }

  /// Finds the interface that the packets to the session's other end leave by.
  mutating func readSession(_ tree: borrowing SystemTree, _ session: LoginSession) {
    switch session {
    case .local: return
    case .unknown(let reason): noteSession(reason)
    case .connections(let connections):
      for connection in connections {
        let subject = "ssh from " + connection.client
        guard let interface = connection.interface(tree) else {
          noteSession(subject + " comes in by an interface that no route names")
          continue
        }
        let found = NetworkInterfaces.foundations(of: interface, tree)
        add(.session, subject, found)
        if found.isEmpty {
          noteSession(
            "\(subject) comes in by \(interface), which rests on no PCI function that sysfs names")
        }
      }
    }
  }

  private mutating func noteSession(_ reason: String) {
    gaps.append(
      Gap(
        .host, HostDependency.sessionFact, reason: reason,
        remedy: "find out with ss -tp which connection it is"))
  }
}
