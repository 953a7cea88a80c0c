// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Fewer functions than this a thread are done faster by one: making another
/// costs what reading some ten functions does.
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
