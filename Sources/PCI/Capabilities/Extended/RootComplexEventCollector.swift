// SPDX-License-Identifier: Apache-2.0

/// The Root Complex Event Collector Endpoint Association capability, extended id 0x0007.
///
/// PCI Express Base 6.0, section 7.9.10.
public struct RootComplexEventCollector: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0007, "rcec", "Root Complex Event Collector Endpoint Association", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Association Bitmap for RCiEPs: bit n is device n of the bus.
  public static let associationBitmap = Register(4, 4, "associationBitmap").hexadecimal()

  /// RCEC Associated Bus Numbers; version 2 and later.
  public enum AssociatedBusNumbers: RegisterFields {
    static let itself = Register(8, 4, "associatedBusNumbers", if: hasBusNumbers)
    public static let nextBus = number(8...15, "nextBus")
    public static let lastBus = number(16...23, "lastBus")
    static let fields = [nextBus, lastBus]
  }

  public static let layout = RegisterLayout(registers: [
    [associationBitmap], AssociatedBusNumbers.fields,
  ])

  // Since version 2 of the capability.
  private static func hasBusNumbers(_ registers: RegisterBytes) -> Bool {
    registers.doubleWord(at: 0).map { $0[bits: 16...19] >= 2 } ?? false
  }
}
