// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Counts what the tests of a suite looked at, and says it after them.
final class Counted: SuiteTrait, TestScoping, @unchecked Sendable {
  private let what: String
  private let lock = NSLock()
  private var counts: [String: Int] = [:]

  init(_ what: String) { self.what = what }

  /// Adds to what is counted under a plural noun.
  func add(_ noun: String, _ count: Int = 1) {
    lock.withLock { counts[noun, default: 0] += count }
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await function()
    let text = lock.withLock {
      counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    }
    print("\(what): \(text.joined(separator: ", "))")
    #expect(!text.isEmpty, "nothing was looked at")
  }
}
