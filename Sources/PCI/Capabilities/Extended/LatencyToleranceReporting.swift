// SPDX-License-Identifier: Apache-2.0

/// The Latency Tolerance Reporting capability, extended id 0x0018.
///
/// PCI Express Base 6.0, section 7.8.2.
public struct LatencyToleranceReporting: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0018, "ltr", "Latency Tolerance Reporting", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let maxSnoopLatency = Register(4, 2, "maxSnoopLatency").computed(
    0...12, FieldMeaning.latencyTolerance)
  public static let maxNoSnoopLatency = Register(6, 2, "maxNoSnoopLatency").computed(
    0...12, FieldMeaning.latencyTolerance)

  public static let layout = RegisterLayout([maxSnoopLatency, maxNoSnoopLatency])
}
