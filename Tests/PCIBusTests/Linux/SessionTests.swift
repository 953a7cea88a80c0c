// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import Testing

@testable import PCIBus

/// The session that asks, through sudo, which drops SSH_CONNECTION.
///
/// Formats of proc_pid_stat(5), proc_pid_environ(5), proc_net_tcp(5) and the kernel's
/// net/ipv4/tcp_ipv4.c, addresses by hand: 192.0.2.1 is 010200C0 on x86.
@Suite struct SessionTests {
  private static let card = "pci0000:00/0000:00:02.0"
  private static let header =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
  private static let listener =
    "   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1\n"

  private static let visitor =
    "   1: 010200C0:0016 4D0200C0:C350 01 00000000:00000000 00:00000000 00000000  0  0 4711 1\n"

  /// passthru, below sudo, a shell and OpenSSH's two processes, at a pseudo terminal.
  private static let login: [(Int, String, Int)] = [
    (900, "passthru", 890), (890, "sudo", 880), (880, "bash (deep) 1", 870),
    (870, "sshd-session", 860), (860, "sshd-session", 850), (850, "sshd", 1), (1, "systemd", 0),
  ]

  private func tree(
    _ processes: [(Int, String, Int)], terminal: Int = 136 << 8
  ) throws -> SyntheticTree {
    let tree = try SyntheticTree()
    try tree.addFunction(Self.card)
    try tree.link("sys/class/net/eth0", to: "../../devices/\(Self.card)/net/eth0")
    try tree.write("sys/devices/\(Self.card)/net/eth0/ifindex", "2\n")
    try tree.write("proc/version", "Linux version 6.1.0-test (a@b) #1\n")
    try tree.write("proc/self/mountinfo", "")
    try tree.write(
      "proc/net/route",
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
        + "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n")
    try tree.write(
      "proc/net/if_inet6", "20010db8000000000000000000000001 02 40 00 80     eth0\n")
    try tree.write("proc/net/tcp", Self.header + Self.listener)
    for (index, (identifier, name, parent)) in processes.enumerated() {
      let status = "\(identifier) (\(name)) S \(parent) \(identifier) 880 \(terminal) 900 0 0\n"
      if index == 0 { try tree.write("proc/self/stat", status) }
      try tree.write("proc/\(identifier)/stat", status)
    }
    return tree
  }

  private func scan(
    _ tree: SyntheticTree, _ options: ScanOptions = .full
  ) throws -> (session: [HostDependency], gap: Gap?) {
    let host = try SysfsScanner(root: tree.root.path).scan(options)
    return (
      host.dependencies.filter { $0.kind == .session },
      host.gaps.first { $0.fact == HostDependency.sessionFact }
    )
  }

