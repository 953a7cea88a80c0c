// SPDX-License-Identifier: Apache-2.0

public import PCI

/// What the next boot does to unit numbers when functions are handed to ppt(4).
///
/// `pptdevs` of loader.conf takes effect at boot, where units are counted anew.
/// At run time nobody moves: `devctl set driver` leaves a hole.
public struct RenumberingPrediction: Hashable, Sendable {
  /// The unit of ppt(4) that a function gets.
  public struct PassthroughUnit: Hashable, Sendable {
    /// The function.
    public var address: FunctionAddress
    /// Its unit: 0 for `ppt0`.
    public var unit: Int
  }

  /// A driver whose units cannot be predicted.
  public struct Unpredictable: Hashable, Sendable {
    /// The driver's name.
    public var driver: String
    /// Why, in one sentence without a full stop.
    public var reason: String
  }

  /// The units that move, by driver and then by today's unit.
  public var moves: [Renumbering]
  /// The units of ppt(4) after the boot, in its order; empty where not predicted.
  public var passthroughUnits: [PassthroughUnit]
  /// The drivers that are concerned and cannot be predicted.
  public var unpredictable: [Unpredictable]
  /// Lines for /boot/loader.conf that keep the names (FreeBSD 12.0 and later).
  public var hints: [String]

  /// What else is counted anew and cannot be told from the PCI bus alone, in sentences.
  public var counters: [String]

  /// Starts with nothing that moves.
  public init() {
    counters = []
    moves = []
    passthroughUnits = []
    unpredictable = []
    hints = []
  }

  /// Why units cannot be predicted, in one sentence; `nil` where all can.
  public var reason: String? {
    guard let first = unpredictable.first else { return nil }
    var text = "the units of \(first.driver) cannot be predicted: \(first.reason)"
    for other in unpredictable.dropFirst() {
      text += "; of \(other.driver): \(other.reason)"
    }
    return text
  }
}
