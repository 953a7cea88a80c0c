// SPDX-License-Identifier: Apache-2.0

/// The Lane Margining at the Receiver capability, extended id 0x0027.
///
/// PCI Express Base 6.0, section 7.7.10.
public struct LaneMargining: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0027, "margining", "Lane Margining at the Receiver", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum PortCapabilities: RegisterFields {
    static let itself = Register(4, 2, "portCapabilities")
    /// Margining uses Driver Software.
    public static let driverSoftware = flag(0, "driverSoftware")
    static let fields = [driverSoftware]
  }

  public enum PortStatus: RegisterFields {
    static let itself = Register(6, 2, "portStatus")
    public static let ready = flag(0, "ready")
    public static let softwareReady = flag(1, "softwareReady")
    static let fields = [ready, softwareReady]
  }

  /// Margining Lane Control in the lower half and Status in the upper, of each lane.
  public static let lanes = RegisterArray(8, 4, "lanes") { $0.space.linkLaneCount }

  public static let layout = RegisterLayout(
    registers: [
      PortCapabilities.fields, PortStatus.fields,
    ], [lanes])
}
