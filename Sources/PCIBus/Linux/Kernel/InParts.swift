// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// Fewer things than this a thread are done faster by one: making another costs
/// what reading or judging some ten functions does.
private let threadShare = 256

/// Does `body` for parts of 0..<`count`, each in a thread of its own.
///
/// - Parameters:
///   - count: How many things there are to do.
///   - threads: How many parts to make; `nil` is one a processor, and one where
///     there is not much to do.
///   - body: Does one part.
/// - Returns: What `body` returned for each part, in their order.
package func inParts<Part: Sendable>(
  of count: Int, threads: Int? = nil, _ body: @Sendable (Range<Int>) -> Part
) -> [Part] {
  let wanted = threads ?? min(availableProcessors(), count / threadShare)
  let threads = max(1, min(wanted, count))
  if threads == 1 { return [body(0..<count)] }
  let parts = Mutex([Part?](repeating: nil, count: threads))
  concurrently(threads) { number in
    let part = body(count * number / threads..<count * (number + 1) / threads)
    parts.withLock { $0[number] = part }
  }
  return parts.withLock { $0.compactMap { $0 } }
}

/// How many processors there are.
func availableProcessors() -> Int { max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))) }

/// One thread's part of `concurrently`.
private final class ThreadPart {
  let run: () -> Void
  init(_ run: @escaping () -> Void) { self.run = run }
}

/// Runs `body` for 0..<`count` at once, each number in a thread of its own, and waits.
///
/// Where the system refuses a thread, its part runs in this one.
func concurrently(_ count: Int, _ body: @Sendable (Int) -> Void) {
  #if os(Linux)
    withoutActuallyEscaping(body) { body in
      var threads: [pthread_t] = []
      for number in 1..<max(count, 1) {
        let part = unsafe Unmanaged.passRetained(ThreadPart { body(number) })
        var thread = pthread_t()
        let status = unsafe pthread_create(
          &thread, nil,
          { argument in
            if let argument = unsafe argument {
              unsafe Unmanaged<ThreadPart>.fromOpaque(argument).takeRetainedValue().run()
            }
            return nil
          }, part.toOpaque())
        if status == 0 {
          threads.append(thread)
        } else {
          unsafe part.takeRetainedValue().run()
        }
      }
      if count > 0 { body(0) }
      for thread in threads { _ = pthread_join(thread, nil) }
    }
  #else
    // A pthread_t is a pointer on FreeBSD. sysfs is Linux's, so what is read
    // elsewhere is a recording, and one thread does.
    for number in 0..<max(count, 0) { body(number) }
  #endif
}
