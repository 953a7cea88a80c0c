// SPDX-License-Identifier: Apache-2.0

/// The Device 3 capability, extended id 0x002f.
///
/// PCI Express Base 6.0, section 7.7.9.
public struct Device3: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x002f, "dev3", "Device 3", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    /// DMWr Request Routing Supported.
    public static let deferrableMemoryWriteRoutingSupported = flag(
      0, "deferrableMemoryWriteRoutingSupported")
    /// 14-Bit Tag Completer Supported.
    public static let tag14BitCompleterSupported = flag(1, "tag14BitCompleterSupported")
    /// 14-Bit Tag Requester Supported.
    public static let tag14BitRequesterSupported = flag(2, "tag14BitRequesterSupported")
    public static let receiverL0pSupported = flag(3, "receiverL0pSupported")
    public static let portL0pExitLatency = names(
      4...6, "portL0pExitLatency", FieldMeaning.l1ExitLatency)
    public static let retimerL0pExitLatency = names(
      7...9, "retimerL0pExitLatency", FieldMeaning.l1ExitLatency)
    static let fields = [
      deferrableMemoryWriteRoutingSupported, tag14BitCompleterSupported, tag14BitRequesterSupported,
      receiverL0pSupported, portL0pExitLatency, retimerL0pExitLatency,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    public static let deferrableMemoryWriteRequesterEnable = flag(
      0, "deferrableMemoryWriteRequesterEnable")
    /// DMWr Egress Blocking.
    public static let deferrableMemoryWriteEgressBlocking = flag(
      1, "deferrableMemoryWriteEgressBlocking")
    /// 14-Bit Tag Requester Enable.
    public static let tag14BitRequesterEnable = flag(2, "tag14BitRequesterEnable")
    public static let l0pEnable = flag(3, "l0pEnable")
    public static let targetLinkWidth = names(
      4...6, "targetLinkWidth",
      ["x1", "x2", "x4", "x8", "x16", "reserved", "reserved", "dynamic"])
    static let fields = [
      deferrableMemoryWriteRequesterEnable, deferrableMemoryWriteEgressBlocking,
      tag14BitRequesterEnable, l0pEnable, targetLinkWidth,
    ]
  }

  public enum Status: RegisterFields {
    static let itself = Register(0xc, 4, "status")
    public static let initialLinkWidth = names(
      0...2, "initialLinkWidth", ["x1", "x2", "x4", "x8", "x16"])
    public static let segmentCaptured = flag(3, "segmentCaptured")
    public static let remoteL0pSupported = flag(4, "remoteL0pSupported")
    static let fields = [initialLinkWidth, segmentCaptured, remoteL0pSupported]
  }

  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, Control.fields, Status.fields,
  ])
}
