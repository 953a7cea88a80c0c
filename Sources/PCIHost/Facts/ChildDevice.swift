// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A device that a driver made of a function: an interface, a disk, a card.
public struct ChildDevice: Hashable, Sendable {
  /// What a child device is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A network interface.
    case network
    /// A disk or another block device.
    case block
    /// A display.
    case display
    /// A framebuffer.
    case framebuffer
    /// A sound card.
    case sound
    /// A USB bus.
    case usb
    /// A keyboard or a mouse.
    case input
    /// An NVMe controller.
    case nvme
    /// A serial port.
    case serial
  }

  /// What it is.
  public var kind: Kind
  /// Its name on its system: `enp10s0f1`, `nvme0n1`.
  public var name: String
  /// The function it belongs to.
  public var function: FunctionAddress

  /// Names a child device; control characters in its name become spaces.
  public init(kind: Kind, name: String, function: FunctionAddress) {
    self.kind = kind
    self.name = displayText(name)
    self.function = function
  }
}
