// SPDX-License-Identifier: Apache-2.0

/// The USB debug port capability of an EHCI controller, id 0x0a.
///
/// Enhanced Host Controller Interface for USB 1.0, appendix C.
public struct DebugPort: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x0a, "debug", "Debug Port", size: 4)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Debug Port Offset and BAR.
  public enum Location: RegisterFields {
    static let itself = Register(2, 2, "location")
    /// Offset of the debug registers in the window, in bytes.
    public static let offset = hexadecimal(0...12, "offset", digits: 4)
    /// Number of the base address register, 1 for the one at 0x10.
    public static let bar = number(13...15, "bar")
    static let fields = [offset, bar]
  }

  public static let layout = RegisterLayout(registers: [Location.fields])
}
