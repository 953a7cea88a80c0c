// SPDX-License-Identifier: Apache-2.0

/// The power state the kernel believes a function to be in.
///
/// The sysfs attribute is `power_state` (Linux 5.11 and later). It is the
/// kernel's cached value and not a reading of the hardware.
public enum PowerState: UInt8, Hashable, Sendable, CaseIterable {
  /// Fully on.
  case d0
  /// Light sleep.
  case d1
  /// Deeper sleep.
  case d2
  /// Off, with the bus still powered: configuration space answers.
  case d3hot
  /// Off, without power: reading configuration space would wake it.
  case d3cold

  /// Linux's spelling: `D0`, `D3hot`.
  public var name: String {
    switch self {
    case .d0: "D0"
    case .d1: "D1"
    case .d2: "D2"
    case .d3hot: "D3hot"
    case .d3cold: "D3cold"
    }
  }
}
