// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport MSI mapping block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportMSIMapping: CapabilityPart {
  public static let part = PartKind(0b10101, "MSI mapping", size: 4)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Command: RegisterFields {
    static let itself = Register(2, 2, "command")
    public static let enable = flag(0, "enable")
    /// The address is fixed at 0xfee00000.
    public static let fixed = flag(1, "fixed")
    static let fields = [enable, fixed]
  }

  /// MSI Mapping Address Lower; `nil` where the address is fixed.
  public static let addressLow = Register(4, 4, "addressLow", if: hasAddress).address(20...31)
  /// MSI Mapping Address Upper.
  public static let addressHigh = Register(8, 4, "addressHigh", if: hasAddress).hexadecimal()

  public static let layout = RegisterLayout(registers: [Command.fields, [addressLow, addressHigh]])

  private static func hasAddress(_ registers: RegisterBytes) -> Bool {
    registers[Command.fixed] == 0
  }
}
