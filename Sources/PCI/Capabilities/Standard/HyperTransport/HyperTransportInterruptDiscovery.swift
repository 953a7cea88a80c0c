// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport interrupt discovery and configuration block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportInterruptDiscovery: CapabilityPart {
  /// The type of block, and the bytes that it takes at least.
  public static let part = PartKind(0b10000, "interrupt discovery and configuration", size: 8)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Index.
  public static let index = Register(2, 1, "index").hexadecimal()
  /// Dataport.
  public static let dataPort = Register(4, 4, "dataPort").hexadecimal()

  /// The fields, in register order.
  public static let layout = RegisterLayout([index, dataPort])
}
