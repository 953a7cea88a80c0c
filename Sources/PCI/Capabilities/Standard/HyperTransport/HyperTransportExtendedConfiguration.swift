// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport extended configuration space access block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportExtendedConfiguration: CapabilityPart {
  public static let part = PartKind(0b10011, "extended configuration space access", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Address: RegisterFields {
    static let itself = Register(4, 4, "address")
    /// All of its bits.
    public static let register = address(2...11, "register", digits: 3)
    public static let function = number(12...14, "function")
    public static let device = number(15...19, "device")
    public static let bus = number(20...27, "bus")
    /// Access type 1.
    public static let type1 = flag(28, "type1")
    static let fields = [register, function, device, bus, type1]
  }

  public static let data = Register(8, 4, "data").hexadecimal()

  public static let layout = RegisterLayout(registers: [Address.fields, [data]])
}
