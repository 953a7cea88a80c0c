// SPDX-License-Identifier: Apache-2.0

/// The Configuration Access Correlation capability, extended id 0x000c.
///
/// PCI Express Trusted Configuration Space for Devices ECN (2005); later bases
/// call the id deprecated.
public struct ConfigurationAccessCorrelation: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x000c, "cac", "Configuration Access Correlation", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Device Correlation: a value written from within the trusted software environment.
  public static let deviceCorrelation = Register(4, 4, "deviceCorrelation").hexadecimal()

  public static let layout = RegisterLayout([deviceCorrelation])
}
