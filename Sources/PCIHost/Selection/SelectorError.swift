// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Why a selector names nothing, or not one thing.
public enum SelectorError: Error, Hashable, Sendable {
  /// The text is not a valid selector.
  case malformed(String)
  /// No function is named so.
  case noMatch(String)
  /// Several functions could be meant.
  case ambiguous(String, candidates: [FunctionAddress])
  /// A function is at the address, but under another name.
  case renamed(String, address: FunctionAddress, actual: String?)
}

extension SelectorError: CustomStringConvertible {
  /// What happened and what to do, in one line.
  public var description: String {
    switch self {
    case .malformed(let text):
      "\(displayText(text.utf8)) is not a valid selector: "
        + "write an address (0a:00.0, pci0:10:0:0, 10/0/0), a name (em0), "
        + "ids (8086:1521), class:NAME or group:N"
    case .noMatch(let text):
      "no function is named \(displayText(text.utf8)): `passthru list -a` shows all"
    case .ambiguous(let text, let candidates):
      "\(displayText(text.utf8)) could be "
        + candidates.map { $0.description }.joined(separator: " or ") + ": name the one you mean"
    case .renamed(let text, let address, let actual):
      "\(displayText(text.utf8)) is not what is at that address: \(address.freeBSDSelector) is "
        + (actual ?? "without a driver") + " now: leave out the name before the @"
    }
  }
}
