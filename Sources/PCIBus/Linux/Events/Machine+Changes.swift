// SPDX-License-Identifier: Apache-2.0

public import PCIHost

extension Machine {
  /// What happens to the PCI functions of the machine that the program runs on, from now on.
  ///
  ///     for try await change in machine.changes() { ... }
  ///
  /// Linux announces it by netlink, without privilege; it is looked at ten times a second,
  /// so that no thread waits. After `.lost` the bus has to be read anew. The sequence ends
  /// when its task is cancelled, and throws `ScanError` where the kernel cannot be listened
  /// to: in a container it is silent, and on FreeBSD, where devd tells, it is not supported.
  public func changes() -> AsyncThrowingStream<EventSocket.Arrival, any Error> {
    AsyncThrowingStream { continuation in
      let task = Task {
        do {
          var socket = try EventSocket()
          while !Task.isCancelled {
            let arrival = try socket.next(within: 0)
            if arrival == .nothing {
              try await Task.sleep(for: .milliseconds(100))
            } else {
              continuation.yield(arrival)
            }
          }
          continuation.finish()
        } catch is CancellationError {
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }
}
