// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// How the session that asks came to the machine.
enum LoginSession: Hashable {
  /// Over no network, as far as the processes that started it tell.
  case local
  /// By these connections.
  case connections([RemoteConnection])
  /// That cannot be known, and why.
  case unknown(String)

  /// Finds the session.
  ///
  /// `SSH_CONNECTION` says it, where it is set. sudo and su drop it, so that the
  /// environments of the processes that started this one are looked at, and then the
  /// connections that one of them has open.
  ///
  /// - Parameters:
  ///   - variable: The value of `SSH_CONNECTION`; `nil` where it is not set.
  ///   - tree: The machine.
  ///   - looksAtFiles: Whether to look at connections and terminals even where no daemon
  ///     for logins is among the processes, at the cost of a look at every connection.
  init(_ variable: String?, _ tree: borrowing SystemTree, looksAtFiles: Bool) {
    if let connection = variable.flatMap({ RemoteConnection($0) }) {
      self = .connections([connection])
      return
    }
    guard let own = ProcessStatus("self", tree) else {
      self = tree.isLive ? .unknown("/proc/self/stat cannot be read") : .local
      return
    }
    var chain: [ProcessStatus] = []
    var parent = own.parent
    // No way up is that long; a recording can go in circles.
    while parent > 0, chain.count < 64 {
      let process = String(parent)
      if let connection = Self.connection(environmentOf: process, tree) {
        self = .connections([connection])
        return
      }
      guard let status = ProcessStatus(process, tree) else { break }
      chain.append(status)
      parent = status.parent
    }
    let daemon = chain.first { Self.isDaemon($0.name) }
    guard looksAtFiles || daemon != nil else {
      self = .local
      return
    }
    self = Self.search(chain, of: own, daemon: daemon, isWhole: parent == 0, tree)
  }

  /// Looks at what the processes have open.
  private static func search(
    _ chain: [ProcessStatus], of own: ProcessStatus, daemon: ProcessStatus?, isWhole: Bool,
    _ tree: borrowing SystemTree
  ) -> LoginSession {
    let table = ConnectionTable(tree)
    var holdsTerminal = false
    for process in chain {
      let files = OpenFiles(process.identifier, tree)
      if files.hasTerminal { holdsTerminal = true }
      let found = table?.connections(
        of: files.sockets, acceptedOnly: !isDaemon(process.name))
      if let found, !found.isEmpty { return .connections(found) }
    }
    if let daemon {
      return .unknown(
        "\(daemon.name) (\(daemon.identifier)) started it, and neither SSH_CONNECTION nor the "
          + "connection of that can be read")
    }
    guard own.hasPseudoTerminal else { return .local }
    if isWhole, (chain.last ?? own).identifier != 1 {
      return .unknown("it was started from outside of this container, at a terminal")
    }
    let keeper = chain.first { isMultiplexer($0.name) }
    guard !isWhole || !holdsTerminal || keeper != nil, table?.hasVisitors != false else {
      return .local
    }
    guard let keeper else {
      return .unknown("none of the processes that started it is known to hold its terminal")
    }
    return .unknown(
      "\(keeper.name) (\(keeper.identifier)) holds its terminal, and not who looks at it")
  }

  /// What a process's environment says of the connection it was started through.
  private static func connection(
    environmentOf process: String, _ tree: borrowing SystemTree
  ) -> RemoteConnection? {
    let name = "SSH_CONNECTION="
    for variable in (tree.start(process + "/environ", limit: 1 << 18) ?? []).split(separator: 0)
    where variable.starts(with: name.utf8) {
      return RemoteConnection(displayText(variable.dropFirst(name.utf8.count)))
    }
    return nil
  }

  /// The daemons that let people in from other machines; OpenSSH has several programs.
  private static func isDaemon(_ name: String) -> Bool {
    switch name {
    case "sshd", "sshd-session", "dropbear", "mosh-server", "telnetd", "in.telnetd", "in.rlogind",
      "in.rshd":
      true
    default: name.hasPrefix("sshd")
    }
  }

  /// Programs that keep a terminal for whoever attaches to it, from anywhere.
  private static func isMultiplexer(_ name: String) -> Bool {
    switch name {
    case "screen", "SCREEN", "dtach", "abduco", "zellij", "byobu": true
    default: name.hasPrefix("tmux")
    }
  }

  /// What a process has open, as far as it can be seen.
  private struct OpenFiles {
    /// The inodes of its sockets.
    var sockets: Set<UInt64> = []
    /// Whether it holds the other side of a pseudo terminal.
    var hasTerminal = false

    init(_ process: Int, _ tree: borrowing SystemTree) {
      let folder = "\(process)/fd"
      var buffer = ReadBuffer()
      for file in tree.processNames(folder) ?? [] {
        guard let target = tree.processLink(folder + "/" + file, into: &buffer) else { continue }
        if target.starts(with: "socket:[".utf8) {
          let digits = target.dropFirst(8).prefix { $0 != UInt8(ascii: "]") }
          if let inode = UInt64(displayText(digits)) { sockets.insert(inode) }
        } else if target.elementsEqual("/dev/ptmx".utf8)
          || target.elementsEqual("/dev/pts/ptmx".utf8)
        {
          hasTerminal = true
        }
      }
    }
  }
}
