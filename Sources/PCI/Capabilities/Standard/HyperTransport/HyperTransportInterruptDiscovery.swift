// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport interrupt discovery and configuration block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportInterruptDiscovery: CapabilityPart {
  public static let part = PartKind(0b10000, "interrupt discovery and configuration", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let index = Register(2, 1, "index").hexadecimal()
  public static let dataPort = Register(4, 4, "dataPort").hexadecimal()

  public static let layout = RegisterLayout([index, dataPort])
}
