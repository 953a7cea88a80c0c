// SPDX-License-Identifier: Apache-2.0

internal import CDevPCI

/// A call to the system that failed.
package struct SystemFailure: Error, Hashable, Sendable {
  /// This system's error number.
  package let number: Int32

  /// Keeps an error number.
  package init(_ number: Int32) { self.number = number }

  /// The system's words for it.
  package var text: String { unsafe String(cString: devpci_error_text(number)) }
}
