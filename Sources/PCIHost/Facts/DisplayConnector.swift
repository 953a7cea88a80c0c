// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A socket of a graphics card, and whether a monitor is on it.
///
/// From `/sys/class/drm/cardN-NAME`, `status` and `enabled`.
public struct DisplayConnector: Hashable, Sendable {
  /// Its name: `card0-HDMI-A-1`.
  public var name: String
  /// The graphics card.
  public var function: FunctionAddress
  /// Whether a monitor answers; `nil` where the driver does not know.
  public var isConnected: Bool?
  /// Whether it shows a picture; `nil` where not recorded.
  public var isEnabled: Bool?

  /// Records a connector.
  public init(
    name: String, function: FunctionAddress, isConnected: Bool? = nil, isEnabled: Bool? = nil
  ) {
    self.name = name
    self.function = function
    self.isConnected = isConnected
    self.isEnabled = isEnabled
  }
}
