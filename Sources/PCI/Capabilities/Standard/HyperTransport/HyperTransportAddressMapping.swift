// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport address mapping block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportAddressMapping: CapabilityPart {
  public static let part = PartKind(0b10100, "address mapping", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Command: RegisterFields {
    static let itself = Register(2, 2, "command")
    /// Number of DMA Mappings.
    public static let dmaMappings = number(0...3, "dmaMappings")
    /// I/O Size.
    public static let ioSize = number(4...8, "ioSize")
    public static let mapType = names(9...10, "mapType", ["40-bit", "64-bit"])
    static let fields = [dmaMappings, ioSize, mapType]
  }

  /// Secondary bus non-prefetchable window (40-bit), or index (64-bit).
  public static let window0 = Register(4, 4, "window0").hexadecimal()
  /// Secondary bus prefetchable window (40-bit), or data lower (64-bit).
  public static let window1 = Register(8, 4, "window1").hexadecimal()

  public static let layout = RegisterLayout(registers: [Command.fields, [window0, window1]])
}
