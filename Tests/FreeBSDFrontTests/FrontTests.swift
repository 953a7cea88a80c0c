// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The FreeBSD front over played kernels; skipped, with the reason, where it is not built.
@Suite(.enabled(if: Front.isBuilt), Front.counted)
enum FrontTests {}

/// Where zig is counted on, as in CI, the tests of the FreeBSD front may not be skipped.
struct FrontIsBuiltTests {
  @Test func isBuilt() {
    let isCountedOn = ProcessInfo.processInfo.environment["REQUIRE_ZIG"] != nil
    #expect(!isCountedOn || Front.missing == nil)
  }
}
