// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport MSI mapping block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportMSIMapping: CapabilityPart {
  /// The type of block, and the bytes that it takes at least.
  public static let part = PartKind(0b10101, "MSI mapping", size: 4)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Command.
  public enum Command: RegisterFields {
    static let itself = Register(2, 2, "command")
    /// MSI mapping enable.
    public static let enable = flag(0, "enable")
    /// The address is fixed at 0xfee00000.
    public static let fixed = flag(1, "fixed")
    static let fields = [enable, fixed]
  }

  /// MSI Mapping Address Lower; `nil` where the address is fixed.
  public static let addressLow = Register(4, 4, "addressLow", if: hasAddress).address(20...31)
  /// MSI Mapping Address Upper.
  public static let addressHigh = Register(8, 4, "addressHigh", if: hasAddress).hexadecimal()

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [Command.fields, [addressLow, addressHigh]])

  private static func hasAddress(_ registers: RegisterBytes) -> Bool {
    registers[Command.fixed] == 0
  }
}