  private func expectSession(
    _ tree: SyntheticTree, from client: String, _ options: ScanOptions = .full,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try scan(tree, options)
    #expect(
      found.session == [
        HostDependency(
          kind: .session, subject: "ssh from \(client)", chain: ["eth0"],
          function: FunctionAddress(domain: 0, bus: 0, deviceFunction: 0x10))
      ], sourceLocation: sourceLocation)
    #expect(found.gap == nil, sourceLocation: sourceLocation)
  }

  /// A list looks as far: it reads a few small files of the processes above.
  @Test(arguments: [ScanOptions.full, .verdicts])
  func theEnvironmentOfAParentTells(_ options: ScanOptions) throws {
    let tree = try tree(Self.login)
    try tree.write("proc/890/environ", "HOME=/root\0SUDO_USER=alice\0")
    #expect(try scan(tree, options).session.isEmpty)
    try tree.write(
      "proc/880/environ", "HOME=/home/alice\0SSH_CONNECTION=192.0.2.77 50000 192.0.2.1 22\0A=b\0")
    try expectSession(tree, from: "192.0.2.77", options)
  }

  @Test func theNearestParentTells() throws {
    let tree = try tree(Self.login)
    try tree.write("proc/880/environ", "SSH_CONNECTION=192.0.2.77 50000 192.0.2.1 22\0")
    try tree.write("proc/870/environ", "SSH_CONNECTION=198.51.100.1 50000 192.0.2.1 22\0")
    try expectSession(tree, from: "192.0.2.77")
  }

  /// Where no environment can be read, the daemon's own connection does.
  @Test(arguments: [ScanOptions.full, .verdicts])
  func theConnectionOfTheDaemonTells(_ options: ScanOptions) throws {
    let tree = try tree(Self.login)
    try tree.write(
      "proc/net/tcp",
      Self.header + Self.listener
        + Self.visitor
        + "   2: 010200C0:0016 4E0200C0:C350 01 00000000:00000000 00:00000000 00000000  0  0 4712 1\n"
    )
    try tree.link("proc/860/fd/3", to: "/dev/null")
    try tree.link("proc/860/fd/4", to: "socket:[4711]")
    try expectSession(tree, from: "192.0.2.77", options)
  }

  @Test func aConnectionOverIPv6IsOne() throws {
    let tree = try tree(Self.login)
    try tree.write(
      "proc/net/tcp6",
      Self.header
        + "   0: B80D0120000000000000000001000000:0016 B80D0120000000000000000099000000:C350 01 "
        + "00000000:00000000 00:00000000 00000000  0  0 4713 1\n")
    try tree.link("proc/860/fd/4", to: "socket:[4713]")
    try expectSession(tree, from: "2001:db8:0:0:0:0:0:99")
    // The daemon listens on both: then an address of IPv4 stands in one of IPv6.
    try tree.write(
      "proc/net/tcp6",
      Self.header
        + "   0: 0000000000000000FFFF0000010200C0:0016 0000000000000000FFFF00004D0200C0:C350 01 "
        + "00000000:00000000 00:00000000 00000000  0  0 4713 1\n")
    try expectSession(tree, from: "192.0.2.77")
  }

  /// Not root, or a procfs with hidepid: then any network card may carry the session.
  @Test(arguments: [ScanOptions.full, .verdicts], [true, false])
  func whereNothingCanBeReadItIsUnknown(_ options: ScanOptions, _ hasTable: Bool) throws {
    let tree = try tree(Self.login)
    if !hasTable {
      try FileManager.default.removeItem(at: tree.root.appendingPathComponent("proc/net/tcp"))
    }
    let found = try scan(tree, options)
    #expect(found.session.isEmpty)
    #expect(found.gap?.reason.contains("sshd-session (870) started it") == true)
  }

  @Test func theProcessesAboveMayBeHidden() throws {
    let tree = try tree(Array(Self.login.prefix(2)))
    // Nobody is connected to this machine.
    #expect(try scan(tree).gap == nil)
    try tree.write(
      "proc/net/tcp",
      Self.header + Self.listener
        + Self.visitor)
    #expect(try scan(tree).gap?.reason.contains("is known to hold its terminal") == true)
  }

  /// systemd's run0 and machinectl: the shell is the first process's child, and the
  /// terminal somebody else's.
  @Test func aTerminalThatNobodyAboveHoldsIsUnknown() throws {
    let processes = [(900, "passthru", 880), (880, "bash", 1), (1, "systemd", 0)]
    let tree = try tree(processes)
    #expect(try scan(tree).gap == nil)
    try tree.write("proc/net/tcp", Self.header + Self.listener + Self.visitor)
    #expect(try scan(tree).gap != nil)
    // A list does not look at every connection.
    #expect(try scan(tree, .verdicts).gap == nil)
    // At the machine's own console there is nothing to be known.
    let console = try self.tree(processes, terminal: 4 << 8 | 1)
    try console.write("proc/net/tcp", Self.header + Self.listener + Self.visitor)
    #expect(try scan(console).gap == nil)
  }

  @Test(arguments: ["tmux: server", "screen", "xterm"])
  func aTerminalThatIsKeptForOthersIsUnknown(_ name: String) throws {
    let tree = try tree([
      (900, "passthru", 880), (880, "bash", 870), (870, name, 1), (1, "systemd", 0),
    ])
    try tree.link("proc/870/fd/5", to: "/dev/ptmx")
    #expect(try scan(tree).gap == nil)
    try tree.write(
      "proc/net/tcp",
      Self.header + Self.listener
        + Self.visitor)
    // xterm's terminal is on a screen of this machine.
    #expect((try scan(tree).gap != nil) == (name != "xterm"))
  }

  @Test func aContainerHidesWhoAsks() throws {
    let processes = [(900, "passthru", 880), (880, "bash", 0)]
    #expect(try scan(try tree(processes)).gap?.reason.contains("container") == true)
    // Without a terminal, as in a job, nobody is there to lose it.
    #expect(try scan(try tree(processes, terminal: 0)).gap == nil)
  }

  /// A browser that some terminal was started from has connections too: it made them.
  @Test func whatAProcessConnectedToItselfIsNoSession() throws {
    let tree = try tree([
      (900, "passthru", 880), (880, "bash", 870), (870, "code", 1), (1, "systemd", 0),
    ])
    try tree.link("proc/870/fd/5", to: "/dev/ptmx")
    try tree.link("proc/870/fd/6", to: "socket:[4711]")
    try tree.write(
      "proc/net/tcp",
      Self.header
        + "   1: 010200C0:C350 4D0200C0:01BB 01 00000000:00000000 00:00000000 00000000  0  0 4711 1\n"
    )
    let found = try scan(tree)
    #expect(found.session.isEmpty && found.gap == nil)
  }

  @Test func aSessionFromThisMachineItselfIsUnknown() throws {
    let tree = try tree(Self.login)
    try tree.write("proc/880/environ", "SSH_CONNECTION=127.0.0.1 50000 127.0.0.1 22\0")
    #expect(try scan(tree).gap?.reason.contains("ssh from 127.0.0.1") == true)
  }

  @Test(arguments: ["", "1", "1 (", "1 ()", "x (a) S 1 2 3 4", "1 (a) S x 2 3 4", "1 (a) S 2 2 2"])
  func aDamagedStatusIsNone(_ text: String) throws {
    let tree = try tree([])
    try tree.write("proc/self/stat", text)
    let found = try scan(tree)
    #expect(found.session.isEmpty && found.gap == nil)
  }
}
