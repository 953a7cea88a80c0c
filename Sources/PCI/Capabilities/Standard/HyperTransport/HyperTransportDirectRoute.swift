// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport DirectRoute block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportDirectRoute: CapabilityPart {
  /// The type of block, and the bytes that it takes at least.
  public static let part = PartKind(0b10110, "DirectRoute", size: 12)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Command.
  public enum Command: RegisterFields {
    static let itself = Register(2, 2, "command")
    /// Number of DirectRoute Spaces.
    public static let spaces = number(0...3, "spaces")
    /// Index.
    public static let index = number(4...8, "index")
    static let fields = [spaces, index]
  }

  /// DirectRoute Enable Vector.
  public static let enableVector = Register(4, 4, "enableVector").hexadecimal()
  /// Data.
  public static let data = Register(8, 4, "data").hexadecimal()

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [Command.fields, [enableVector, data]])
}
