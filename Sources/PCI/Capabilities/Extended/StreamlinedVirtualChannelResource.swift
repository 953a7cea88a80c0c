// SPDX-License-Identifier: Apache-2.0

/// One channel of a Streamlined Virtual Channel capability.
///
/// PCI Express Base 6.4, sections 7.9.29.6 to 7.9.29.8.
public struct StreamlinedVirtualChannelResource: RegisterBlock {
  public let registers: RegisterBytes

  public enum Capability: RegisterFields {
    static let itself = Register(0, 4, "capability")
    /// The protocols that the channel can carry: 0 as channel 0, 2 UIO alone, 3 UIO or others.
    public static let protocols = names(
      8...11, "protocols", StreamlinedVirtualChannelResource.protocols)
    public static let id = number(12...14, "id")
    static let fields = [protocols, id]
  }

  public enum Control: RegisterFields {
    static let itself = Register(4, 4, "control")
    /// TC/VC Map: bit n is traffic class n.
    public static let trafficClassMap = hexadecimal(0...7, "trafficClassMap", digits: 2)
    /// The protocol selected, as a code of ``StreamlinedVirtualChannelResource/Capability/protocols``.
    public static let `protocol` = names(
      8...11, "protocol", StreamlinedVirtualChannelResource.protocols)
    /// Shared Flow Control Usage Limit.
    public static let sharedFlowControlLimit = number(27...29, "sharedFlowControlLimit")
    /// Shared Flow Control Usage Limit Enable.
    public static let sharedFlowControlLimitEnable = flag(30, "sharedFlowControlLimitEnable")
    public static let enable = flag(31, "enable")
    static let fields = [
      trafficClassMap, `protocol`, sharedFlowControlLimit, sharedFlowControlLimitEnable, enable,
    ]
  }

  public enum Status: RegisterFields {
    static let itself = Register(8, 4, "status")
    public static let negotiationPending = flag(1, "negotiationPending")
    static let fields = [negotiationPending]
  }

  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, Status.fields,
  ])

  private static let protocols = ["as channel 0", "reserved", "UIO", "UIO or as channel 0"]
}
