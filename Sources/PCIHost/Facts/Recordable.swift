// SPDX-License-Identifier: Apache-2.0

/// A list that tells "there is none" from "nobody wrote it down".
///
/// An empty list that was never set says nothing; setting it, or adding to it,
/// records it, were it empty.
@propertyWrapper
public struct Recordable<Element: Hashable & Sendable>: Hashable, Sendable {
  /// The list; empty where there is none, and where it is not recorded.
  public var wrappedValue: [Element] { didSet { isRecorded = true } }
  /// Whether the record says what is in the list.
  public private(set) var isRecorded = false

  /// A list of which nothing is recorded.
  public init() { wrappedValue = [] }

  /// A list as it was recorded; `nil` where it was not.
  public init(_ list: [Element]?) {
    wrappedValue = list ?? []
    isRecorded = list != nil
  }

  /// The list; `nil` where it is not recorded.
  public var recorded: [Element]? { isRecorded ? wrappedValue : nil }

  /// Says that the list has all there is.
  public mutating func record() { isRecorded = true }

  /// The list with what is known of it.
  public var projectedValue: Recordable {
    get { self }
    set { self = newValue }
  }
}
