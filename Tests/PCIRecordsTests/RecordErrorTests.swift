// SPDX-License-Identifier: Apache-2.0

import PCIRecords
import Testing

/// What cannot be read, each with its error.
@Suite struct RecordErrorTests {
  @Test func emptyFile() {
    #expect(throws: RecordError.empty(size: 0)) { try recordedHost([], location: "x") }
  }
}
