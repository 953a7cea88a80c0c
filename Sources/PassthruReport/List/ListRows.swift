// SPDX-License-Identifier: Apache-2.0

/// The rows of a list for some of its functions, and whether each can go.
public struct ListRows: Sendable {
  var table = TextTable(flexible: 3)
  /// Whether each function can go as far as is known, in the order of the rows.
  public internal(set) var areSettled: [Bool] = []

  /// Makes the rows of a list: how many there are, and what makes some of them.
  ///
  /// The rows of a large host can be made in several threads, which only the
  /// caller has; the parts come back in order.
  public typealias Maker = (Int, @Sendable (Range<Int>) -> ListRows) -> [ListRows]
}
