// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PassthruCommand
internal import PassthruReport

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What others take for a scan, and how often one calls the kernel.
struct OtherScanners {
  private let bench: BenchRequest

  init(_ bench: BenchRequest) { self.bench = bench }

  /// Measures, and adds it to a report.
  func measure(into report: inout BenchReport) {
    countCalls(&report)
    if bench.timesPeers { timePeers(&report) }
  }

  /// Counts by strace what one scan more costs: the difference of two runs.
  private func countCalls(_ report: inout BenchReport) {
    guard let strace = Self.find("strace") else {
      report.uncounted = "strace is not installed"
      return
    }
    var counts: [Int] = []
    for runs in ["1", "2"] {
      guard let log = Self.temporaryFile() else {
        report.uncounted = "there is no place for strace's log: set TMPDIR"
        return
      }
      var arguments = ["-f", "-qq", "-o", log, Self.ownPath, "bench", "--runs", runs, "--bare"]
      if let path = bench.from { arguments += ["--from", path] }
      defer { _ = unsafe unlink(log) }
      guard Self.run(strace, arguments) != nil, let bytes = try? SystemProcess.read(log) else {
        report.uncounted = "strace could not run"
        return
      }
      // What the allocator asks for comes and goes; the rest is the scan's.
      let ignored = [" brk(", " mmap(", " munmap(", " mremap(", " madvise(", " getrandom("]
      let lines = bytes.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
      counts.append(lines.filter { line in !ignored.contains { line.contains($0) } }.count)
    }
    report.systemCalls = counts[1] - counts[0]
  }

  /// The path of a new file of this process's own.
  ///
  /// The name cannot be foretold: root may run this, and a link that somebody
  /// left under a known name would lead its writes elsewhere.
  private static func temporaryFile() -> String? {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var name = Array((folder + "/passthru-bench.XXXXXX").utf8CString)
    let file = unsafe mkstemp(&name)
    guard file >= 0 else { return nil }
    close(file)
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Times whole processes in turn: this command's list, and lspci.
  private func timePeers(_ report: inout BenchReport) {
    guard bench.from == nil else {
      report.notes.append("others are timed on this machine's own bus only: leave out --from")
      return
    }
    guard let lspci = Self.find("lspci") else {
      report.notes.append("lspci is not installed: nothing to compare with")
      return
    }
    let commands: [(String, String, [String])] = [
      ("passthru", Self.ownPath, ["list", "-a"]),
      ("lspci -n", lspci, ["-n"]), ("lspci -nn", lspci, ["-nn"]),
    ]
    var times = [[UInt64]](repeating: [], count: commands.count)
    for round in 0..<max(min(bench.runs, 50), 5) {
      for (index, command) in commands.enumerated() {
        guard let taken = Self.run(command.1, command.2) else {
          report.notes.append("\(command.1) could not be run")
          return
        }
        // The first round fills the caches.
        if round > 0 { times[index].append(taken) }
      }
    }
    report.processes = zip(commands, times).map { BenchReport.Series($0.0, $1) }
  }

  private static let ownPath = "/proc/self/exe"

  /// Runs a program with its output thrown away; nanoseconds from start to end.
  private static func run(_ program: String, _ arguments: [String]) -> UInt64? {
    // What strace starts must be this program, and not strace.
    let own = unsafe realpath(ownPath, nil)
    defer { unsafe free(own) }
    let ownText = unsafe own.map { unsafe String(cString: $0) } ?? ownPath
    let texts = ([program] + arguments).map { $0 == ownPath ? ownText : $0 }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var copies: [UnsafeMutablePointer<CChar>?] = unsafe []
    for text in texts { unsafe copies.append(strdup(text)) }
    unsafe copies.append(nil)
    defer { unsafe copies.forEach { unsafe free($0) } }
    var child = pid_t()
    let start = SystemProcess.nanoseconds
    guard unsafe posix_spawn(&child, texts[0], &actions, nil, &copies, environ) == 0 else {
      return nil
    }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return nil }
    }
    let taken = SystemProcess.nanoseconds - start
    // A list with something blocked in it ends with 0 or 1: both are whole runs.
    return status & 0x7f == 0 && status >> 8 & 0xff <= 1 ? taken : nil
  }

  /// The whole path of a program on `PATH`, or where root's programs are.
  private static func find(_ name: String) -> String? {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
    let folders =
      path.split(separator: ":").map { String($0) } + ["/usr/bin", "/sbin", "/usr/sbin"]
    return folders.map { $0 + "/" + name }.first { unsafe access($0, X_OK) == 0 }
  }
}
