// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport DirectRoute block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportDirectRoute: CapabilityPart {
  public static let part = PartKind(0b10110, "DirectRoute", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Command: RegisterFields {
    static let itself = Register(2, 2, "command")
    /// Number of DirectRoute Spaces.
    public static let spaces = number(0...3, "spaces")
    public static let index = number(4...8, "index")
    static let fields = [spaces, index]
  }

  public static let enableVector = Register(4, 4, "enableVector").hexadecimal()
  public static let data = Register(8, 4, "data").hexadecimal()

  public static let layout = RegisterLayout(registers: [Command.fields, [enableVector, data]])
}
