// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What `/proc/PID/stat` says of one process.
struct ProcessStatus {
  let identifier: Int
  /// The first 15 bytes of its name: `sshd-session`, `tmux: server`.
  let name: String
  /// The process that started it; 0 where that is outside of the PID namespace.
  let parent: Int
  /// The device number of its terminal; 0 for none.
  let terminal: Int

  /// Whether its terminal is a pseudo terminal (majors 136 to 143).
  var hasPseudoTerminal: Bool { (136...143).contains(terminal >> 8 & 0xfff) }

  /// Reads the status of a process by its number, or of `self`.
  ///
  /// The name stands in brackets and may hold some itself (proc_pid_stat(5)).
  init?(_ process: String, _ tree: borrowing SystemTree) {
    guard let bytes = tree.start(process + "/stat", limit: 4096),
      let open = bytes.firstIndex(of: UInt8(ascii: "(")),
      let close = bytes.lastIndex(of: UInt8(ascii: ")")), open < close,
      let identifier = Int(displayText(bytes[..<open].filter { $0 != 0x20 }))
    else { return nil }
    // State, parent, process group, session, terminal.
    let fields = bytes[(close + 1)...].split(separator: 0x20).prefix(5).map { displayText($0) }
    guard fields.count == 5, let parent = Int(fields[1]), let terminal = Int(fields[4]) else {
      return nil
    }
    self.identifier = identifier
    name = displayText(bytes[(open + 1)..<close])
    self.parent = parent
    self.terminal = terminal
  }
}
