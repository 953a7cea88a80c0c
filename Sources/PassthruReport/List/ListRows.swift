// SPDX-License-Identifier: Apache-2.0

public import PassthruAnalysis

/// The rows of a list for some of its functions, and their verdicts.
public struct ListRows: Sendable {
  var table = TextTable(flexible: 3)
  /// The verdicts of the functions, in the order of the rows.
  public internal(set) var verdicts: [Verdict] = []

  /// Makes the rows of a list: how many there are, and what makes some of them.
  ///
  /// The rows of a large host can be made in several threads, which only the
  /// caller has; the parts come back in order.
  public typealias Maker = (Int, @Sendable (Range<Int>) -> ListRows) -> [ListRows]
}
