// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PassthruCommand

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Watches the process that tells the kernel, and does not wait for ever.
///
/// The other process has a session of its own, so that an interrupt at the
/// keyboard ends the watching and not the change, which goes on to its end.
struct Supervisor {
  /// The descriptor on which the other process reports each step before it takes it.
  private static let reportDescriptor: CInt = 3

  private let deadline: Int

  /// What the other process does where the kernel keeps it waiting.
  private let afterWaiting: String

  init(_ change: ChangeRequest) {
    deadline = change.options.deadline
    afterWaiting = change.afterWaiting
  }

  /// Leaves the session of the process that watches, so that its end is not this one's.
  static func stepAside() { _ = setsid() }

  /// Reports a step, where somebody watches.
  static func report(_ step: String) {
    guard fcntl(reportDescriptor, F_GETFD) >= 0 else { return }
    let line = Array((step + "\n").utf8)
    // Nobody may be there any more: the work goes on all the same.
    _ = unsafe line.withUnsafeBytes { unsafe write(reportDescriptor, $0.baseAddress, $0.count) }
  }

  /// Runs this program with other arguments, until it ends or keeps still for too long.
  func watch(_ arguments: [String]) -> CommandResult {
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else {
      return .failure(.unreadable, "pipe: \(SystemFailure(errno).text)")
    }
    defer { close(ends[0]) }
    let child: pid_t
    do throws(SystemFailure) {
      child = try start(arguments, reportingTo: ends[1])
    } catch {
      close(ends[1])
      return .failure(.unreadable, "/proc/self/exe: \(error.text)")
    }
    close(ends[1])
    guard let last = follow(ends[0]) else { return result(of: child) }
    let step = last.isEmpty ? "looking at the host" : last
    return .failure(
      .blocked,
      "the kernel has not answered for \(deadline) s: \(step). It cannot be interrupted; "
        + "process \(child) " + afterWaiting)
  }

  private func start(
    _ arguments: [String], reportingTo descriptor: CInt
  ) throws(SystemFailure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Self.reportDescriptor)
    var copies: [UnsafeMutablePointer<CChar>?] = unsafe []
    for text in ["passthru"] + arguments { unsafe copies.append(strdup(text)) }
    unsafe copies.append(nil)
    defer { unsafe copies.forEach { unsafe free($0) } }
    var child = pid_t()
    let result = unsafe posix_spawn(
      &child, "/proc/self/exe", &actions, nil, &copies, environ)
    guard result == 0 else { throw SystemFailure(result) }
    return child
  }

  /// Follows the reports; the last one where they stop too long, `nil` where they end.
  private func follow(_ descriptor: CInt) -> String? {
    var last = ""
    var block = [UInt8](repeating: 0, count: 4096)
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      // One second more than the other process counts, which then reports itself.
      let ready = unsafe poll(&waiting, 1, CInt(deadline + 1) * 1000)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return last }
      let count = unsafe block.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return nil }
      let text = String(decoding: block[..<count], as: UTF8.self)
      if let line = text.split(separator: "\n").last { last = String(line) }
    }
  }

  /// How the other process ended; what it had to say it has said.
  private func result(of child: pid_t) -> CommandResult {
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else {
        return .failure(.unreadable, "waitpid: \(SystemFailure(errno).text)")
      }
    }
    let signal = status & 0x7f
    guard signal == 0 else {
      return .failure(
        .blocked,
        "the change was cut off by signal \(signal): passthru restore --apply puts it back")
    }
    return CommandResult(output: [], status: ExitStatus(rawValue: status >> 8 & 0xff) ?? .blocked)
  }
}
