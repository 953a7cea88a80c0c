// SPDX-License-Identifier: Apache-2.0

/// The Page Request capability, extended id 0x0013.
///
/// PCI Express Base 6.0, section 10.5.2.
public struct PageRequest: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x0013, "pri", "Page Request Interface", size: 16)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Page Request Control.
  public enum Control: RegisterFields {
    static let itself = Register(4, 2, "control")
    /// Enable.
    public static let enable = flag(0, "enable")
    /// Reset.
    public static let reset = flag(1, "reset")
    static let fields = [enable, reset]
  }

  /// Page Request Status.
  public enum Status: RegisterFields {
    static let itself = Register(6, 2, "status")
    /// Response Failure.
    public static let responseFailure = flag(0, "responseFailure")
    /// Unexpected Page Request Group Index.
    public static let unexpectedGroupIndex = flag(1, "unexpectedGroupIndex")
    /// Stopped.
    public static let stopped = flag(8, "stopped")
    /// PRG Response PASID Required.
    public static let groupResponsePASIDRequired = flag(15, "groupResponsePASIDRequired")
    static let fields = [
      responseFailure, unexpectedGroupIndex, stopped, groupResponsePASIDRequired,
    ]
  }

  /// Outstanding Page Request Capacity.
  public static let outstandingCapacity = Register(8, 4, "outstandingCapacity").number()
  /// Outstanding Page Request Allocation.
  public static let outstandingAllocation = Register(0xc, 4, "outstandingAllocation").number()

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    Control.fields, Status.fields, [outstandingCapacity, outstandingAllocation],
  ])

  /// Enable.
  public var isEnabled: Bool { flag(Control.enable) }
}
