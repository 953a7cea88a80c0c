// SPDX-License-Identifier: Apache-2.0

extension FixedWidthInteger where Self: UnsignedInteger {
  /// Lower-case hexadecimal digits without a prefix, padded with zeros.
  package func hexadecimal(width: Int) -> String {
    let digits = String(self, radix: 16)
    guard digits.utf8.count < width else { return digits }
    return String(repeating: "0", count: width - digits.utf8.count) + digits
  }
}
