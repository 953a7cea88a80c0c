// SPDX-License-Identifier: Apache-2.0

/// What a record says of a fact, in words.
public enum FactText: Hashable, Sendable {
  /// One value: `vfio-pci`.
  case value(String)
  /// A list, one text an element; empty where it is known to have none.
  case list([String])

  /// The words on one line.
  public var description: String {
    switch self {
    case .value(let text): text.isEmpty ? "empty" : text
    case .list(let texts): texts.isEmpty ? "none" : texts.joined(separator: ", ")
    }
  }
}
