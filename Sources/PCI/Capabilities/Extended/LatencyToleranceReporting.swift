// SPDX-License-Identifier: Apache-2.0

/// The Latency Tolerance Reporting capability, extended id 0x0018.
///
/// PCI Express Base 6.0, section 7.8.2.
public struct LatencyToleranceReporting: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x0018, "ltr", "Latency Tolerance Reporting", size: 8)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Max Snoop Latency.
  public static let maxSnoopLatency = Register(4, 2, "maxSnoopLatency").computed(
    0...12, FieldMeaning.latencyTolerance)
  /// Max No-Snoop Latency.
  public static let maxNoSnoopLatency = Register(6, 2, "maxNoSnoopLatency").computed(
    0...12, FieldMeaning.latencyTolerance)

  /// The fields, in register order.
  public static let layout = RegisterLayout([maxSnoopLatency, maxNoSnoopLatency])
}
