// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport error retry block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportRetryMode: CapabilityPart {
  public static let part = PartKind(0b11000, "retry mode", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Link 0 Control.
  public static let control0 = Register(4, 1, "control0")
  /// Link 0 Status.
  public static let status0 = Register(5, 1, "status0")
  /// Link 1 Control.
  public static let control1 = Register(6, 1, "control1")
  /// Link 1 Status.
  public static let status1 = Register(7, 1, "status1")
  /// Link 0 Retry Count.
  public static let retryCount0 = Register(8, 2, "retryCount0").number()
  /// Link 1 Retry Count.
  public static let retryCount1 = Register(0xa, 2, "retryCount1").number()

  public static let layout = RegisterLayout(registers: [
    HyperTransportRows.retryControl(control0),
    HyperTransportRows.retryStatus(status0),
    HyperTransportRows.retryControl(control1),
    HyperTransportRows.retryStatus(status1), [retryCount0, retryCount1],
  ])
}
