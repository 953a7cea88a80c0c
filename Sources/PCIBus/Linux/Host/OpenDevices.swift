// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The nodes below /dev that programs have open, each once a program.
///
/// Without root the user's own programs are seen only (proc_pid_fd(5)).
struct OpenDevices {
  /// A program with a node open.
  struct Entry {
    /// The node: `/dev/nvme1n1`.
    var path: String
    /// What the program calls itself, or its number.
    var process: String
    var processID: Int
  }

  let entries: [Entry]

  /// Looks at every program's open files.
  init(_ tree: borrowing SystemTree) {
    var entries: [Entry] = []
    var buffer = ReadBuffer()
    for process in tree.processNames(".") ?? [] {
      guard let identity = Int(process) else { continue }
      var paths: Set<String> = []
      for file in tree.processNames(process + "/fd") ?? [] {
        guard let target = tree.processLink(process + "/fd/" + file, into: &buffer),
          target.starts(with: "/dev/".utf8)
        else { continue }
        paths.insert(displayText(target))
      }
      guard !paths.isEmpty else { continue }
      let name = tree.words(process + "/comm")?.first?.joined(separator: " ") ?? process
      entries += paths.sorted().map { Entry(path: $0, process: name, processID: identity) }
    }
    self.entries = entries
  }
}
