// SPDX-License-Identifier: Apache-2.0

/// The Page Request capability, extended id 0x0013.
///
/// PCI Express Base 6.0, section 10.5.2.
public struct PageRequest: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0013, "pri", "Page Request Interface", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Control: RegisterFields {
    static let itself = Register(4, 2, "control")
    public static let enable = flag(0, "enable")
    public static let reset = flag(1, "reset")
    static let fields = [enable, reset]
  }

  public enum Status: RegisterFields {
    static let itself = Register(6, 2, "status")
    public static let responseFailure = flag(0, "responseFailure")
    public static let unexpectedGroupIndex = flag(1, "unexpectedGroupIndex")
    public static let stopped = flag(8, "stopped")
    /// PRG Response PASID Required.
    public static let groupResponsePASIDRequired = flag(15, "groupResponsePASIDRequired")
    static let fields = [
      responseFailure, unexpectedGroupIndex, stopped, groupResponsePASIDRequired,
    ]
  }

  public static let outstandingCapacity = Register(8, 4, "outstandingCapacity").number()
  public static let outstandingAllocation = Register(0xc, 4, "outstandingAllocation").number()

  public static let layout = RegisterLayout(registers: [
    Control.fields, Status.fields, [outstandingCapacity, outstandingAllocation],
  ])

  /// Enable.
  public var isEnabled: Bool { flag(Control.enable) }
}
