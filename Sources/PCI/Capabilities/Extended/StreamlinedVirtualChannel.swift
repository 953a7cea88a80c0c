// SPDX-License-Identifier: Apache-2.0

/// The Streamlined Virtual Channel capability, extended id 0x0035.
///
/// PCI Express Base 6.4, section 7.9.29. It stands in for Virtual Channel on
/// ports that carry unordered I/O (UIO).
public struct StreamlinedVirtualChannel: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0035, "svc", "Streamlined Virtual Channel", size: 32)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// SVC Port Capability 1.
  public enum Capability1: RegisterFields {
    static let itself = Register(4, 4, "capability1")
    /// SVC Extended VC Count: the channels besides channel 0.
    public static let extendedCount = number(0...2, "extendedCount")
    static let fields = [extendedCount]
  }

  /// SVC Port Capability 2, without a field so far.
  public static let capability2 = Register(8, 4, "capability2").hexadecimal()

  /// SVC Port Control.
  public enum Control: RegisterFields {
    static let itself = Register(0xc, 4, "control")
    public static let enablementCompleted = flag(0, "enablementCompleted")
    static let fields = [enablementCompleted]
  }

  /// SVC Port Status.
  public enum Status: RegisterFields {
    static let itself = Register(0x10, 4, "status")
    /// Use VC/MFVC: whether the older capabilities control the link's channels still.
    public static let useVirtualChannel = flag(0, "useVirtualChannel")
    static let fields = [useVirtualChannel]
  }

  public static let layout = RegisterLayout(registers: [
    Capability1.fields, [capability2], Control.fields, Status.fields,
  ])

  /// The channels, channel 0 first.
  public var resources: [StreamlinedVirtualChannelResource] {
    (0..<Self.channelCount(registers)).map {
      StreamlinedVirtualChannelResource(registers: registers.advanced(by: 0x14 + 12 * $0))
    }
  }

  private static func channelCount(_ registers: RegisterBytes) -> Int {
    Int(registers[Capability1.extendedCount] ?? 0) + 1
  }

  /// Whether all channels were read.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    registers.holds(kind.size) && registers.holds(0x14 + 12 * channelCount(registers))
  }

  public var fields: [Field] { Self.layout.fields(registers) + resources.fields("resources") }

  public static var fieldNames: [String] {
    layout.names + [StreamlinedVirtualChannelResource].fieldNames("resources")
  }
}
