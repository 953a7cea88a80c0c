// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// One option of a subcommand: its names, its help, and what it sets.
struct CommandOption<Payload>: Sendable {
  let declaration: OptionDeclaration
  /// Sets it; an option without a value is given an empty text.
  let set: @Sendable (inout Payload, String) throws(ArgumentError) -> Void

  /// An option without a value.
  static func flag(
    _ name: String, letter: String? = nil, isHidden: Bool = false, _ help: String,
    _ set: @escaping @Sendable (inout Payload) -> Void
  ) -> Self {
    Self(
      declaration: OptionDeclaration(
        name, letter: letter, value: nil, help: help, isHidden: isHidden)
    ) { payload, _ in set(&payload) }
  }

  /// An option with a value.
  static func value(
    _ name: String, letter: String? = nil, _ value: String, _ help: String,
    isRepeating: Bool = false, completes completion: Completion = .nothing,
    _ set: @escaping @Sendable (inout Payload, String) throws(ArgumentError) -> Void
  ) -> Self {
    Self(
      declaration: OptionDeclaration(
        name, letter: letter, value: value, help: help, isRepeating: isRepeating,
        completion: completion), set: set)
  }

  /// An option whose value is a whole number in a range.
  static func number(
    _ name: String, _ value: String, _ help: String,
    _ range: ClosedRange<Int> = 0...Int(Int32.max),
    _ set: @escaping @Sendable (inout Payload, Int) -> Void
  ) -> Self {
    .value(name, value, help) { (payload: inout Payload, text) throws(ArgumentError) in
      guard let number = Int(text) else {
        throw ArgumentError("\(displayText(text.utf8)) is not a number for \(name)")
      }
      guard range.contains(number) else {
        throw ArgumentError(
          "\(name) takes a number from \(range.lowerBound) to \(range.upperBound)")
      }
      set(&payload, number)
    }
  }

  /// An option whose value is one of a few words.
  static func choice<Choice>(
    _ name: String, _ value: String, _ help: String,
    _ set: @escaping @Sendable (inout Payload, Choice) -> Void
  ) -> Self where Choice: RawRepresentable<String> & CaseIterable & Sendable {
    let words = Completion.words { Choice.allCases.map { $0.rawValue } }
    return .value(name, value, help, completes: words) {
      (payload: inout Payload, text) throws(ArgumentError) in
      guard let choice = Choice(rawValue: text) else {
        let known = Choice.allCases.map { $0.rawValue }.joined(separator: " or ")
        throw ArgumentError("\(name) cannot be \(displayText(text.utf8)): it is \(known)")
      }
      set(&payload, choice)
    }
  }
}
