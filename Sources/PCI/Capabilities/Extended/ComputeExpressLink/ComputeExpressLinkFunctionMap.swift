// SPDX-License-Identifier: Apache-2.0

/// The registers of the Non-CXL Function Map DVSEC, DVSEC id 2.
///
/// Compute Express Link 3.0, section 8.1.4.
public struct ComputeExpressLinkFunctionMap: CapabilityPart {
  public static let part = PartKind(2, "Non-CXL Function Map", size: 44)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Non-CXL Function Map Registers 0 to 7: bit n of register m is device n, function m.
  public static let map = Register.series(0xc, 4, "map", 0..<8)

  public static let layout = RegisterLayout(map)
}
