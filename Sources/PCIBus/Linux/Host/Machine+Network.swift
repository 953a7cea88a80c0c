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
    // What is made of others is seldom; cards can be thousands, and are not looked at.
    let cards = childDevices.filter { $0.kind == .network }
    let names = Set(cards.map { $0.name })
    let all = tree.names("class/net")
    for name in tree.names("devices/virtual/net") where !all.contains(name) {
      noteUnlisted(name)
    }
    for upper in all where upper != "lo" && !names.contains(upper) {
      for found in others(NetworkInterfaces.foundations(of: upper, tree)) {
        let subject = NetworkInterfaces.title(of: upper, besides: found.chain.last ?? "", tree)
        add(.network, subject, [(Array(found.chain.dropFirst()), found.function)])
      }
    }
  }

  /// Finds the network cards whose interface another network namespace has, or the class lacks.
  ///
  /// The directory `net` of a device is there as long as it has an interface, and shows
  /// those of the reader's own namespace (fs/kernfs/dir.c, `kernfs_leftmost`; a virtio
  /// device is between).
  mutating func readHiddenInterfaces(_ tree: borrowing SystemTree) {
    let named = Set(childDevices.filter { $0.kind == .network }.map { $0.function })
    for function in functions where !named.contains(function.address) {
      guard function.classCode?.baseClass == 0x02, let driver = function.driver?.name,
        passthroughDriver(driver) == nil
      else { continue }
      let path = "bus/pci/devices/\(function.address)"
      let folders =
        driver == "virtio-pci"
        ? tree.names(path).filter { $0.hasPrefix("virtio") }.map { path + "/" + $0 } : [path]
      let listings = folders.compactMap { tree.namesIfPresent($0 + "/net") }
      for name in listings.joined() { noteUnlisted(name) }
      guard listings.contains(where: { $0.isEmpty }) else { continue }
      let spaces = tree.isLive ? Directory.openOrNone("/run/netns").namesIfPresent(in: ".") : nil
      let known = (spaces ?? []).joined(separator: ", ")
      add(
        .network, "another network namespace" + (known.isEmpty ? "" : " (\(known))"),
        [([driver + "'s interface"], function.address)])
    }
  }

  /// Notes an interface that a device's own folder has and the class has not: what is below
  /// it, and whether it has an address, cannot be followed.
  private mutating func noteUnlisted(_ name: String) {
    noteUnresolved(
      HostDependency.networkFact, name, "/sys/class/net does not show it",
      "record /sys/class/net whole")
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
