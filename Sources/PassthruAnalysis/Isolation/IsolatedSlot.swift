// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A port of the machine whose bus is isolated from all others up to the root.
///
/// A single-function card right behind it is alone in its group.
public struct IsolatedSlot: Hashable, Sendable {
  /// The root or downstream port.
  public var port: FunctionAddress
  /// The slot's name, where the firmware gives one.
  public var name: String?
  /// Whether a device is behind the port now.
  public var isOccupied: Bool

  /// Records a slot.
  public init(port: FunctionAddress, name: String?, isOccupied: Bool) {
    self.port = port
    self.name = name
    self.isOccupied = isOccupied
  }
}
